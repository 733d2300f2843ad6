# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Letting go of checks whose time is over (D-15): drafts by their last change, submitted ones by their submission.

A draft of a round goes like any other. What was submitted to a round goes with it (app/rounds/retention.py).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, func, select

from app.clock import months_after
from app.responses.actions import delete_responses
from app.tables.responses import Response


@dataclass(frozen=True, slots=True)
class Expired:
    """How many checks are over their time."""

    drafts: int
    submitted: int


def delete_expired(
    db: Session, *, today: date, draft_days: int, submitted_months: int, dry_run: bool = False
) -> Expired:
    """Delete answers, profiles and responses whose day of deletion has come; a dry run only counts them."""
    drafts = and_(col(Response.status) == "draft", col(Response.changed_on) <= today - timedelta(days=draft_days))
    submitted = _submitted(db, today, submitted_months)
    found = Expired(_count(db, drafts), _count(db, submitted))
    if not dry_run:
        delete_responses(db, select(Response.id).where(or_(drafts, submitted)))
    return found


def _submitted(db: Session, today: date, months: int) -> ColumnElement[bool]:
    # Months differ in length, so the days are compared here, by the same rule that the receipt was written by.
    own = col(Response.round_id).is_(None)
    days = db.exec(select(col(Response.submitted_on)).where(col(Response.submitted_on).is_not(None), own).distinct())
    over = [day for day in days if day is not None and months_after(day, months) <= today]
    return and_(col(Response.submitted_on).in_(over), own)


def _count(db: Session, condition: ColumnElement[bool]) -> int:
    return db.exec(select(func.count()).select_from(Response).where(condition)).one()
