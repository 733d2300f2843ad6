# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accounts as the operator of the instance sees them."""

from dataclasses import dataclass

from app.accounts.queries import Person
from app.accounts.queries.belonging import Left
from app.accounts.queries.listing import Listing
from app.errors import Problem


@dataclass(frozen=True, slots=True)
class ListPage:
    """The list, and the form to invite somebody else as operator. `new_link` is shown this once."""

    listing: Listing
    search: str = ""
    problems: tuple[Problem, ...] = ()
    email: str = ""
    name: str = ""
    asks_password: bool = True
    new_link: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One account and what can be done with it. `municipalities`: names of those it belongs to."""

    person: Person
    municipalities: tuple[str, ...]
    is_me: bool
    asks_password: bool
    problems: tuple[Problem, ...] = ()
    act: str = ""
    email: str = ""
    new_link: str = ""
    is_invitation: bool = False
    done: str = ""
    left: tuple[Left, ...] = ()
    """Municipalities that nobody would coordinate without this account."""
