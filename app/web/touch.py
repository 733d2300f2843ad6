# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Notes that a session is in use (X-18), after the reply is on its way: reading a page never writes by itself.

Written at most every five minutes, in a session of the database of its own. If it fails, the page was shown all the
same; the session then ends some minutes early.
"""

from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, update
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from app.clock import Clock
from app.db import Database
from app.tables.people import AccountSession
from app.web.logging import log

TOUCH_SECONDS = 300


class SessionTouchMiddleware:
    """Writes the time of a page to the session that asked for it; ``prove_password`` leaves it in the state."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        await self.app(scope, receive, send)
        if "account_session" in state:
            await _touch(scope, state["account_session"], state["account_seen_at"])


async def _touch(scope: Scope, digest: str, seen_at: datetime) -> None:
    clock: Clock = scope["app"].state.clock
    database: Database = scope["app"].state.database
    now = clock.now()
    if now - seen_at < timedelta(seconds=TOUCH_SECONDS):
        return
    try:
        async with database.request_session(write=True) as db:
            await run_in_threadpool(mark_seen, db, digest, now)
    except SQLAlchemyError as error:
        log.warning("session_touch", exc_info=error)


def mark_seen(db: Session, digest: str, now: datetime) -> None:
    """The session was used now; one that ended meanwhile stays ended."""
    session = update(AccountSession).where(col(AccountSession.digest) == digest, col(AccountSession.seen_at) < now)
    db.execute(session.values(seen_at=now))
