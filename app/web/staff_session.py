# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The cookie of an account, apart from the one of those who answer (X-01, X-18).

It holds a random token and ends with the browser. It is `SameSite=Strict`: a link in a mail opens the sign-in page,
from which one click leads on. What belongs to the token is kept on the server.
"""

from starlette.requests import Request
from starlette.responses import Response

from app.web.session import is_secure

SECURE_NAME = "__Host-selbstcheck-konto"
PLAIN_NAME = "selbstcheck-konto"


def session_token(request: Request) -> str | None:
    """The token that this browser holds."""
    return request.cookies.get(_name(request)) or None


def keep_session(request: Request, response: Response, token: str) -> None:
    """Give the browser the token of a session just begun."""
    _set(request, response, token, None)


def drop_session(request: Request, response: Response) -> None:
    """Take the token away, and what the browser kept of the pages (X-23)."""
    _set(request, response, "", 0)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def _set(request: Request, response: Response, token: str, max_age: int | None) -> None:
    secure = is_secure(request)
    response.set_cookie(
        _name(request), token, max_age=max_age, path="/", secure=secure, httponly=True, samesite="strict"
    )


def _name(request: Request) -> str:
    return SECURE_NAME if is_secure(request) else PLAIN_NAME
