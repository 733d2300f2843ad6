# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of a round: added, mended, removed with the mail to them. An address is in one group only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Row, select, update
from sqlmodel import Session, col, delete

from app import audit
from app.errors import Invalid, NotFound, Problem
from app.i18n import N_
from app.mail.actions import queued_again
from app.mail.addresses import address_key
from app.permissions import Action, RoundScope, require
from app.rounds.actions.locking import change_round, lock_round
from app.rounds.pasting import Pasted, shortened
from app.tables.mails import Mail
from app.tables.rounds import GROUPS, Invitee

MOST_OF_ROUND = 5_000


@dataclass(frozen=True, slots=True)
class Added:
    """How many addresses are new in the group, and how many stood there already."""

    new: int
    known: int


def add_addresses(db: Session, scope: RoundScope, group_id: str, pasted: Sequence[Pasted], *, now: datetime) -> Added:
    """Add them to a group, each once; `Invalid` with the lines of those that are in another group."""
    require(scope, Action.ROUND_INVITE)
    lock_round(db, scope, "planned", "open")
    key = _group_key(db, scope, group_id)
    there = _by_key(db, scope)
    first = {address_key(one.address): one for one in reversed(pasted)}
    elsewhere = [one for name, one in first.items() if name in there and there[name].group_id != group_id]
    if elsewhere:
        raise Invalid(*shortened([_elsewhere(one, there[address_key(one.address)].title) for one in elsewhere]))
    new = [one for name, one in first.items() if name not in there]
    if len(there) + len(new) > MOST_OF_ROUND:
        raise Invalid(Problem("addresses", N_("Mehr als 5.000 Adressen je Durchgang gibt es nicht.")))
    _insert(db, scope, group_id, (one.address for one in new))
    if new:
        _note(db, scope, now, "added", len(new), key)
    return Added(len(new), len(first) - len(new))


def remove_addresses(db: Session, scope: RoundScope, ids: Sequence[str], *, now: datetime) -> int:
    """Forget these addresses, and all mail to them; also after the end. Gives how many."""
    require(scope, Action.ROUND_INVITE)
    mine = (col(Invitee.round_id) == scope.round_id, col(Invitee.id).in_(ids))
    emails = list(db.execute(select(col(Invitee.email)).where(*mine)).scalars())
    if emails:
        db.execute(delete(Invitee).where(*mine))
        _forget_mail(db, scope, emails)
        _note(db, scope, now, "removed", len(emails))
    return len(emails)


def mend_address(db: Session, scope: RoundScope, invitee_id: str, address: str, *, now: datetime) -> None:
    """Put the right address in the place of a wrong one; what could not be sent goes there at once."""
    require(scope, Action.ROUND_INVITE)
    lock_round(db, scope, "planned", "open")
    there = _by_key(db, scope)
    before = next((one for one in there.values() if one.id == invitee_id), None)
    if before is None:
        raise NotFound
    other = there.get(address_key(address))
    if other is not None and other.id != invitee_id:
        raise Invalid(Problem(f"email-{invitee_id}", _THERE, {"group": other.title}))
    key = address_key(address)
    db.execute(update(Invitee).where(col(Invitee.id) == invitee_id).values(email=address, email_key=key))
    _send_again(db, scope, now, before.email, address)
    if address != before.email:
        _forget_mail(db, scope, [before.email])
    _note(db, scope, now, "mended", 1)


def resend_failed(db: Session, scope: RoundScope, *, now: datetime) -> None:
    """Try everything of this round again that could not be sent."""
    require(scope, Action.ROUND_INVITE)
    lock_round(db, scope, "open")
    _send_again(db, scope, now)
    audit.record(db, scope, "round.mail", now, again=True)


def _send_again(db: Session, scope: RoundScope, now: datetime, old: str = "", new: str = "") -> None:
    failed = queued_again(now).where(col(Mail.round_id) == scope.round_id)
    db.execute(failed.where(col(Mail.recipient) == old).values(recipient=new) if old else failed)


def _forget_mail(db: Session, scope: RoundScope, emails: Iterable[str]) -> None:
    db.execute(delete(Mail).where(col(Mail.round_id) == scope.round_id, col(Mail.recipient).in_(list(emails))))


def _insert(db: Session, scope: RoundScope, group_id: str, addresses: Iterable[str]) -> None:
    db.add_all(
        Invitee(
            id=uuid4().hex, round_id=scope.round_id, group_id=group_id, email=address, email_key=address_key(address)
        )
        for address in addresses
    )
    db.flush()


def _by_key(db: Session, scope: RoundScope) -> dict[str, Row[tuple[str, str, str, str, str]]]:
    """All addresses of the round, as they are compared, with their group."""
    rows = db.execute(
        select(
            col(Invitee.id),
            col(Invitee.email_key),
            col(Invitee.email),
            col(Invitee.group_id),
            GROUPS.c.title,
        )
        .join(GROUPS, GROUPS.c.id == col(Invitee.group_id))
        .where(col(Invitee.round_id) == scope.round_id)
    )
    return {row.email_key: row for row in rows}


def _group_key(db: Session, scope: RoundScope, group_id: str) -> str:
    mine = (GROUPS.c.id == group_id, GROUPS.c.round_id == scope.round_id)
    key = db.execute(select(GROUPS.c.key).where(*mine)).scalar()
    if key is None:
        raise NotFound
    return str(key)


def _elsewhere(one: Pasted, group: str) -> Problem:
    words = N_("Zeile {line}: {address} steht schon in der Gruppe „{group}“. Jede Adresse gehört zu einer Gruppe.")
    return Problem("addresses", words, {"line": one.line, "address": one.address, "group": group})


def _note(db: Session, scope: RoundScope, now: datetime, what: str, count: int, group: str = "") -> None:
    change_round(db, scope, now)
    audit.record(db, scope, "round.addresses", now, what=what, count=count, group=group)


_THERE = N_("Diese Adresse steht schon in der Gruppe „{group}“.")
