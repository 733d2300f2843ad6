# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The queue as the operator sees it: counts, and what failed and why. No addresses: those are the municipalities'."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlmodel import Session, col

from app.mail.addresses import domain_of
from app.permissions import AccountScope, Action, require
from app.tables.mails import Mail
from app.tables.people import Account

SHOWN = 50
"""As many failed messages as a page lists; all of them can be dealt with at once."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A message that nobody tries any more. `domain` is what is told of its address."""

    id: str
    kind: str
    domain: str
    fault: str
    attempts: int
    at: datetime
    can_retry: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """The last test message. `at`: when it was asked for."""

    recipient: str
    status: str
    fault: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Queue:
    """All mail, by status; the failed ones, the last first; why the next ones wait, if the relay was away."""

    numbers: Mapping[str, int]
    failed: tuple[Failed, ...]
    trial: Trial | None
    waiting_fault: str

    @property
    def waiting(self) -> int:
        return self.numbers.get("queued", 0) + self.numbers.get("sending", 0)

    @property
    def sent(self) -> int:
        return self.numbers.get("sent", 0)

    @property
    def failures(self) -> int:
        return self.numbers.get("failed", 0)

    @property
    def can_retry(self) -> bool:
        return any(one.can_retry for one in self.failed)


def queue_of(db: Session, scope: AccountScope) -> Queue:
    """Everything about it in four queries, however much mail there is."""
    require(scope, Action.INSTANCE_MAIL)
    numbers = {row[0]: row[1] for row in db.execute(_NUMBERS)}
    trial = db.execute(_TRIAL).first()
    fault = db.execute(_WAITING_FAULT).scalar()
    failed = tuple(_failed(row) for row in db.execute(_FAILED))
    return Queue(numbers, failed, Trial(*trial) if trial else None, str(fault or ""))


def own_address(db: Session, scope: AccountScope) -> str:
    """Where the operator reads mail."""
    return str(db.execute(select(col(Account.email)).where(col(Account.id) == scope.account_id)).scalar_one())


def _failed(row: Row[Any]) -> Failed:
    return Failed(
        id=row.id,
        kind=row.kind,
        domain=domain_of(row.recipient),
        fault=row.fault,
        attempts=row.attempts,
        at=row.not_before,
        can_retry=bool(row.has_text),
    )


# A test is told apart, with its outcome.
_REAL = col(Mail.kind) != "test"
_NUMBERS = select(col(Mail.status), func.count()).where(_REAL).group_by(col(Mail.status))
_FAILED: Any = (
    select(
        col(Mail.id),
        col(Mail.kind),
        col(Mail.recipient),
        col(Mail.fault),
        col(Mail.attempts),
        col(Mail.not_before),
        (col(Mail.body) != "").label("has_text"),
    )
    .where(_REAL, col(Mail.status) == "failed")
    .order_by(col(Mail.not_before).desc(), col(Mail.id))
    .limit(SHOWN)
)
_TRIAL: Any = (
    select(col(Mail.recipient), col(Mail.status), col(Mail.fault), col(Mail.created_at))
    .where(col(Mail.kind) == "test")
    .order_by(col(Mail.created_at).desc(), col(Mail.id))
    .limit(1)
)
_WAITING_FAULT = (
    select(col(Mail.fault))
    .where(_REAL, col(Mail.status) == "queued", col(Mail.fault) != "")
    .order_by(col(Mail.not_before).desc())
    .limit(1)
)
