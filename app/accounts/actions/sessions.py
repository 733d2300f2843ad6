# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Begin and end sessions (X-18). The browser gets a random token, the database keeps its digest only."""

import secrets
from datetime import datetime

from sqlmodel import Session, col, delete, update

from app.clock import BERLIN
from app.tables.people import Account, AccountSession
from app.tokens import digest

TOKEN_BYTES = 32


def begin_session(db: Session, account_id: str, now: datetime, *, proved: bool, oidc_sid: str | None = None) -> str:
    """Sign this account in, with a token that nobody has held before; the token.

    `proved`: the second factor was given too. Whoever calls it ends the session that the browser had before.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    db.add(
        AccountSession(
            digest=digest(token),
            account_id=account_id,
            started_at=now,
            seen_at=now,
            proved_at=now if proved else None,
            oidc_sid=oidc_sid,
        )
    )
    today = now.astimezone(BERLIN).date()
    db.execute(update(Account).where(col(Account.id) == account_id).values(seen_on=today))
    return token


def end_session(db: Session, session_digest: str) -> None:
    """Sign one browser out; one that is out already stays out."""
    db.execute(delete(AccountSession).where(col(AccountSession.digest) == session_digest))


def end_all_sessions(db: Session, account_id: str, except_digest: str | None = None) -> None:
    """Sign an account out everywhere, or everywhere but in the browser with this session."""
    ended = delete(AccountSession).where(col(AccountSession.account_id) == account_id)
    if except_digest is not None:
        ended = ended.where(col(AccountSession.digest) != except_digest)
    db.execute(ended)


def end_oidc_sessions(db: Session, sid: str) -> None:
    """Sign out every browser that came with this session of the OpenID provider."""
    db.execute(delete(AccountSession).where(col(AccountSession.oidc_sid) == sid))


def end_own_session(db: Session, account_id: str, session_digest: str) -> None:
    """Sign one browser of this account out; those of others stay."""
    mine = delete(AccountSession).where(
        col(AccountSession.digest) == session_digest, col(AccountSession.account_id) == account_id
    )
    db.execute(mine)
