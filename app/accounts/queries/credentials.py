# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a password is compared with. Only the pages that ask for one read this."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from app.mail.addresses import address_key
from app.tables.people import Account, AccountSession


@dataclass(frozen=True, slots=True)
class Credentials:
    """The hash of an account's password, None where it has none; `started_at` of the session that asks."""

    account_id: str
    email_key: str
    is_disabled: bool
    password_hash: str | None = field(repr=False)
    started_at: datetime | None = None


def credentials_of(db: Session, email: str) -> Credentials | None:
    """Of the account with this address."""
    row = db.execute(_ACCOUNTS.where(col(Account.email_key) == address_key(email))).first()
    return Credentials(row.id, row.email_key, row.is_disabled, row.password_hash) if row else None


def credentials_in(db: Session, session_digest: str) -> Credentials | None:
    """Of the account that is signed in with this session; whether the session is over is not asked here."""
    joined = _IN_SESSION.where(col(AccountSession.digest) == session_digest)
    row = db.execute(joined).first()
    if row is None:
        return None
    return Credentials(row.id, row.email_key, row.is_disabled, row.password_hash, row.started_at)


_COLUMNS = (col(Account.id), col(Account.email_key), col(Account.is_disabled), col(Account.password_hash))
_ACCOUNTS: Any = select(*_COLUMNS)
_IN_SESSION: Any = select(*_COLUMNS, col(AccountSession.started_at)).join(
    AccountSession, col(AccountSession.account_id) == col(Account.id)
)
