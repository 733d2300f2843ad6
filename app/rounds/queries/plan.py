# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round as it is planned: its parts, its groups, and how far it is. Nothing of what was answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session

from app.permissions import RoundScope
from app.rounds.plans import Address, Basics, Protection
from app.rounds.queries.rows import group_rows, municipality_in, round_row
from questionnaires.origins import Edition
from questionnaires.parts import MunicipalityType
from scoring import Municipality


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    """A group as it is kept, with the questionnaire it gets."""

    id: str
    key: str
    title: str
    expected: int | None
    form: Edition
    form_digest: str


@dataclass(frozen=True)
class Planned:
    """A round without its answers. `base` tells one state of it from the next: it changes with every act."""

    id: str
    municipality_id: str
    municipality: Municipality
    status: str
    basics: Basics
    form_digest: str
    groups: tuple[PlannedGroup, ...]
    protection: Protection
    address: Address
    targets: Mapping[str, int]
    base: str
    changed_at: datetime
    opened_on: date | None
    closed_on: date | None
    released_on: date | None

    @property
    def title(self) -> str:
        return self.basics.title

    @property
    def kind(self) -> MunicipalityType | None:
        return self.municipality.type

    @property
    def is_planned(self) -> bool:
        return self.status == "planned"

    @property
    def is_named(self) -> bool:
        return self.protection.mode == "named"

    def is_over(self, today: date) -> bool:
        """It is open, and its last day is past."""
        return self.status == "open" and today > self.basics.closes_on

    def waits(self, today: date) -> bool:
        """It is open, and its first day is still to come."""
        return self.status == "open" and today < self.basics.opens_on


def plan_of(db: Session, scope: RoundScope) -> Planned:
    """The round of this scope with its groups in order."""
    return _planned(round_row(db, scope), group_rows(db, scope))


def base_of(row: Row[Any]) -> str:
    """The state of a round as its pages carry it in their forms."""
    return format(row.changed_at.timestamp(), ".6f")


def _planned(row: Row[Any], groups: Iterable[Row[Any]]) -> Planned:
    return Planned(
        id=row.id,
        municipality_id=row.municipality_id,
        municipality=municipality_in(row),
        status=row.status,
        basics=Basics(
            row.title, _edition(row.questionnaire_id, row.questionnaire_version), row.opens_on, row.closes_on
        ),
        form_digest=row.questionnaire_digest,
        groups=tuple(_group(group) for group in groups),
        protection=Protection(row.mode, row.n_min, row.asks_comments, row.raw_months),
        address=Address(row.contact, row.message),
        targets=row.targets.get("sections", {}),
        base=base_of(row),
        changed_at=row.changed_at,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        released_on=row.released_on,
    )


def _group(row: Row[Any]) -> PlannedGroup:
    form = _edition(row.form_id, row.form_version)
    return PlannedGroup(row.id, row.key, row.title, row.expected, form, row.form_digest)


def _edition(identifier: str, version: str) -> Edition:
    return Edition.model_construct(id=identifier, version=version)
