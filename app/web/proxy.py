# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is asking, over which scheme, below which path (O-28, X-25).

Forwarded headers count only if the peer is one of the configured proxies; host and sub-path come from
PUBLIC_URL and never from a header. Proxies that cut the sub-path off and proxies that keep it both work.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.settings import Settings


class ProxyMiddleware:
    """Puts the true client, scheme and root path into the scope."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._trusted = settings.trusted_proxies
        self._root = settings.root_path
        self._scheme = urlsplit(settings.public_url).scheme

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
        if not self._is_trusted(peer):
            return
        headers = Headers(scope=scope)
        hops = [hop.strip() for hop in headers.get("x-forwarded-for", "").split(",") if hop.strip()]
        # From the right: what our own proxies added is true, the first foreign address is the client.
        foreign = next((hop for hop in reversed(hops) if not self._is_trusted(hop)), None)
        if foreign:
            scope["client"] = (foreign, 0)
        if (scheme := headers.get("x-forwarded-proto", "").strip()) in {"http", "https"}:
            scope["scheme"] = scheme

    def _is_trusted(self, address: str) -> bool:
        try:
            parsed = ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in self._trusted)

    def _apply_root(self, scope: Scope) -> None:
        path = scope["path"]
        if path != self._root and not path.startswith(f"{self._root}/"):
            scope["path"] = self._root + path
        elif path == self._root:
            scope["path"] = f"{self._root}/"
        scope["root_path"] = self._root
