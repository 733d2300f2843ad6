# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Security headers on every response, errors and static files included (X-02, X-03, X-23).

What a route says about caching stands; everything else is personal until proven otherwise: not kept, not
indexed.
"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # KERN's icons are data: masks
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_ALWAYS_RAW = [(name.lower().encode(), value.encode()) for name, value in ALWAYS.items()]
_NAMES = frozenset(name for name, _ in _ALWAYS_RAW)


class HeadersMiddleware:
    """Adds the headers as the response starts, wherever in the app it was made."""

    def __init__(self, app: ASGIApp, hsts_seconds: int) -> None:
        self.app = app
        self._hsts = f"max-age={hsts_seconds}" if hsts_seconds else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), secure=scope["scheme"] == "https")
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def _add(self, headers: MutableHeaders, *, secure: bool) -> None:
        # In one piece: setting one by one searches the whole list each time.
        headers.raw[:] = [header for header in headers.raw if header[0] not in _NAMES] + _ALWAYS_RAW
        headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY + ("; upgrade-insecure-requests" if secure else "")
        if secure and self._hsts:
            headers["Strict-Transport-Security"] = self._hsts
        if "cache-control" not in headers:
            headers["Cache-Control"] = "no-store"
            headers["X-Robots-Tag"] = "noindex"
