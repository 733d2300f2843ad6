# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What signing in through the OpenID provider changes here: a sign-in under way, an account that is found or linked,
sessions that end because the provider says so.

A person is issuer and subject. An address leads to an account only once: at the first sign-in of somebody who was
invited and has no way in yet, or when the owner of an account connects it while signed in.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, update

from app.accounts.actions.links import drop_links
from app.accounts.actions.sessions import end_all_sessions, end_oidc_sessions
from app.accounts.oidc.claims import Departure, Ended, Identity
from app.accounts.oidc.faults import (
    AccountDisabled,
    AddressTaken,
    AddressUnproved,
    HasPassword,
    LogoutRefused,
    NotInvited,
    OtherPerson,
    SignInOver,
)
from app.mail.addresses import address_key
from app.permissions import AccountScope
from app.tables.people import Account, OidcLogin
from app.tokens import digest

MINUTES = 10
"""How long somebody may take at the provider."""


@dataclass(frozen=True, slots=True)
class UnderWay:
    """What was kept of a sign-in when it began; `back` is the page to go on to."""

    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    back: str


def begin_login(db: Session, departure: Departure, back: str, now: datetime) -> None:
    """Remember somebody on the way to the provider; whoever did not come back in time is forgotten."""
    db.execute(delete(OidcLogin).where(col(OidcLogin.expires_at) <= now))
    db.add(
        OidcLogin(
            state_digest=_state(departure.state),
            nonce=departure.nonce,
            verifier=departure.verifier,
            back=back,
            expires_at=now + timedelta(minutes=MINUTES),
        )
    )


def take_login(db: Session, state: str, now: datetime) -> UnderWay:
    """Use up a sign-in under way: it leads in once; `SignInOver` for everything after."""
    taken = delete(OidcLogin).where(col(OidcLogin.state_digest) == _state(state), col(OidcLogin.expires_at) > now)
    row = db.execute(taken.returning(col(OidcLogin.nonce), col(OidcLogin.verifier), col(OidcLogin.back))).first()
    if row is None:
        raise SignInOver
    return UnderWay(row.nonce, row.verifier, row.back)


def account_for(db: Session, identity: Identity) -> str:
    """The account of this person, with name and address as the provider has them (O-20); else the reason why not."""
    known = _account(db, _is_person(identity))
    account = known or _invited(db, identity)
    if account.is_disabled:
        raise AccountDisabled
    if known is None:
        _link(db, account.id, identity)
    _take_over(db, account.id, identity)
    return str(account.id)


def connect(db: Session, scope: AccountScope, identity: Identity) -> str:
    """Give the account that is signed in to this person, instead of its password; it is signed out everywhere.

    Only if the provider vouches for the account's own address: at a shared computer somebody else may still be signed
    in at the provider.
    """
    mine = _account(db, col(Account.id) == scope.account_id)
    other = _account(db, _is_person(identity))
    if mine is None or mine.email_key != address_key(identity.email) or (other is not None and other.id != mine.id):
        raise OtherPerson
    if other is None:
        _link(db, mine.id, identity, replacing_password=True)
        end_all_sessions(db, mine.id)
    _take_over(db, mine.id, identity)
    return str(mine.id)


def end_at_provider(db: Session, ended: Ended, now: datetime) -> None:
    """Sign out whom the provider has signed out; a message that was here before is refused (`LogoutRefused`)."""
    _once(db, ended, now)
    if ended.sid:
        end_oidc_sessions(db, ended.sid)
    else:
        person = (col(Account.oidc_issuer) == ended.issuer) & (col(Account.oidc_subject) == ended.subject)
        account = _account(db, person)
        if account is not None:
            end_all_sessions(db, account.id)


def _once(db: Session, ended: Ended, now: datetime) -> None:
    # Kept beside the sign-ins under way: a secret that works once, until a time. Neither can be taken for the other.
    key = digest(f"logout:{ended.token_id.encode().hex()}")
    db.execute(delete(OidcLogin).where(col(OidcLogin.expires_at) <= now))
    try:
        with db.begin_nested():
            db.add(OidcLogin(state_digest=key, nonce="", verifier="", expires_at=ended.expires_at))
    except IntegrityError:
        raise LogoutRefused("logout_replayed") from None


def _state(state: str) -> str:
    return digest(f"login:{state}")


def _is_person(identity: Identity) -> ColumnElement[bool]:
    return (col(Account.oidc_issuer) == identity.issuer) & (col(Account.oidc_subject) == identity.subject)


def _account(db: Session, which: ColumnElement[bool]) -> Row[tuple[str, str, bool, str | None, str | None]] | None:
    columns = (Account.id, Account.email_key, Account.is_disabled, Account.password_hash, Account.oidc_subject)
    return db.execute(select(*map(col, columns)).where(which)).first()


def _invited(db: Session, identity: Identity) -> Row[tuple[str, str, bool, str | None, str | None]]:
    if not identity.email:
        raise AddressUnproved
    account = _account(db, col(Account.email_key) == address_key(identity.email))
    if account is None:
        raise NotInvited
    if account.oidc_subject is not None:
        raise AddressTaken
    if account.password_hash is not None:
        raise HasPassword
    return account


def _link(db: Session, account_id: str, identity: Identity, *, replacing_password: bool = False) -> None:
    """Let this person in to the account from now on, and nobody through a link or a password."""
    free = [col(Account.id) == account_id, col(Account.oidc_subject).is_(None)]
    if not replacing_password:
        free.append(col(Account.password_hash).is_(None))
    values = {"oidc_issuer": identity.issuer, "oidc_subject": identity.subject, "password_hash": None}
    if db.execute(update(Account).where(*free).values(**values).returning(col(Account.id))).scalar() is None:
        raise HasPassword
    drop_links(db, account_id)


def _take_over(db: Session, account_id: str, identity: Identity) -> None:
    """Name and address as the provider has them; an address that another account has stays with that account."""
    values = {"name": identity.name} if identity.name else {}
    key = address_key(identity.email)
    holder = _account(db, col(Account.email_key) == key) if key else None
    if key and (holder is None or holder.id == account_id):
        values |= {"email": identity.email, "email_key": key}
    if values:
        db.execute(update(Account).where(col(Account.id) == account_id).values(**values))
