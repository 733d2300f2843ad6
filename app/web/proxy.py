# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is asking, over which scheme, below which path (O-28, X-25).

Forwarded headers count only if the peer is one of the configured proxies; host and sub-path come from
PUBLIC_URL and never from a header. Proxies that cut the sub-path off and proxies that keep it both work.
"""

import logging
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.settings import Settings
from app.web.addresses import address_of
from app.web.logging import record


class ProxyMiddleware:
    """Puts the true client, scheme and root path into the scope."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._trusted = settings.trusted_proxies
        self._root = settings.root_path
        self._scheme = urlsplit(settings.public_url).scheme
        self._warns = settings.production

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        seen = dict(scope)
        self._apply_forwarded(seen)
        if self._scheme:
            seen["scheme"] = self._scheme
        if self._root:
            self._apply_root(seen)
        await self.app(seen, receive, send)

    def _apply_forwarded(self, scope: Scope) -> None:
        peer = scope["client"][0] if scope.get("client") else ""
        headers = Headers(scope=scope)
        if not self._is_trusted(peer):
            self._warn_once(headers)
            return
        hops = [hop.strip() for hop in headers.get("x-forwarded-for", "").split(",") if hop.strip()]
        # From the right: what our own proxies added is true, the first foreign address is the client.
        foreign = next((hop for hop in reversed(hops) if not self._is_trusted(hop)), None)
        if foreign:
            scope["client"] = (str(address_of(foreign) or foreign), 0)
        if (scheme := headers.get("x-forwarded-proto", "").strip()) in {"http", "https"}:
            scope["scheme"] = scheme

    def _is_trusted(self, address: str) -> bool:
        parsed = address_of(address)
        return parsed is not None and any(parsed in network for network in self._trusted)

    def _warn_once(self, headers: Headers) -> None:
        """Most likely our own proxy is missing in the settings; then all its clients share one limit."""
        if self._warns and "x-forwarded-for" in headers:
            self._warns = False
            record("untrusted_proxy", logging.WARNING, setting="SELBSTCHECK_TRUSTED_PROXIES")

    def _apply_root(self, scope: Scope) -> None:
        path = scope["path"]
        if path != self._root and not path.startswith(f"{self._root}/"):
            scope["path"] = self._root + path
        elif path == self._root:
            scope["path"] = f"{self._root}/"
        scope["root_path"] = self._root
