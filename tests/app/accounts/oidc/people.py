# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accounts as the first sign-in finds them: invited, with a password, disabled."""

from datetime import date
from uuid import uuid4

from sqlmodel import Session, col, select

from app.tables.people import Account, AccountSession, OidcLogin

DAY = date(2026, 11, 22)


def invited(db: Session, email: str, **values: object) -> str:
    """An account that nobody has used yet; its id."""
    row = Account(id=uuid4().hex, email=email, email_key=email.lower(), name="", created_on=DAY, seen_on=DAY, **values)
    db.add(row)
    db.flush()
    return row.id


def account(db: Session, account_id: str) -> Account:
    return db.exec(select(Account).where(col(Account.id) == account_id)).one()


def sessions(db: Session) -> list[AccountSession]:
    return list(db.exec(select(AccountSession)))


def logins(db: Session) -> list[OidcLogin]:
    """What is remembered of sign-ins under way, and of messages through the back channel."""
    return list(db.exec(select(OidcLogin)))
