# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The browsers in which somebody is signed in: when it began and when it was last used, nothing else (D-04, X-18)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from app.permissions import AccountScope
from app.settings import Settings
from app.tables.people import AccountSession


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One of them; `key` names it in a form and opens nothing."""

    key: str
    started_at: datetime
    seen_at: datetime
    is_this: bool


def open_sessions(db: Session, scope: AccountScope, now: datetime, settings: Settings) -> tuple[OpenSession, ...]:
    """Those that are not over, this one first, then the last used."""
    rows = db.execute(
        select(col(AccountSession.digest), col(AccountSession.started_at), col(AccountSession.seen_at)).where(
            col(AccountSession.account_id) == scope.account_id,
            col(AccountSession.started_at) >= now - timedelta(hours=settings.session_hours),
            col(AccountSession.seen_at) >= now - timedelta(minutes=settings.session_idle_minutes),
        )
    )
    found = [OpenSession(row.digest, row.started_at, row.seen_at, row.digest == scope.session) for row in rows]
    return tuple(sorted(found, key=lambda one: (not one.is_this, -one.seen_at.timestamp())))
