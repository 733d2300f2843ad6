# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The cookie that binds a sign-in under way to the browser that began it (X-01).

It is `SameSite=Lax`: the provider leads back from another site, and the cookie of the session would not come along.
"""

import secrets

from starlette.requests import Request
from starlette.responses import Response

from app.accounts.oidc.faults import SignInOver
from app.web.session import is_secure

SECURE_NAME = "__Host-selbstcheck-oidc"
PLAIN_NAME = "selbstcheck-oidc"
MAX_AGE_SECONDS = 600


def keep_state(request: Request, response: Response, state: str) -> None:
    """Remember in this browser which sign-in it has begun; an earlier one is given up."""
    _set(request, response, state, MAX_AGE_SECONDS)


def drop_state(request: Request, response: Response) -> None:
    """The sign-in is finished."""
    _set(request, response, "", 0)


def require_state(request: Request, state: str) -> None:
    """Raise ``SignInOver`` unless this browser has begun the sign-in with this state."""
    kept = request.cookies.get(_name(request), "")
    if not kept or not secrets.compare_digest(kept.encode(), state.encode()):
        raise SignInOver


def _set(request: Request, response: Response, value: str, max_age: int) -> None:
    secure = is_secure(request)
    response.set_cookie(_name(request), value, max_age=max_age, path="/", secure=secure, httponly=True, samesite="lax")


def _name(request: Request) -> str:
    return SECURE_NAME if is_secure(request) else PLAIN_NAME
