# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Storing reported barriers, and letting go of old ones."""

import uuid
from datetime import date

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from app.tables import BarrierReport


def store_report(session: Session, *, page: str, description: str, contact: str, today: date) -> None:
    """Keep one reported barrier (checked by the form)."""
    report = BarrierReport(id=uuid.uuid4().hex, reported_on=today, page=page, description=description, contact=contact)
    session.add(report)


def delete_reports(session: Session, *, before: date, dry_run: bool = False) -> int:
    """Delete the reports from before that day (D-15); gives their number, also when only asked for it."""
    old = col(BarrierReport.reported_on) < before
    number = session.exec(select(func.count()).select_from(BarrierReport).where(old)).one()
    if not dry_run:
        session.execute(delete(BarrierReport).where(old))
    return number
