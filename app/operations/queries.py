# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading reported barriers, for the operator on the command line."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from app.tables import BarrierReport


@dataclass(frozen=True, slots=True)
class Report:
    """One reported barrier."""

    reported_on: date
    page: str
    description: str
    contact: str


def reports(session: Session) -> tuple[Report, ...]:
    """All reported barriers, newest first."""
    found = session.exec(select(BarrierReport).order_by(col(BarrierReport.reported_on).desc(), BarrierReport.id))
    return tuple(Report(row.reported_on, row.page, row.description, row.contact) for row in found)
