# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Add a municipality, change its facts, delete it with all it has. Rounds keep the facts they began with (R-05)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import select, update
from sqlmodel import Session, col, delete

from app.audit import record
from app.errors import Invalid, Problem
from app.i18n import N_
from app.municipalities.queries.facts import Municipality, extent_of, operated
from app.municipalities.queries.register import entry_of
from app.municipalities.spelling import folded
from app.permissions import AccountScope, Action, MunicipalityScope, require
from app.tables.municipalities import Municipality as MunicipalityRow
from app.tables.responses import RESPONSES
from app.tables.rounds import ROUNDS
from questionnaires.parts import MunicipalityType


@dataclass(frozen=True, slots=True)
class Facts:
    """What people say of a municipality."""

    name: str
    type: MunicipalityType
    population: int | None


def add_municipality(
    db: Session, account: AccountScope, facts: Facts, ars: str | None, *, now: datetime, today: date
) -> str:
    """A new municipality, taken from the register (`ars`) or typed freely; its id."""
    require(account, Action.INSTANCE_MUNICIPALITIES)
    entry = entry_of(db, ars) if ars else None
    if ars and entry is None:
        raise Invalid(Problem("name", N_("Diesen Eintrag gibt es im Verzeichnis nicht mehr. Bitte suchen Sie neu.")))
    if entry and entry.taken:
        raise Invalid(Problem("name", N_("Diese Kommune ist schon angelegt.")))
    row = MunicipalityRow(
        id=uuid4().hex,
        name=facts.name,
        type=facts.type.value,
        population=facts.population,
        ars=ars or None,
        district=entry.district if entry else "",
        state=entry.state if entry else "",
        created_on=today,
    )
    db.add(row)
    db.flush()
    record(db, account, "municipality.create", now, municipality_id=row.id, name=facts.name)
    return row.id


def edit_municipality(db: Session, scope: MunicipalityScope, facts: Facts, *, now: datetime) -> None:
    """Its own coordinator changes the facts."""
    require(scope, Action.MUNICIPALITY_EDIT)
    _change(db, scope.municipality_id, facts)
    record(db, scope, "municipality.edit", now, name=facts.name)


def edit_as_operator(db: Session, account: AccountScope, municipality_id: str, facts: Facts, *, now: datetime) -> None:
    """The operator changes the facts."""
    operated(db, account, municipality_id)
    _change(db, municipality_id, facts)
    record(db, account, "municipality.edit", now, municipality_id=municipality_id, name=facts.name)


def delete_municipality(
    db: Session, account: AccountScope, municipality_id: str, typed_name: str, *, now: datetime
) -> Municipality:
    """Delete it with its rounds, answers and roles; where it has rounds, only for who typed its name."""
    found = operated(db, account, municipality_id)
    extent = extent_of(db, account, municipality_id)
    if extent.rounds and folded(typed_name) != folded(found.name):
        raise Invalid(Problem("name", N_("Bitte schreiben Sie den Namen der Kommune, wie er oben steht.")))
    # Answers first: a round cannot go while they point to it. What hangs on either goes with it.
    rounds = select(ROUNDS.c.id).where(ROUNDS.c.municipality_id == municipality_id)
    db.execute(RESPONSES.delete().where(RESPONSES.c.round_id.in_(rounds)))
    db.execute(delete(MunicipalityRow).where(col(MunicipalityRow.id) == municipality_id))
    record(
        db,
        account,
        "municipality.delete",
        now,
        municipality_id=municipality_id,
        name=found.name,
        rounds=extent.rounds,
        people=extent.people,
    )
    return found


def _change(db: Session, municipality_id: str, facts: Facts) -> None:
    values = {"name": facts.name, "type": facts.type.value, "population": facts.population}
    db.execute(update(MunicipalityRow).where(col(MunicipalityRow.id) == municipality_id).values(values))
