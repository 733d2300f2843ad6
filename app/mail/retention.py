# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Letting go of addresses (D-15): those invited to a round some days after it ended, and of mail that is done."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlmodel import Session, col, delete

from app.clock import BERLIN
from app.tables.mails import Mail
from app.tables.rounds import ROUNDS, Invitee


def forget_addresses(db: Session, *, today: date, address_days: int, dry_run: bool = False) -> int:
    """Delete addresses and mails of rounds closed so many days ago, and other mail of that age that is done.

    Gives how many rows, also when only asked for it. A round that nobody closed counts from its last day.
    """
    last = today - timedelta(days=address_days)
    ended = select(ROUNDS.c.id).where(func.coalesce(ROUNDS.c.closed_on, ROUNDS.c.closes_on) <= last)
    found = 0
    for table, over in ((Invitee, col(Invitee.round_id).in_(ended)), (Mail, _mail_over(ended, last))):
        found += db.execute(select(func.count()).select_from(table).where(over)).scalar_one()
        if not dry_run:
            db.execute(delete(table).where(over))
    return found


def _mail_over(ended: Select[tuple[str]], last: date) -> ColumnElement[bool]:
    old = col(Mail.created_at) < datetime.combine(last + timedelta(days=1), time(), BERLIN)
    done = col(Mail.status).in_(("sent", "failed"))
    return or_(col(Mail.round_id).in_(ended), old & done)
