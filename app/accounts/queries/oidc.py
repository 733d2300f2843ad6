# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is the case about the OpenID provider and a session here."""

from sqlalchemy import select
from sqlmodel import Session, col

from app.tables.people import Account, AccountSession


def sid_of(db: Session, session_digest: str) -> str | None:
    """The provider's name for the session behind this one. Whoever begins another in its place hands it on: else the
    provider could not end it (back channel)."""
    found = select(col(AccountSession.oidc_sid)).where(col(AccountSession.digest) == session_digest)
    sid: str | None = db.execute(found).scalar()
    return sid


def is_at_provider(db: Session, session_digest: str) -> bool:
    """Whether the account of this session signs in at the provider, where it may be signed in still."""
    account = (
        select(col(Account.id))
        .join(AccountSession, col(AccountSession.account_id) == col(Account.id))
        .where(col(AccountSession.digest) == session_digest, col(Account.oidc_subject).is_not(None))
    )
    return db.execute(account).first() is not None
