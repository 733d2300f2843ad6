# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""No form from another site changes anything (X-04), without tokens and so without an early cookie.

The browser says where a request comes from: ``Sec-Fetch-Site``, which pages cannot forge. Browsers that do
not send it (old ones, and all over plain http) are judged by ``Origin``. Programs send neither and pass:
they carry no cookie that somebody could misuse.
"""

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.db import SAFE_METHODS
from app.errors import ForeignOrigin
from app.web.errors import error_response
from app.web.urls import origin

_OWN = frozenset({"same-origin", "none"})


class CsrfMiddleware:
    """Refuses unsafe requests of foreign origin with 403."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE_METHODS or _is_own(scope):
            await self.app(scope, receive, send)
            return
        response = error_response(Request(scope), ForeignOrigin())
        await response(scope, receive, send)


def _is_own(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in _OWN
    claimed = headers.get("origin")
    return claimed is None or claimed == origin(Request(scope))
