# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Letting go of what a round no longer needs (D-15): single answers after their months; the published table stays.

What was frozen of single people goes with them: who gave what in a named round, and comments that nobody released. A
round that nobody ever closed counts from its last day, or its answers would be kept for ever.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, or_, select, update
from sqlmodel import Session, col, delete

from app.clock import months_after
from app.responses.actions import delete_responses
from app.tables.responses import RESPONSES
from app.tables.rounds import ROUNDS, RoundComment, RoundSnapshot, Ticket


@dataclass(frozen=True, slots=True)
class RawExpired:
    """How many rounds lose their single answers, and how many submitted responses those were."""

    rounds: int
    responses: int


def delete_raw_answers(db: Session, *, today: date, dry_run: bool = False) -> RawExpired:
    """Delete responses with all that hangs on them, and codes, of rounds whose months are over."""
    over = _over(db, today)
    if not over:
        return RawExpired(0, 0)
    submitted = RESPONSES.c.round_id.in_(over), RESPONSES.c.status == "submitted"
    responses = db.execute(select(func.count()).select_from(RESPONSES).where(*submitted)).scalar_one()
    if not dry_run:
        delete_responses(db, select(RESPONSES.c.id).where(RESPONSES.c.round_id.in_(over)))
        db.execute(delete(Ticket).where(col(Ticket.round_id).in_(over)))
        db.execute(update(RoundSnapshot).where(col(RoundSnapshot.round_id).in_(over)).values(voices="[]"))
        db.execute(
            delete(RoundComment).where(col(RoundComment.round_id).in_(over), col(RoundComment.is_shown).is_(False))
        )
        # One that is still open may be prolonged, and then holds answers again.
        db.execute(update(ROUNDS).where(ROUNDS.c.id.in_(over), _ENDED).values(raw_deleted_on=today))
    return RawExpired(len(over), responses)


def _over(db: Session, today: date) -> list[str]:
    # Months differ in length, so the days are compared here, by the same rule that people were told.
    kept = db.execute(
        select(ROUNDS.c.id, ROUNDS.c.raw_months, ROUNDS.c.closed_on, ROUNDS.c.closes_on).where(
            ROUNDS.c.raw_deleted_on.is_(None), or_(_ENDED, exists().where(RESPONSES.c.round_id == ROUNDS.c.id))
        )
    )
    return [row.id for row in kept if months_after(row.closed_on or row.closes_on, row.raw_months) <= today]


_ENDED = ROUNDS.c.status.in_(("closed", "released"))
