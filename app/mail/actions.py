# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Put a message into the queue, and what the operator does with it. Nothing here waits for the relay (X-27)."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import CursorResult, Update, delete, update
from sqlmodel import Session, col

from app import audit
from app.mail.message import clean_subject
from app.permissions import AccountScope, Action, require
from app.tables.mails import Mail

_TRIAL = """\
Guten Tag,

das ist eine Probe. Der Selbstcheck Weltoffene Kommune kann E-Mails verschicken.

Sie brauchen nichts zu tun.
"""


def enqueue(
    db: Session,
    *,
    kind: str,
    recipient: str,
    subject: str,
    body: str,
    now: datetime,
    reply_to: str = "",
    round_id: str | None = None,
) -> None:
    """One message to one recipient (N-04), to be sent soon."""
    db.add(
        Mail(
            id=uuid4().hex,
            kind=kind,
            recipient=recipient,
            subject=clean_subject(subject),
            body=body,
            reply_to=reply_to,
            round_id=round_id,
            not_before=now,
            created_at=now,
        )
    )


def send_trial(db: Session, scope: AccountScope, recipient: str, *, now: datetime) -> None:
    """A test message (N-09); it takes the place of the last one."""
    require(scope, Action.INSTANCE_MAIL)
    db.execute(delete(Mail).where(col(Mail.kind) == "test"))
    enqueue(db, kind="test", recipient=recipient, subject="Probe vom Selbstcheck", body=_TRIAL, now=now)
    audit.record(db, scope, "mail.test", now)


def retry(db: Session, scope: AccountScope, mail_id: str = "", *, now: datetime) -> int:
    """Try this failed message again, or all; those whose text is gone stay as they are. Gives how many."""
    require(scope, Action.INSTANCE_MAIL)
    number = _count(db, queued_again(now).where(*_failed(mail_id)))
    audit.record(db, scope, "mail.retry", now, count=number)
    return number


def queued_again(now: datetime) -> Update:
    """The statement that tries again what failed and still has its text; whoever runs it says whose messages."""
    failed = update(Mail).where(col(Mail.status) == "failed", col(Mail.body) != "")
    return failed.values(status="queued", attempts=0, fault="", not_before=now)


def discard(db: Session, scope: AccountScope, mail_id: str = "", *, now: datetime) -> int:
    """Delete this failed message, or all. Gives how many."""
    require(scope, Action.INSTANCE_MAIL)
    number = _count(db, delete(Mail).where(*_failed(mail_id)))
    audit.record(db, scope, "mail.discard", now, count=number)
    return number


def _failed(mail_id: str) -> tuple[Any, ...]:
    every = (col(Mail.status) == "failed", col(Mail.kind) != "test")
    return (*every, col(Mail.id) == mail_id) if mail_id else every


def _count(db: Session, statement: Any) -> int:
    done: CursorResult[Any] = db.execute(statement)  # type: ignore[assignment]
    return done.rowcount
