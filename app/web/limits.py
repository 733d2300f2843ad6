# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rate limits, in memory, without remembering addresses (D-05, X-11).

A client is known by an HMAC of its address under a key that exists only in this process. Limits are per
connection, and a town hall shares one: starting is generous, only wrong codes are counted strictly, and a
right one is never refused because of a neighbour's wrong ones. Passwords can be guessed, so there even a right one
waits: for the account after a few wrong ones from anywhere, for the connection after many.
"""

import hashlib
import hmac
import secrets
import time
from ipaddress import IPv6Address
from typing import Literal

from limits import RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request

from app.errors import TooMany
from app.settings import Settings
from app.web.addresses import address_of

Kind = Literal[
    "start",
    "failed_code",
    "failed_access",
    "import",
    "export",
    "report",
    "failed_sign_in",
    "failed_for_account",
    "link",
    "forgot",
    "oidc",
]


class Limits:
    """Counts by kind and client."""

    def __init__(self, settings: Settings) -> None:
        self._key = secrets.token_bytes(32)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._per_hour: dict[Kind, RateLimitItemPerHour] = {
            "start": RateLimitItemPerHour(settings.starts_per_hour),
            "failed_code": RateLimitItemPerHour(settings.failed_codes_per_hour),
            "failed_access": RateLimitItemPerHour(settings.failed_codes_per_hour),
            "import": RateLimitItemPerHour(120),
            "export": RateLimitItemPerHour(600),
            "report": RateLimitItemPerHour(60),
            "failed_sign_in": RateLimitItemPerHour(settings.failed_codes_per_hour),
            "failed_for_account": RateLimitItemPerHour(settings.failed_sign_ins_per_hour),
            "link": RateLimitItemPerHour(settings.failed_codes_per_hour),
            "forgot": RateLimitItemPerHour(20),
            "oidc": RateLimitItemPerHour(600),
        }

    def count(self, request: Request, kind: Kind, of: str = "") -> None:
        """Count one event of this client, or of the account ``of``; raise ``TooMany`` if it is over the limit."""
        key = self._of(request, of)
        if not self._limiter.hit(self._per_hour[kind], kind, key):
            raise TooMany(self._seconds_to_wait(kind, key))

    def require(self, request: Request, kind: Kind, of: str = "") -> None:
        """Raise ``TooMany`` if one more event would be over the limit; nothing is counted."""
        key = self._of(request, of)
        if not self._limiter.test(self._per_hour[kind], kind, key):
            raise TooMany(self._seconds_to_wait(kind, key))

    def _seconds_to_wait(self, kind: Kind, key: str) -> int:
        window = self._limiter.get_window_stats(self._per_hour[kind], kind, key)
        return max(1, round(window.reset_time - time.time()))

    def _of(self, request: Request, account: str) -> str:
        return self._digest(f"account {account}") if account else self._client(request)

    def _client(self, request: Request) -> str:
        return self._digest(_network(request.client.host if request.client else ""))

    def _digest(self, known: str) -> str:
        return hmac.new(self._key, known.encode(), hashlib.sha256).hexdigest()[:24]


def limits_of(request: Request) -> Limits:
    """The limits of this process."""
    limits: Limits = request.app.state.limits
    return limits


def _network(address: str) -> str:
    """The address itself, or for IPv6 its /64, which is one customer."""
    parsed = address_of(address)
    if parsed is None:
        return address
    return parsed.exploded[:19] if isinstance(parsed, IPv6Address) else str(parsed)
