# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rate limits, in memory, without remembering addresses (D-05, X-11).

A client is known by an HMAC of its address under a key that exists only in this process. Limits are per
connection, and a town hall shares one: starting is generous, only wrong codes are counted strictly, and a
right one is never refused because of a neighbour's wrong ones.
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

Kind = Literal["start", "failed_code", "failed_access", "import", "export", "report"]


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
        }

    def count(self, request: Request, kind: Kind) -> None:
        """Count one event; raise ``TooMany`` if it is over the limit."""
        if not self._limiter.hit(self._per_hour[kind], kind, self._client(request)):
            raise TooMany(self._seconds_to_wait(request, kind))

    def _seconds_to_wait(self, request: Request, kind: Kind) -> int:
        window = self._limiter.get_window_stats(self._per_hour[kind], kind, self._client(request))
        return max(1, round(window.reset_time - time.time()))

    def _client(self, request: Request) -> str:
        address = _network(request.client.host if request.client else "")
        return hmac.new(self._key, address.encode(), hashlib.sha256).hexdigest()[:24]


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
