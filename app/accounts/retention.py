# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is over its time: sessions, links, sign-ins under way, and accounts that nobody uses (D-15)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Delete, func, select
from sqlmodel import Session, col, delete

from app.accounts.actions.deleting import delete_account
from app.clock import months_after
from app.settings import Settings
from app.tables.people import Account, AccountLink, AccountSession, OidcLogin


@dataclass(frozen=True, slots=True)
class Expired:
    """How many of each are, or would be, deleted."""

    sessions: int
    links: int
    accounts: int


def delete_expired(db: Session, settings: Settings, *, now: datetime, today: date, dry_run: bool = False) -> Expired:
    """Delete it, or only count. One operator always stays, however long ago the last sign-in was."""
    sessions, links, logins = _over(settings, now)
    unused = _unused(db, months_after(today, -settings.account_months))
    if dry_run:
        return Expired(_count(db, sessions), _count(db, links) + _count(db, logins), len(unused))
    gone = [db.execute(over).rowcount for over in (sessions, links, logins)]  # type: ignore[attr-defined]  # of a delete
    for account_id in unused:
        delete_account(db, account_id)
    return Expired(gone[0], gone[1] + gone[2], len(unused))


def _over(settings: Settings, now: datetime) -> tuple[Delete, Delete, Delete]:
    begun, seen = now - timedelta(hours=settings.session_hours), now - timedelta(minutes=settings.session_idle_minutes)
    sessions = delete(AccountSession).where(
        (col(AccountSession.started_at) < begun) | (col(AccountSession.seen_at) < seen)
    )
    links = delete(AccountLink).where(col(AccountLink.expires_at) <= now)
    return sessions, links, delete(OidcLogin).where(col(OidcLogin.expires_at) <= now)


def _unused(db: Session, before: date) -> list[str]:
    """Accounts that nobody used since; of operators the one stays who could run the instance and was here last."""
    able = set(db.execute(_ABLE).scalars())
    unused = []
    for account_id, is_operator in db.execute(_SEEN.where(col(Account.seen_on) < before)):
        if is_operator and able <= {account_id}:
            continue
        able.discard(account_id)
        unused.append(account_id)
    return unused


def _count(db: Session, over: Any) -> int:
    return db.execute(select(func.count()).select_from(over.table).where(over.whereclause)).scalar() or 0


_SEEN = select(col(Account.id), col(Account.is_operator)).order_by(col(Account.seen_on), col(Account.id))
# Locked, so that nobody locks or deletes the one who is to stay meanwhile.
_ABLE = (
    select(col(Account.id))
    .where(col(Account.is_operator), col(Account.is_disabled).is_(False))
    .order_by(col(Account.id))
    .with_for_update()
)
