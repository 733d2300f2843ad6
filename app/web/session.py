# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one cookie: up to five resume codes, newest first (D-17, X-01).

There is no cookie before a check is started or resumed. Over https it is a ``__Host-`` cookie; over plain
http it exists only on a loopback address, for trying the product out.
"""

from ipaddress import ip_address

from starlette.requests import Request
from starlette.responses import Response

from app.errors import Insecure
from app.tokens import normalise

SECURE_NAME = "__Host-selbstcheck"
PLAIN_NAME = "selbstcheck"
MAX_CODES = 5
MAX_AGE_SECONDS = 30 * 24 * 3600


def codes_of(request: Request) -> tuple[str, ...]:
    """The codes this browser holds, newest first; whatever else stands in the cookie is ignored."""
    raw = request.cookies.get(SECURE_NAME if _is_secure(request) else PLAIN_NAME, "")
    codes = (normalise(part) for part in raw.split(".")[:MAX_CODES])
    return tuple(dict.fromkeys(code for code in codes if code))


def require_safe_connection(request: Request) -> None:
    """Raise ``Insecure`` where no code may be stored; call it before a check is created."""
    if not _is_secure(request) and not _is_loopback(request.url.hostname or ""):
        raise Insecure


def remember(request: Request, response: Response, code: str) -> None:
    """Put ``code`` first into the cookie and renew its 30 days."""
    others = [other for other in codes_of(request) if other != code]
    _set(request, response, [code, *others][:MAX_CODES])


def forget(request: Request, response: Response, code: str) -> None:
    """Take ``code`` out of the cookie; the last one takes the cookie with it."""
    _set(request, response, [other for other in codes_of(request) if other != code])


def forget_all(request: Request, response: Response) -> None:
    """Leave the device: no cookie, nothing cached, nothing stored (D-21)."""
    _set(request, response, [])
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'


def _set(request: Request, response: Response, codes: list[str]) -> None:
    require_safe_connection(request)
    secure = _is_secure(request)
    response.set_cookie(
        SECURE_NAME if secure else PLAIN_NAME,
        ".".join(codes),
        max_age=MAX_AGE_SECONDS if codes else 0,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
