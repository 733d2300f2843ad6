# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Letting go of what a round no longer needs (D-15): single answers after their months; the published table stays.

A round that nobody ever closed counts from its last day, or its answers would be kept for ever.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update
from sqlmodel import Session, col, delete

from app.clock import months_after
from app.tables.responses import ANSWERS, RESPONSES, Delegation, Proposal, Snapshot
from app.tables.rounds import ROUNDS, Ticket


@dataclass(frozen=True, slots=True)
class RawExpired:
    """How many rounds lose their single answers, and how many submitted responses those were."""

    rounds: int
    responses: int


def delete_raw_answers(db: Session, *, today: date, dry_run: bool = False) -> RawExpired:
    """Delete responses with all that hangs on them, and used codes, of rounds whose months are over."""
    over = _over(db, today)
    if not over:
        return RawExpired(0, 0)
    submitted = RESPONSES.c.round_id.in_(over), RESPONSES.c.status == "submitted"
    responses = db.execute(select(func.count()).select_from(RESPONSES).where(*submitted)).scalar_one()
    if not dry_run:
        delete_responses(db, over)
        db.execute(delete(Ticket).where(col(Ticket.round_id).in_(over)))
        db.execute(update(ROUNDS).where(ROUNDS.c.id.in_(over)).values(raw_deleted_on=today))
    return RawExpired(len(over), responses)


def delete_responses(db: Session, round_ids: list[str]) -> None:
    """Delete every response of these rounds, its answers, profile and requests to colleagues."""
    mine = select(RESPONSES.c.id).where(RESPONSES.c.round_id.in_(round_ids))
    asked = select(col(Delegation.id)).where(col(Delegation.response_id).in_(mine))
    db.execute(delete(Proposal).where(col(Proposal.delegation_id).in_(asked)))
    for table in (Delegation, Snapshot):
        db.execute(delete(table).where(col(table.response_id).in_(mine)))
    db.execute(ANSWERS.delete().where(ANSWERS.c.response_id.in_(mine)))
    db.execute(RESPONSES.delete().where(RESPONSES.c.round_id.in_(round_ids)))


def _over(db: Session, today: date) -> list[str]:
    # Months differ in length, so the days are compared here, by the same rule that people were told.
    kept = db.execute(
        select(ROUNDS.c.id, ROUNDS.c.raw_months, ROUNDS.c.closed_on, ROUNDS.c.closes_on).where(
            ROUNDS.c.raw_deleted_on.is_(None), ROUNDS.c.status != "planned"
        )
    )
    return [row.id for row in kept if months_after(row.closed_on or row.closes_on, row.raw_months) <= today]
