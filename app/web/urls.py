# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses: made from route names, always with the sub-path, absolute only where people copy them (N-06)."""

import re
from collections.abc import Callable, Iterable
from urllib.parse import quote, urlsplit

from fastapi.routing import iter_route_contexts
from starlette.requests import Request
from starlette.routing import BaseRoute, compile_path

from app.settings import Settings

_SECRET_PARAMETERS = frozenset(
    {
        "response_id",
        "token",
        "round_id",
        "municipality_id",
        "group_id",
        "account_id",
        "share",
        "link",
        "entry",
        "delegation",
    }
)


class Urls:
    """Paths by the name of a route's function; the pattern of each route is looked up once."""

    def __init__(self, root_path: str, url_path_for: Callable[..., object]) -> None:
        self._root = root_path
        self._url_path_for = url_path_for
        self._patterns: dict[tuple[str, tuple[str, ...]], str] = {}

    def __call__(self, name: str, /, **parameters: object) -> str:
        """The path of route ``name``; unknown names and wrong parameters raise ``NoMatchFound``."""
        key = (name, tuple(parameters))
        pattern = self._patterns.get(key)
        if pattern is None:
            markers = {parameter: f"{{{parameter}}}" for parameter in parameters}
            pattern = self._patterns[key] = self._root + str(self._url_path_for(name, **markers))
        for parameter, value in parameters.items():
            pattern = pattern.replace(f"{{{parameter}}}", quote(str(value), safe=""))
        return pattern


_RELATIVE = re.compile(r"(?P<path>/(?:[\w.~%-]+/)*[\w.~%-]*)(?:\?[\w=&%+.~/-]*)?(?:#[\w.-]*)?", re.ASCII)


class Places:
    """The addresses of our own pages: the only ones that a form may ask to be sent back to (X-05)."""

    def __init__(self, root_path: str, routes: Iterable[BaseRoute]) -> None:
        self._root = root_path
        self.home = f"{root_path}/"
        known = [*iter_route_contexts(list(routes))]
        self._patterns = [compile_path(str(route.path))[0] for route in known if "GET" in (route.methods or ())]
        self._forms = [compile_path(str(route.path))[0] for route in known if "POST" in (route.methods or ())]

    def __contains__(self, address: str) -> bool:
        """Whether this is a path of ours, with or without query and fragment, and nothing else."""
        return self._matches(address, self._patterns)

    def takes(self, address: str) -> bool:
        """Whether this is an address of ours that a form can be sent to."""
        return self._matches(address, self._forms)

    def _matches(self, address: str, patterns: list[re.Pattern[str]]) -> bool:
        found = _RELATIVE.fullmatch(address)
        if found is None or not found["path"].startswith(f"{self._root}/"):
            return False
        path = found["path"].removeprefix(self._root)
        return any(pattern.match(path) for pattern in patterns)


def url(request: Request, name: str, /, **parameters: object) -> str:
    """Path of a route by the name of its function, for links and redirects."""
    urls: Urls = request.app.state.urls
    return urls(name, **parameters)


def origin(request: Request) -> str:
    """Scheme and host people use; from PUBLIC_URL, or from the request while none is set."""
    settings: Settings = request.app.state.settings
    parts = urlsplit(settings.public_url)
    if parts.netloc:
        return f"{parts.scheme}://{parts.netloc}"
    return f"{request.url.scheme}://{request.headers.get('host', '')}"


def absolute_url(request: Request, name: str, /, **parameters: object) -> str:
    """Full address of a route, to be copied, printed or sent."""
    return origin(request) + url(request, name, **parameters)


def own_address(request: Request) -> str:
    """Where this page can be read again: its path and query, or the start page if it only answers a form."""
    places: Places = request.app.state.places
    address = str(request.scope["path"])  # with the sub-path: the outermost middleware sees to that
    if request.url.query and request.method in {"GET", "HEAD"}:
        address += f"?{request.url.query}"
    return address if address in places else places.home


def route_template(request: Request) -> str:
    """The pattern of the matched route, ``/check/{response_id}/``: never what stands in the address (D-25)."""
    return str(getattr(request.scope.get("route"), "path", "-"))


def public_path(request: Request) -> str:
    """The path with section and item, but without id of the response or token: safe to put on a page."""
    path = str(getattr(request.scope.get("route"), "path", ""))
    for name, value in request.path_params.items():
        shown = "…" if name in _SECRET_PARAMETERS else str(value)
        path = path.replace(f"{{{name}}}", shown).replace(f"{{{name}:path}}", shown)
    return path
