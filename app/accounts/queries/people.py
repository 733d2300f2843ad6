# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""People with accounts, one by one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session, col

from app.errors import NotFound
from app.mail.addresses import address_key
from app.tables.people import Account, AccountSession


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account. `has_second_factor`: has set one up."""

    account_id: str
    name: str
    email: str
    is_operator: bool
    is_disabled: bool
    has_password: bool
    has_second_factor: bool
    has_oidc: bool
    created_on: date
    seen_on: date

    @property
    def can_sign_in(self) -> bool:
        """Whether there is a way in; until then a link is needed."""
        return self.has_password or self.has_oidc


def person_of(db: Session, account_id: str) -> Person | None:
    """The account with this id."""
    row = db.execute(PEOPLE.where(col(Account.id) == account_id)).first()
    return person_from(row) if row else None


def require_person(db: Session, account_id: str) -> Person:
    """The account with this id; `NotFound` if there is none."""
    found = person_of(db, account_id)
    if found is None:
        raise NotFound
    return found


def person_with_email(db: Session, email: str) -> Person | None:
    """The account with this address, whatever its letters' size."""
    row = db.execute(PEOPLE.where(col(Account.email_key) == address_key(email))).first()
    return person_from(row) if row else None


def person_in(db: Session, session_digest: str) -> Person | None:
    """The account that is signed in with this session."""
    joined = PEOPLE.join(AccountSession, col(AccountSession.account_id) == col(Account.id))
    row = db.execute(joined.where(col(AccountSession.digest) == session_digest)).first()
    return person_from(row) if row else None


def person_from(row: Row[Any]) -> Person:
    """A row of `PEOPLE`."""
    return Person(
        account_id=row.id,
        name=row.name,
        email=row.email,
        is_operator=row.is_operator,
        is_disabled=row.is_disabled,
        has_password=row.has_password,
        has_second_factor=row.totp_confirmed,
        has_oidc=row.has_oidc,
        created_on=row.created_on,
        seen_on=row.seen_on,
    )


PEOPLE: Any = select(
    col(Account.id),
    col(Account.name),
    col(Account.email),
    col(Account.is_operator),
    col(Account.is_disabled),
    col(Account.password_hash).is_not(None).label("has_password"),
    col(Account.totp_confirmed),
    col(Account.oidc_subject).is_not(None).label("has_oidc"),
    col(Account.created_on),
    col(Account.seen_on),
)
