# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages for the people of a municipality: which there are, who belongs to it, its facts, its log."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.accounts.actions.welcoming import Welcomed
from app.errors import Problem
from app.municipalities.acts import ROLES, sentence_of
from app.municipalities.forms import GuestValues, Values
from app.municipalities.queries.facts import Municipality
from app.municipalities.queries.log import Act, Log
from app.municipalities.queries.people import Belonging, Member
from app.permissions import Action, MunicipalityScope


@dataclass(frozen=True, slots=True)
class MinePage:
    """„Meine Kommunen“. `is_operator`: can add one."""

    belongings: tuple[Belonging, ...]
    is_operator: bool


@dataclass(frozen=True, slots=True)
class Rights:
    """What the page may offer to who looks."""

    people: bool
    edit: bool
    log: bool


@dataclass(frozen=True, slots=True)
class MunicipalityPage:
    """One municipality with its people. `me` is the account of who looks."""

    municipality: Municipality
    members: tuple[Member, ...]
    me: str
    may: Rights
    values: GuestValues = field(default_factory=GuestValues)
    problems: tuple[Problem, ...] = ()
    welcomed: Welcomed | None = None

    @property
    def last_coordinator(self) -> str:
        """The account that cannot leave or change its role; empty where there are several."""
        found = [one.account_id for one in self.members if one.is_coordinator]
        return found[0] if len(found) == 1 else ""


@dataclass(frozen=True, slots=True)
class EditPage:
    """The facts of a municipality, to be changed; `as_operator` decides where the form leads."""

    municipality: Municipality
    values: Values
    as_operator: bool
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class RemovePage:
    """Somebody, before they are removed; `is_me`: oneself."""

    municipality: Municipality
    member: Member
    is_me: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One act in words: `sentence` and `role` are German and translated by the template."""

    at: datetime
    sentence: str
    actor: str
    whom: str | None
    role: str
    about: str
    """The title of the round, or what a link is for."""


@dataclass(frozen=True, slots=True)
class LogPage:
    """One page of a log; `before` and `after` are the neighbouring pages' addresses.

    `municipality` None: the log of the instance.
    """

    municipality: Municipality | None
    log: Log
    lines: tuple[Line, ...]
    before: str
    after: str


def log_page(municipality: Municipality | None, log: Log, here: str) -> LogPage:
    """The page that stands at the address `here`."""
    return LogPage(
        municipality=municipality,
        log=log,
        lines=tuple(map(line_of, log.acts)),
        before=f"{here}?seite={log.number - 1}" if log.number > 1 else "",
        after=f"{here}?seite={log.number + 1}" if log.number < log.pages else "",
    )


def rights_of(scope: MunicipalityScope) -> Rights:
    """What the table allows to this role."""
    return Rights(
        people=scope.may(Action.MUNICIPALITY_PEOPLE),
        edit=scope.may(Action.MUNICIPALITY_EDIT),
        log=scope.may(Action.MUNICIPALITY_AUDIT),
    )


def line_of(act: Act) -> Line:
    """An act as it stands in the list."""
    return Line(
        at=act.at,
        sentence=sentence_of(act.action),
        actor=act.actor,
        whom=act.whom,
        role=ROLES.get(str(act.detail.get("role", "")), ""),
        about=act.round or _label(act.detail),
    )


def values_of(municipality: Municipality) -> Values:
    """The fields that show this municipality."""
    return Values(municipality.name, municipality.type, str(municipality.population or ""))


def _label(detail: Mapping[str, str | int | bool]) -> str:
    """What the act itself says it was about, where its round is gone."""
    return str(detail.get("title") or detail.get("label") or detail.get("name") or "")
