# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rows of a round and its groups, of which each query beside this module makes values of its own."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlmodel import Session

from app.errors import NotFound
from app.permissions import ReadingScope, RoundScope
from app.tables.rounds import GROUPS, ROUNDS
from questionnaires.parts import MunicipalityType
from scoring import Municipality


def round_row(db: Session, scope: RoundScope) -> Row[Any]:
    """The round of this scope; `NotFound` if it was deleted."""
    row = db.execute(_ROUND, {"round": scope.round_id}).first()
    if row is None:
        raise NotFound
    return row


def group_rows(db: Session, scope: RoundScope | ReadingScope) -> Sequence[Row[Any]]:
    """Its groups in their order."""
    return db.execute(_GROUPS, {"round": scope.round_id}).all()


def municipality_in(row: Row[Any]) -> Municipality:
    """The municipality as it was when the round in this row was planned (R-05)."""
    return Municipality(MunicipalityType(row.municipality_type), row.population, row.municipality_name)


_ROUND = select(ROUNDS).where(ROUNDS.c.id == bindparam("round"))
_GROUPS = select(GROUPS).where(GROUPS.c.round_id == bindparam("round")).order_by(GROUPS.c.position)
