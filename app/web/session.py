# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one cookie: up to five resume codes, newest first, and the language that was chosen (D-17, X-01).

There is no cookie before a check is started or resumed or another language is chosen. Its value is one word,
``~en.ENTRY.CODE.CODE``; the entry is the link of a group by which this device came into a round, so that a shared
tablet leads the next person there. Over https it is a ``__Host-`` cookie; over plain http codes are kept only on a
loopback address, for trying the product out.
"""

from collections.abc import Iterable, Sequence
from ipaddress import ip_address

from starlette.requests import Request
from starlette.responses import Response

from app import i18n
from app.errors import Insecure
from app.tokens import ENTRY_LENGTH, normalise, normalise_entry

SECURE_NAME = "__Host-selbstcheck"
PLAIN_NAME = "selbstcheck"
MAX_CODES = 5
LANGUAGE_MARK = "~"
MAX_AGE_SECONDS = 30 * 24 * 3600


def codes_of(request: Request) -> tuple[str, ...]:
    """The codes this browser holds, newest first; whatever else stands in the cookie is ignored."""
    words = [part for part in _parts(request) if not part.startswith(LANGUAGE_MARK) and len(part) != ENTRY_LENGTH]
    codes = (normalise(word) for word in words[:MAX_CODES])
    return tuple(dict.fromkeys(code for code in codes if code))


def way_in(request: Request) -> str | None:
    """The link of a group by which this browser came into a round."""
    entries = (normalise_entry(part) for part in _parts(request) if len(part) == ENTRY_LENGTH)
    return next((entry for entry in entries if entry), None)


def chosen_language(request: Request) -> str | None:
    """The language somebody chose in this browser, if there is a catalogue for it."""
    marked = (part.removeprefix(LANGUAGE_MARK) for part in _parts(request) if part.startswith(LANGUAGE_MARK))
    return next((language for language in marked if language in i18n.available()), None)


def choose_language(request: Request, response: Response, language: str) -> None:
    """Keep the language for 30 days, beside the codes."""
    _set(request, response, codes_of(request), language, way_in(request))


def _parts(request: Request) -> list[str]:
    return request.cookies.get(SECURE_NAME if is_secure(request) else PLAIN_NAME, "").split(".")[: MAX_CODES + 2]


def require_safe_connection(request: Request) -> None:
    """Raise ``Insecure`` where no code may be stored; call it before a check is created."""
    if not is_secure(request) and not _is_loopback(request.url.hostname or ""):
        raise Insecure


def remember(request: Request, response: Response, code: str, entry: str | None = None) -> None:
    """Put ``code`` first into the cookie and renew its 30 days; ``entry`` is the link by which somebody came."""
    others = [other for other in codes_of(request) if other != code]
    kept = entry or way_in(request)
    _set(request, response, [code, *others][:MAX_CODES], chosen_language(request), kept)


def forget(request: Request, response: Response, code: str) -> None:
    """Take ``code`` out of the cookie; with the last one it goes, unless it still tells the language."""
    others = [other for other in codes_of(request) if other != code]
    _set(request, response, others, chosen_language(request), way_in(request) if others else None)


def forget_all(request: Request, response: Response) -> None:
    """Leave the device: no cookie, nothing cached, nothing stored (D-21)."""
    _set(request, response, [], None)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'


def make_room(request: Request, response: Response, codes: Iterable[str]) -> None:
    """For the next person: these codes go, and what the browser kept of the pages (lesson 13).

    Other cookies stay: somebody may be signed in on the same device.
    """
    others = [code for code in codes_of(request) if code not in set(codes)]
    _set(request, response, others, chosen_language(request), way_in(request) if others else None)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def _set(
    request: Request, response: Response, codes: Sequence[str], language: str | None, entry: str | None = None
) -> None:
    if codes:
        require_safe_connection(request)
    secure = is_secure(request)
    words = [*([LANGUAGE_MARK + language] if language else ()), *([entry] if entry else ()), *codes]
    response.set_cookie(
        SECURE_NAME if secure else PLAIN_NAME,
        ".".join(words),
        max_age=MAX_AGE_SECONDS if words else 0,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def is_secure(request: Request) -> bool:
    """Whether the browser came by https, also where a proxy before us did that part."""
    return bool(request.scope.get("scheme") == "https")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
