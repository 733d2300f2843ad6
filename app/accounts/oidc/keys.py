# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The provider's public keys: kept for an hour, asked for again when a token names one that is not among them."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from app.accounts.oidc.faults import ProviderAway

KEPT = timedelta(hours=1)
PAUSE = timedelta(seconds=30)
"""Between two requests for keys that tokens ask for: anybody can send a token that names a key nobody has."""


class Keys:
    """The key set of one provider; ``fetch`` gets the document at an address of its."""

    def __init__(self, fetch: Callable[[str], Mapping[str, object]]) -> None:
        self._fetch = fetch
        self._found: tuple[KeySet, datetime] | None = None
        self._renewed_at: datetime | None = None

    def current(self, address: str, now: datetime) -> KeySet:
        """The keys as they were at most an hour ago."""
        if self._found is None or not timedelta() <= now - self._found[1] < KEPT:
            return self._load(address, now)
        return self._found[0]

    def renewed(self, address: str, now: datetime) -> KeySet | None:
        """The keys as they are now (the provider may have changed them), or None if that was asked just before."""
        if self._renewed_at is not None and now - self._renewed_at < PAUSE:
            return None
        self._renewed_at = now
        return self._load(address, now)

    def _load(self, address: str, now: datetime) -> KeySet:
        document: Any = self._fetch(address)
        try:
            keys = KeySet.import_key_set(document)
        except (JoseError, ValueError, KeyError, TypeError):
            raise ProviderAway("keys") from None
        self._found = keys, now
        return keys
