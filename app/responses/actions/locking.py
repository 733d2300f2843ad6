# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be done to a response as it is now: nobody else changes it, or closes its round, meanwhile (X-10)."""

from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlmodel import Session

from app.errors import AlreadySubmitted, NotFound, RoundNotOpen
from app.i18n import N_
from app.permissions import Scope, require_edit
from app.responses.queries import ResponseState
from app.responses.within import RoundOf
from app.tables.responses import RESPONSES
from app.tables.rounds import ROUNDS


def lock(db: Session, scope: Scope) -> Row[Any]:
    """Status and round of the response, locked until the end, as `load_response` locks it."""
    require_edit(scope)
    row = db.execute(_LOCK, {"response": scope.response_id}).first()
    if row is None:
        raise NotFound
    return row


def lock_own_draft(db: Session, scope: Scope) -> None:
    """Raise unless the response is a draft, and no round says what it is about."""
    row = lock(db, scope)
    require_own(row.round_id)
    if row.status != "draft":
        raise AlreadySubmitted


def require_own(of_round: RoundOf | str | None) -> None:
    """`NotFound` for a response of a round: its municipality and targets are the round's, and it is given once."""
    if of_round is not None:
        raise NotFound


def require_open(state: ResponseState, today: date) -> None:
    """Raise unless answers can be changed."""
    if state.is_submitted:
        raise AlreadySubmitted if state.round is None else already_given()
    if not state.takes_answers(today):
        raise RoundNotOpen


def already_given() -> AlreadySubmitted:
    """A response of a round cannot be copied, so something else is offered."""
    return AlreadySubmitted(
        title=N_("Diese Rückmeldung ist schon abgegeben"),
        help=N_("Gehen Sie zur Übersicht. Dort sehen Sie Ihre Antworten und was Sie noch tun können."),
        offer="back",
    )


def hold_round(db: Session, round_id: str) -> Row[Any]:
    """Status and days of a round that nobody closes until the end of this transaction; many may hold it at once."""
    return db.execute(_HOLD, {"round": round_id}).one()


_LOCK = (
    select(RESPONSES.c.status, RESPONSES.c.round_id).where(RESPONSES.c.id == bindparam("response")).with_for_update()
)
# FOR SHARE: closing waits for whoever submits, and whoever submits after it sees that the round is closed.
_HOLD = (
    select(ROUNDS.c.status, ROUNDS.c.opens_on, ROUNDS.c.closes_on)
    .where(ROUNDS.c.id == bindparam("round"))
    .with_for_update(read=True)
)
