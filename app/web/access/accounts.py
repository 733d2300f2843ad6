# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the cookie of an account to its `AccountScope`: the session exists, is not over, and the account may sign in.

A session ends after some time without a page, and in any case after some hours. Reading never writes, so the time
of the last page is noted by `SessionTouchMiddleware` once the reply is on its way.
"""

from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy import Row, bindparam, exists, or_, select
from sqlmodel import Session, col

from app.db import SAFE_METHODS, Db
from app.errors import SecondFactorNeeded, SignInNeeded
from app.permissions import AccountScope, Action, require
from app.settings import Settings
from app.tables.municipalities import Membership
from app.tables.people import Account, AccountSession
from app.tables.rounds import RoundModerator
from app.tokens import digest
from app.web.bodies import Posted
from app.web.dependencies import ClockOf, SettingsOf
from app.web.staff_session import session_token


def prove_password(request: Request, db: Db, clock: ClockOf, settings: SettingsOf, posted: Posted) -> AccountScope:
    """Dependency: somebody gave a password here, the second factor perhaps not yet; else `SignInNeeded`."""
    found = _session(request, db, clock.now(), settings)
    if found is None:
        raise SignInNeeded(typed=_typed(request, posted))
    request.state.account_session, request.state.account_seen_at = found.digest, found.seen_at
    return _scope(found)


def prove_account(
    request: Request, db: Db, posted: Posted, scope: Annotated[AccountScope, Depends(prove_password, scope="function")]
) -> AccountScope:
    """Dependency: somebody is signed in, with the second factor where one is needed; else `SecondFactorNeeded`."""
    if not scope.has_second_factor and needs_second_factor(db, scope.account_id):
        raise SecondFactorNeeded(typed=_typed(request, posted))
    request.state.account = scope
    return scope


def needs_second_factor(db: Session, account_id: str) -> bool:
    """X-15: operators, coordinators, moderators, and whoever set one up."""
    return db.execute(_NEEDS_SECOND, {"account": account_id}).first() is not None


def session_is_over(found: Row[Any] | AccountSession, now: datetime, settings: Settings) -> bool:
    """X-18: too long without a page, or too long in all."""
    idle = now - found.seen_at > timedelta(minutes=settings.session_idle_minutes)
    return idle or now - found.started_at > timedelta(hours=settings.session_hours)


def _session(request: Request, db: Session, now: datetime, settings: Settings) -> Row[Any] | None:
    token = session_token(request)
    found = db.execute(_SESSION, {"digest": digest(token)}).first() if token else None
    return None if found is None or session_is_over(found, now, settings) else found


def _scope(found: Row[Any]) -> AccountScope:
    return AccountScope(found.account_id, found.name, found.is_operator, found.digest, found.proved_at is not None)


def _typed(request: Request, posted: Posted) -> list[tuple[str, str]]:
    """What a form held when the session was over, so that it can be sent again after signing in (A-18)."""
    if request.method in SAFE_METHODS:
        return []
    return [(name, value) for name, value in posted.multi_items() if isinstance(value, str)]


class may_instance:  # noqa: N801  reads like a word in a route's annotation
    """Dependency: an operator who may do this; `NotAllowed` for everybody else who is signed in."""

    def __init__(self, action: Action) -> None:
        self.action = action

    def __call__(self, account: "SignedIn") -> AccountScope:
        require(account, self.action)
        return account


_SESSION = (
    select(
        AccountSession.digest,  # type: ignore[call-overload]  # SQLModel's attributes are columns here
        AccountSession.account_id,
        AccountSession.started_at,
        AccountSession.seen_at,
        AccountSession.proved_at,
        Account.name,
        Account.is_operator,
    )
    .join(Account, col(Account.id) == col(AccountSession.account_id))
    .where(col(AccountSession.digest) == bindparam("digest"), col(Account.is_disabled).is_(False))
)
_NEEDS_SECOND = select(col(Account.id)).where(
    col(Account.id) == bindparam("account"),
    or_(
        col(Account.is_operator),
        col(Account.totp_confirmed),
        exists().where(col(Membership.account_id) == col(Account.id), col(Membership.role) == "coordinator"),
        exists().where(col(RoundModerator.account_id) == col(Account.id)),
    ),
)

PasswordOnly = Annotated[AccountScope, Depends(prove_password, scope="function")]
SignedIn = Annotated[AccountScope, Depends(prove_account, scope="function")]
