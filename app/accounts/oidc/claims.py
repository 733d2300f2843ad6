# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is taken out of tokens once they have been checked."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody whom the provider has signed in. Issuer and subject together are the person, and nothing else is.

    ``email`` is empty unless the provider vouches for it. ``is_second_factor``: what the provider did counts here as a
    second factor too, by the operator's settings.
    """

    issuer: str
    subject: str
    sid: str | None
    email: str
    name: str
    is_second_factor: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """A session that is over at the provider (``sid``), or every session of somebody (``subject``); one of the two.

    Until ``expires_at`` the message could be sent again, so its ``token_id`` is remembered until then.
    """

    issuer: str
    subject: str | None
    sid: str | None
    token_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Departure:
    """The way to the provider: its address, and what has to be remembered until the person is back."""

    address: str
    state: str
    nonce: str
    verifier: str
