# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The queue in the database (N-07): what is due, who sends it, what became of it.

Several processes may send. Each claims one message at a time, in a transaction of its own, and lets nobody else have
it until the lease is over; a sender that died loses its lease. `attempts` tells whose claim it is.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update
from sqlmodel import Session, col

from app.mail.faults import fault_of
from app.mail.message import Letter
from app.mail.relay import Outcome
from app.tables.mails import Mail

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
"""How long after each attempt the next one is made; after the last of them the message has failed."""
MOST_ATTEMPTS = len(BACK_OFF) + 1
MINUTE = timedelta(minutes=1)
OF_ROUNDS = ("round", "reminder")
"""Many at a time: they let others go first. Their links are no secret, so that of one that failed is kept."""
_ALONE = 0x5E1B57C4ECC
"""The name of the lock under which senders claim on PostgreSQL, one after the other; SQLite has one writer anyway."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that this sender may send until its lease is over."""

    kind: str
    attempt: int
    letter: Letter = field(repr=False)


def is_due(db: Session, now: datetime) -> bool:
    """Whether anything waits; a look that keeps nobody from writing."""
    return db.execute(select(col(Mail.id)).where(_due(now)).limit(1)).first() is not None


def claim(db: Session, now: datetime, *, lease: timedelta, per_minute: int) -> Claimed | None:
    """The next message, taken; None where nothing is due or the relay has got enough for this minute."""
    _one_after_the_other(db)
    _give_up(db, now)
    if _recent(db, now, lease) >= per_minute:
        return None
    bulk = case((col(Mail.kind).in_(OF_ROUNDS), 1), else_=0)
    order = (bulk, col(Mail.not_before), col(Mail.created_at), col(Mail.id))
    found = db.execute(select(Mail).where(_due(now)).order_by(*order).limit(1).with_for_update()).scalar()
    if found is None:
        return None
    found.status, found.attempts, found.not_before = "sending", found.attempts + 1, now + lease
    letter = Letter(found.id, found.recipient, found.subject, found.body, found.reply_to)
    return Claimed(found.kind, found.attempts, letter)


def note(db: Session, claimed: Claimed, outcome: Outcome, now: datetime) -> str:
    """Write down what became of it; gives the status. Who lost the lease meanwhile can only tell that it was sent."""
    values = _after(claimed, outcome, now)
    written = update(Mail).where(col(Mail.id) == claimed.letter.id)
    if outcome.kind != "sent":
        written = written.where(col(Mail.status) == "sending", col(Mail.attempts) == claimed.attempt)
    db.execute(written.values(**values))
    return str(values["status"])


def _after(claimed: Claimed, outcome: Outcome, now: datetime) -> dict[str, object]:
    if outcome.kind == "sent":
        # What was said is said: the text holds links.
        return {"status": "sent", "body": "", "fault": "", "not_before": now}
    # A test tells at once what is wrong.
    if outcome.kind == "later" and claimed.attempt < MOST_ATTEMPTS and claimed.kind != "test":
        return {"status": "queued", "fault": outcome.fault, "not_before": now + BACK_OFF[claimed.attempt - 1]}
    kept = {} if claimed.kind in OF_ROUNDS else {"body": ""}
    return {"status": "failed", "fault": outcome.fault, "not_before": now, **kept}


def _due(now: datetime) -> ColumnElement[bool]:
    """What waits and may go, and what a sender left behind."""
    return col(Mail.status).in_(("queued", "sending")) & (col(Mail.not_before) <= now)


def _recent(db: Session, now: datetime, lease: timedelta) -> int:
    """Attempts of the last minute, of all senders: when each was made follows from its status and `not_before`."""
    since = now - MINUTE
    tried = or_(
        and_(col(Mail.status).in_(("sent", "failed")), col(Mail.not_before) > since),
        and_(col(Mail.status) == "sending", col(Mail.not_before) > since + lease),
        *(
            and_(col(Mail.status) == "queued", col(Mail.attempts) == number, col(Mail.not_before) > since + wait)
            for number, wait in enumerate(BACK_OFF, 1)
        ),
    )
    return int(db.execute(select(func.count()).select_from(Mail).where(tried)).scalar_one())


def _give_up(db: Session, now: datetime) -> None:
    """What every sender left behind: perhaps it is what stops them."""
    left = (col(Mail.status) == "sending", col(Mail.not_before) <= now, col(Mail.attempts) >= MOST_ATTEMPTS)
    kept = case((col(Mail.kind).in_(OF_ROUNDS), col(Mail.body)), else_="")
    db.execute(update(Mail).where(*left).values(status="failed", fault=fault_of("lost"), body=kept, not_before=now))


def _one_after_the_other(db: Session) -> None:
    if db.get_bind().dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock(_ALONE)))
