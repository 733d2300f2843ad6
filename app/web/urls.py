# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses: made from route names, always with the sub-path, absolute only where people copy them (N-06)."""

from collections.abc import Callable
from urllib.parse import quote, urlsplit

from starlette.requests import Request

from app.settings import Settings

_SECRET_PARAMETERS = frozenset({"response_id", "token"})


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
