# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round while something is done to it: nobody else changes it meanwhile, and the list of rounds knows when it was.

Responses come before their round: whoever answers locks them in this order, and the other way round two would wait
for each other.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update
from sqlmodel import Session

from app.errors import NotFound, RoundChanged
from app.permissions import RoundScope
from app.tables.responses import RESPONSES
from app.tables.rounds import ROUNDS


def lock_responses(db: Session, scope: RoundScope) -> None:
    """Wait for those who change a response of the round; called before `lock_round` where responses change too."""
    db.execute(_RESPONSES, {"round": scope.round_id}).all()


def lock_round(db: Session, scope: RoundScope, *expected: str) -> Row[Any]:
    """The round's row, locked until the end; `RoundChanged` where its status is none of those expected."""
    row = db.execute(_LOCKED, {"round": scope.round_id}).first()
    if row is None:
        raise NotFound
    if row.status not in expected:
        raise RoundChanged
    return row


def change_round(db: Session, scope: RoundScope, now: datetime, **values: object) -> None:
    """Write these columns of the round, or none where what hangs on it was changed."""
    db.execute(update(ROUNDS).where(ROUNDS.c.id == scope.round_id).values(**values, changed_at=now))


_LOCKED = select(ROUNDS).where(ROUNDS.c.id == bindparam("round")).with_for_update()
_RESPONSES = (
    select(RESPONSES.c.id).where(RESPONSES.c.round_id == bindparam("round")).order_by(RESPONSES.c.id).with_for_update()
)
