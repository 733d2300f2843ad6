# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""One's own account: what it is, and the forms that change it."""

from dataclasses import dataclass

from app.accounts.queries import Person
from app.accounts.queries.belonging import Left
from app.accounts.queries.sessions import OpenSession
from app.errors import Problem


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Everything about one's own account. `municipalities`: names of those one belongs to."""

    person: Person
    sessions: tuple[OpenSession, ...]
    municipalities: tuple[str, ...]
    needs_second_factor: bool
    recovery_codes: int
    provider: str
    done: str = ""
    """What was just changed."""


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form of one's own account. `asks_password`: False where the account has none here."""

    asks_password: bool = False
    problems: tuple[Problem, ...] = ()
    name: str = ""
    email: str = ""
    sends_mail: bool = False


@dataclass(frozen=True, slots=True)
class DeletePage:
    """What goes with the account, and which municipalities would be left without anybody."""

    asks_password: bool
    left: tuple[Left, ...]
    problems: tuple[Problem, ...] = ()
