# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages on the way through the OpenID provider. ``provider`` is always what the operator calls it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LeavePage:
    """The browser is on its way to the provider; the link is for those that stay."""

    provider: str
    address: str


@dataclass(frozen=True, slots=True)
class ReturnPage:
    """The provider sent somebody back; one press of a button signs in. ``fields`` carry its reply."""

    provider: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ConnectPage:
    """Give an account with a password to the provider. ``back``: the address of this page."""

    provider: str
    email: str
    is_connected: bool
    back: str


@dataclass(frozen=True, slots=True)
class OutPage:
    """Signed out here. ``address``: where to sign out at the provider too; empty if it offers no such place."""

    provider: str
    address: str = ""
    is_out_there: bool = False
