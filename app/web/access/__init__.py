# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proof of access: the only place that makes a scope (beside the command line).

`checks`: from a code or a read-only token to one check, and from a way in to a group of a round. `accounts`: from a
cookie to somebody signed in.
`rounds`: from somebody signed in to a municipality or round, in a role; and from a link to a released result.
What exists but is not yours, and what does not exist, answer alike.
"""

from app.web.access.accounts import PasswordOnly, SignedIn, may_instance
from app.web.access.checks import EditScope, ViewScope, WayIn, find_entry, prove_code, prove_edit, prove_view
from app.web.access.delegations import OpenDelegation
from app.web.access.rounds import (
    MayRead,
    SharedReading,
    may_municipality,
    may_round,
)

__all__ = [
    "EditScope",
    "MayRead",
    "OpenDelegation",
    "PasswordOnly",
    "SharedReading",
    "SignedIn",
    "ViewScope",
    "WayIn",
    "find_entry",
    "may_instance",
    "may_municipality",
    "may_round",
    "prove_code",
    "prove_edit",
    "prove_view",
]
