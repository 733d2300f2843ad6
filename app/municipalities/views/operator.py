# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The operator's pages: the list of municipalities, the picker, one municipality, its deletion.

They show facts, coordinators and counts; no round and no result (app/permissions.py).
"""

from dataclasses import dataclass, field

from app.accounts.actions.welcoming import Welcomed
from app.errors import Problem
from app.municipalities.forms import GuestValues, Values
from app.municipalities.queries.facts import Extent, Municipality
from app.municipalities.queries.listing import Listing
from app.municipalities.queries.people import Member
from app.municipalities.queries.register import Found, Matches, Status


@dataclass(frozen=True, slots=True)
class ListPage:
    """All municipalities of this instance, searched. `before` and `after` are the neighbouring pages' addresses."""

    typed: str
    listing: Listing
    before: str
    after: str
    deleted: bool
    """One was deleted just now."""


@dataclass(frozen=True, slots=True)
class PickerPage:
    """Search the register; `status` None: nothing is loaded, only free entry is possible."""

    matches: Matches
    status: Status | None


@dataclass(frozen=True, slots=True)
class DetailsPage:
    """The form of a municipality that is added; `entry` is what was picked, None for free entry."""

    values: Values
    entry: Found | None
    status: Status | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class OperatedPage:
    """One municipality, who coordinates it, and the invitation of the next coordinator."""

    municipality: Municipality
    coordinators: tuple[Member, ...]
    values: GuestValues = field(default_factory=GuestValues)
    problems: tuple[Problem, ...] = ()
    welcomed: Welcomed | None = None


@dataclass(frozen=True, slots=True)
class DeletePage:
    """What would be deleted, before it is."""

    municipality: Municipality
    extent: Extent
    typed: str = ""
    problems: tuple[Problem, ...] = ()
