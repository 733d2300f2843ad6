# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of a round and what became of the mail to them. Who answered is not known and not asked (D-24)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from app.clock import BERLIN
from app.errors import NotFound
from app.permissions import RoundScope
from app.rounds.letters import LetterText, Occasion
from app.rounds.queries.inviting import Inviting, inviting_of
from app.tables.audits import AuditEntry
from app.tables.mails import Mail
from app.tables.people import Account
from app.tables.rounds import ROUNDS, Invitee, RoundLetter


@dataclass(frozen=True, slots=True)
class Invited:
    """An address. `invitation`: the status of its invitation, empty where none was sent."""

    id: str
    group_id: str
    email: str
    invitation: str


@dataclass(frozen=True, slots=True)
class Undelivered:
    """An address with a message that could not be sent."""

    invited: Invited
    fault: str


@dataclass(frozen=True, slots=True)
class MailGroup:
    """One group in numbers: addresses, how many have no invitation, and the messages to them by what became of them."""

    id: str
    title: str
    addresses: int
    uninvited: int
    waiting: int
    sent: int
    failed: int


@dataclass(frozen=True)
class Mailing:
    """A round as far as mail goes. `letters`: those that somebody wrote. `reminded_on`: the last day of a reminder."""

    round: Inviting
    message: str
    letters: Mapping[Occasion, LetterText]
    groups: tuple[MailGroup, ...]
    undelivered: tuple[Undelivered, ...] = field(repr=False)
    reminded_on: date | None

    @property
    def addresses(self) -> int:
        return sum(group.addresses for group in self.groups)

    @property
    def uninvited(self) -> int:
        return sum(group.uninvited for group in self.groups)

    @property
    def waiting(self) -> int:
        return sum(group.waiting for group in self.groups)

    @property
    def total(self) -> MailGroup:
        """All groups together."""
        counts = ((one.addresses, one.uninvited, one.waiting, one.sent, one.failed) for one in self.groups)
        return MailGroup("", "", *map(sum, zip(*counts, strict=True)))

    def group(self, group_id: str) -> MailGroup:
        """`NotFound` for a group of another round."""
        for group in self.groups:
            if group.id == group_id:
                return group
        raise NotFound


@dataclass(frozen=True, slots=True)
class Contact:
    """Whoever sends: name and address of the account."""

    name: str
    email: str


def mailing_of(db: Session, scope: RoundScope) -> Mailing:
    """The round with its groups, in as many queries however many addresses there are."""
    found, sent = inviting_of(db, scope), _messages(db, scope)
    invited = _invited(db, scope, sent)
    message = db.execute(select(ROUNDS.c.message).where(ROUNDS.c.id == scope.round_id)).scalar_one()
    groups = tuple(_group(group.id, group.title, invited, sent) for group in found.groups)
    undelivered = tuple(_undelivered(invited, sent))
    return Mailing(found, str(message), letters_of(db, scope), groups, undelivered, reminded_on(db, scope))


def letters_of(db: Session, scope: RoundScope) -> dict[Occasion, LetterText]:
    """The texts that are kept with the round; what is not there was left as it is proposed."""
    rows = db.execute(_LETTERS, {"round": scope.round_id})
    return {row.occasion: LetterText(row.subject, row.body) for row in rows}


def addresses_of_group(db: Session, scope: RoundScope, group_id: str) -> tuple[Invited, ...]:
    """By their letters."""
    every = _invited(db, scope, _messages(db, scope))
    return tuple(one for one in every if one.group_id == group_id)


def reminded_on(db: Session, scope: RoundScope) -> date | None:
    """The last day on which all were reminded: by the log, as messages can be deleted."""
    moment: datetime | None = db.execute(_REMINDED, {"round": scope.round_id}).scalar()
    return moment.astimezone(BERLIN).date() if moment else None


def wrote_last(db: Session, scope: RoundScope, occasion: Occasion) -> bool:
    """Whether whoever asks was the last to change this letter: by the log, as going back to the proposal keeps none."""
    found = [row for row in db.execute(_WRITTEN, {"round": scope.round_id}) if row.detail.get("occasion") == occasion]
    latest = max((row.at for row in found), default=None)
    return {row.account_id for row in found if row.at == latest} == {scope.account.account_id}


def contact_of(db: Session, scope: RoundScope) -> Contact:
    """Whom those can answer who get mail."""
    row = db.execute(_CONTACT, {"account": scope.account.account_id}).one()
    return Contact(row.name, row.email)


Messages = Mapping[str, list[tuple[str, str, str]]]
"""By address: kind, status and fault of each message."""


def _messages(db: Session, scope: RoundScope) -> Messages:
    found: dict[str, list[tuple[str, str, str]]] = {}
    for recipient, kind, status, fault in db.execute(_MESSAGES, {"round": scope.round_id}):
        found.setdefault(recipient, []).append((kind, status, fault))
    return found


def _invited(db: Session, scope: RoundScope, sent: Messages) -> tuple[Invited, ...]:
    rows = db.execute(_INVITED, {"round": scope.round_id})
    return tuple(Invited(row.id, row.group_id, row.email, _invitation(sent.get(row.email, ()))) for row in rows)


def _invitation(messages: Iterable[tuple[str, str, str]]) -> str:
    return next((status for kind, status, _ in messages if kind == "round"), "")


def _group(group_id: str, title: str, every: Iterable[Invited], sent: Messages) -> MailGroup:
    mine = [one for one in every if one.group_id == group_id]
    counted = Counter(status for one in mine for _, status, _ in sent.get(one.email, ()))
    return MailGroup(
        id=group_id,
        title=title,
        addresses=len(mine),
        uninvited=sum(not one.invitation for one in mine),
        waiting=counted["queued"] + counted["sending"],
        sent=counted["sent"],
        failed=counted["failed"],
    )


def _undelivered(every: Iterable[Invited], sent: Messages) -> Iterable[Undelivered]:
    for one in every:
        faults = [fault for _, status, fault in sent.get(one.email, ()) if status == "failed"]
        if faults:
            yield Undelivered(one, faults[-1])


_INVITED: Any = (
    select(col(Invitee.id), col(Invitee.group_id), col(Invitee.email))
    .where(col(Invitee.round_id) == bindparam("round"))
    .order_by(col(Invitee.email_key))
)
_LETTERS: Any = select(col(RoundLetter.occasion), col(RoundLetter.subject), col(RoundLetter.body)).where(
    col(RoundLetter.round_id) == bindparam("round")
)
_MESSAGES: Any = (
    select(col(Mail.recipient), col(Mail.kind), col(Mail.status), col(Mail.fault))
    .where(col(Mail.round_id) == bindparam("round"))
    .order_by(col(Mail.created_at), col(Mail.id))
)
_REMINDED: Any = select(func.max(col(AuditEntry.at))).where(
    col(AuditEntry.round_id) == bindparam("round"), col(AuditEntry.action) == "round.reminder"
)
_WRITTEN: Any = select(col(AuditEntry.at), col(AuditEntry.account_id), col(AuditEntry.detail)).where(
    col(AuditEntry.round_id) == bindparam("round"), col(AuditEntry.action) == "round.letter"
)
_CONTACT: Any = select(col(Account.name), col(Account.email)).where(col(Account.id) == bindparam("account"))
