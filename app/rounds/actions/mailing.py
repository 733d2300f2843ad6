# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Invite and remind by mail: one message to each address, put into the queue; nothing here waits for the relay.

A reminder goes to all, whoever answered (D-24): nobody knows who did, and nothing here asks.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Row, bindparam, select, update
from sqlmodel import Session, col

from app import audit
from app.errors import Conflict, RoundChanged
from app.i18n import N_
from app.mail.actions import enqueue
from app.permissions import Action, RoundScope, require
from app.rounds.actions.locking import lock_round
from app.rounds.letters import LetterText
from app.rounds.queries.mailing import reminded_on
from app.tables.mails import Mail
from app.tables.rounds import ROUNDS, Invitee


class RemindedToday(Conflict):
    """409: at most one reminder a day."""

    key: ClassVar[str] = "reminded_today"
    title = N_("Heute wurde schon erinnert")
    text = N_("Mehr als eine Erinnerung am Tag verschickt der Selbstcheck nicht. Es wurde nichts verschickt.")
    help = N_("Schicken Sie die nächste Erinnerung frühestens morgen.")


def send_invitations(
    db: Session, scope: RoundScope, letters: Mapping[str, LetterText], reply_to: str, *, today: date, now: datetime
) -> int:
    """Invite everybody who was not invited yet, with the letter of their group; gives how many.

    `RoundChanged` where the round takes no answers today.
    """
    _begin(db, scope, today)
    invited = set(db.execute(_INVITED, {"round": scope.round_id}).scalars())
    people = [person for person in db.execute(_addresses(scope)) if person.email not in invited]
    return _send(db, scope, "round", people, letters, reply_to, now)


def send_reminders(
    db: Session, scope: RoundScope, letters: Mapping[str, LetterText], reply_to: str, *, today: date, now: datetime
) -> int:
    """Remind all addresses of the round; gives how many. `RemindedToday` the second time, `RoundChanged` as above."""
    _begin(db, scope, today)
    if reminded_on(db, scope) == today:
        raise RemindedToday
    people = db.execute(_addresses(scope)).all()
    return _send(db, scope, "reminder", people, letters, reply_to, now)


def _begin(db: Session, scope: RoundScope, today: date) -> None:
    require(scope, Action.ROUND_INVITE)
    row = lock_round(db, scope, "open")
    if not row.opens_on <= today <= row.closes_on:
        raise RoundChanged


def _send(
    db: Session,
    scope: RoundScope,
    kind: str,
    people: Sequence[Row[tuple[str, str]]],
    letters: Mapping[str, LetterText],
    reply_to: str,
    now: datetime,
) -> int:
    for person in people:
        letter = letters[person.group_id]
        enqueue(
            db,
            kind=kind,
            recipient=person.email,
            subject=letter.subject,
            body=letter.body,
            reply_to=reply_to,
            round_id=scope.round_id,
            now=now,
        )
    if people:
        db.execute(update(ROUNDS).where(ROUNDS.c.id == scope.round_id).values(changed_at=now))
        audit.record(db, scope, _ACTS[kind], now, count=len(people))
    return len(people)


def _addresses(scope: RoundScope) -> Any:
    mine = col(Invitee.round_id) == scope.round_id
    return select(col(Invitee.email), col(Invitee.group_id)).where(mine).order_by(col(Invitee.email_key))


_INVITED: Any = select(col(Mail.recipient)).where(col(Mail.round_id) == bindparam("round"), col(Mail.kind) == "round")
_ACTS = {"round": "round.mail", "reminder": "round.reminder"}
