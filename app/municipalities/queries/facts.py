# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Facts of a municipality: for its own people, and for the operator, who sees no round and no result."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select
from sqlmodel import Session, col

from app.errors import NotFound
from app.municipalities.kinds import size_class
from app.permissions import AccountScope, Action, MunicipalityScope, require
from app.tables.municipalities import Membership
from app.tables.municipalities import Municipality as MunicipalityRow
from app.tables.rounds import ROUNDS


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality of this instance. `type` is a value of `MunicipalityType`; `ars` is None where typed freely."""

    id: str
    name: str
    type: str
    population: int | None
    ars: str | None
    district: str
    state: str

    @property
    def size_class(self) -> str:
        """As of now; a round keeps that of its beginning (R-05)."""
        return size_class(self.population)


@dataclass(frozen=True, slots=True)
class Extent:
    """What goes with a municipality when it is deleted."""

    rounds: int
    people: int


COLUMNS = [getattr(MunicipalityRow, name) for name in Municipality.__dataclass_fields__]


def municipality_of(db: Session, scope: MunicipalityScope) -> Municipality:
    """The facts of one's own municipality."""
    return _by_id(db, scope.municipality_id)


def operated(db: Session, account: AccountScope, municipality_id: str) -> Municipality:
    """The facts of any municipality, for the operator; `NotFound` where there is none."""
    require(account, Action.INSTANCE_MUNICIPALITIES)
    return _by_id(db, municipality_id)


def extent_of(db: Session, account: AccountScope, municipality_id: str) -> Extent:
    """How much would be deleted, in numbers only."""
    require(account, Action.INSTANCE_MUNICIPALITIES)
    rounds = select(func.count()).select_from(ROUNDS).where(ROUNDS.c.municipality_id == municipality_id)
    people = select(func.count()).select_from(Membership).where(col(Membership.municipality_id) == municipality_id)
    return Extent(db.execute(rounds).scalar_one(), db.execute(people).scalar_one())


def fact_of(row: Row[Any]) -> Municipality:
    """One row of `COLUMNS`."""
    return Municipality(*row[: len(COLUMNS)])


def _by_id(db: Session, municipality_id: str) -> Municipality:
    row = db.execute(select(*COLUMNS).where(col(MunicipalityRow.id) == municipality_id)).first()
    if row is None:
        raise NotFound
    return fact_of(row)
