# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accounts of coordinators, members, moderators and operators. People who only answer have none.

Of everything that opens an account (sessions, links, recovery codes) the database keeps digests. No address of a
computer and no browser is kept (D-04).
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.tables.base import Moment, Table, one_of

EMAIL_LENGTH = 254
PERSON_LENGTH = 120
LINK_PURPOSES = ("invite", "reset")


class Account(Table, table=True):
    """Somebody who signs in. Without password and without OpenID subject nobody can, until a link is used."""

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("oidc_issuer", "oidc_subject", name="uq_account_oidc_issuer"),
        CheckConstraint("(oidc_issuer IS NULL) = (oidc_subject IS NULL)", name="oidc"),
        CheckConstraint("NOT totp_confirmed OR totp_secret IS NOT NULL", name="totp"),
    )

    id: str = Field(primary_key=True, max_length=32)
    email: str = Field(max_length=EMAIL_LENGTH)
    email_key: str = Field(max_length=EMAIL_LENGTH, unique=True)
    """The address as it is compared: in small letters."""
    name: str = Field(max_length=PERSON_LENGTH)
    is_operator: bool = False
    is_disabled: bool = False
    password_hash: str | None = Field(default=None, max_length=255)
    totp_secret: str | None = Field(default=None, max_length=64)
    totp_confirmed: bool = False
    totp_step: int | None = None
    """The time step of the last code used: no code works twice (X-15)."""
    oidc_issuer: str | None = Field(default=None, max_length=255)
    oidc_subject: str | None = Field(default=None, max_length=255)
    created_on: date
    seen_on: date = Field(index=True)
    """The day of the last sign-in, for the retention of unused accounts."""


class AccountSession(Table, table=True):
    """A browser that is signed in (X-18)."""

    __tablename__ = "account_session"

    digest: str = Field(primary_key=True, max_length=64)
    account_id: str = Field(max_length=32, foreign_key="account.id", ondelete="CASCADE", index=True)
    started_at: datetime = Field(sa_type=Moment)
    seen_at: datetime = Field(sa_type=Moment)
    proved_at: datetime | None = Field(default=None, sa_type=Moment)
    """When the second factor was given; None: only the password yet."""
    oidc_sid: str | None = Field(default=None, max_length=255, index=True)
    """The provider's name for its own session, for logout through the back channel."""


class AccountLink(Table, table=True):
    """A link that works once: to set up an account, or to set a new password (N-05, X-16)."""

    __tablename__ = "account_link"
    __table_args__ = (CheckConstraint(one_of("purpose", LINK_PURPOSES), name="purpose"),)

    digest: str = Field(primary_key=True, max_length=64)
    account_id: str = Field(max_length=32, foreign_key="account.id", ondelete="CASCADE", index=True)
    purpose: str = Field(max_length=10)
    expires_at: datetime = Field(sa_type=Moment)


class RecoveryCode(Table, table=True):
    """A code that stands in once for the second factor, for those who lost their device."""

    __tablename__ = "recovery_code"

    account_id: str = Field(primary_key=True, max_length=32, foreign_key="account.id", ondelete="CASCADE")
    digest: str = Field(primary_key=True, max_length=64)


class OidcLogin(Table, table=True):
    """A sign-in that is under way at the OpenID provider."""

    __tablename__ = "oidc_login"

    state_digest: str = Field(primary_key=True, max_length=64)
    nonce: str = Field(max_length=64)
    verifier: str = Field(max_length=128)
    back: str = Field(default="", max_length=300)
    expires_at: datetime = Field(sa_type=Moment)
