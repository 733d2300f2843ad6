# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who moderates a round (Moderation): people are invited to it by a coordinator, and taken out again.

A link that opens an account is sent or shown once and never kept. Where it is shown, whoever sees it could use it, so
nobody is shown one to an account that already waits for somebody else (X-19).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select

from app import audit
from app.accounts.actions.inviting import invite, send_invitation
from app.accounts.actions.links import drop_links
from app.accounts.queries import person_of, person_with_email
from app.errors import Invalid, NotFound, Problem
from app.i18n import N_
from app.permissions import Action, RoundScope, require
from app.tables.municipalities import Membership
from app.tables.people import Account
from app.tables.rounds import ROUNDS, RoundModerator, RoundReader

_WHAT = "Sie sollen für {municipality} den Durchgang „{title}“ moderieren."


@dataclass(frozen=True, slots=True)
class Ways:
    """How people get in: the address for a link's token, that of the round; and whether mail is sent."""

    link: Callable[[str], str]
    page: str
    sends: bool


@dataclass(frozen=True, slots=True)
class Welcomed:
    """Somebody was invited. `link` has to be handed over, once; `sent`: a letter is on its way.

    Neither: the person has an account already, or, `waits`, one that only the operator gives a link for. `known`: what
    the account is called that was there already, so that whoever invites sees whose it is.
    """

    email: str
    link: str = ""
    sent: bool = False
    waits: bool = False
    known: str = ""


def invite_moderator(
    db: Session, scope: RoundScope, *, email: str, name: str, ways: Ways, today: date, now: datetime
) -> Welcomed:
    """Somebody with this address moderates from now on; `Invalid` who does already."""
    require(scope, Action.ROUND_MODERATORS)
    known = person_with_email(db, email)
    if known and _moderates(db, scope, known.account_id):
        raise _moderates_already()
    account_id, welcomed = _send(db, scope, email, name, ways, today, now, grants=True)
    try:
        with db.begin_nested():
            db.add(RoundModerator(round_id=scope.round_id, account_id=account_id))
    except IntegrityError:  # invited at the same moment
        raise _moderates_already() from None
    _changed(db, scope, now)
    audit.record(db, scope, "round.moderator.add", now, account=account_id)
    return welcomed


def invite_moderator_again(
    db: Session, scope: RoundScope, account_id: str, *, ways: Ways, today: date, now: datetime
) -> Welcomed:
    """A new link for a moderator who has not set up the account yet; `NotFound` for anybody else."""
    require(scope, Action.ROUND_MODERATORS)
    person = person_of(db, account_id) if _moderates(db, scope, account_id) else None
    if person is None or person.can_sign_in:
        raise NotFound
    audit.record(db, scope, "round.moderator.invite_again", now, account=account_id)
    return _send(db, scope, person.email, person.name, ways, today, now, grants=False)[1]


def remove_moderator(db: Session, scope: RoundScope, account_id: str, *, now: datetime) -> None:
    """End that somebody moderates, and reads the result because of it; `NotFound` for whoever does not."""
    require(scope, Action.ROUND_MODERATORS)
    if not _moderates(db, scope, account_id):
        raise NotFound
    db.execute(delete(RoundModerator).where(_this(scope, account_id)))
    belongs = select(Membership.account_id).where(
        col(Membership.municipality_id) == scope.municipality_id, col(Membership.account_id) == account_id
    )
    if db.exec(belongs).first() is None:
        reads = (col(RoundReader.round_id) == scope.round_id, col(RoundReader.account_id) == account_id)
        db.execute(delete(RoundReader).where(*reads))
    _changed(db, scope, now)
    audit.record(db, scope, "round.moderator.remove", now, account=account_id)


def _send(
    db: Session, scope: RoundScope, email: str, name: str, ways: Ways, today: date, now: datetime, *, grants: bool
) -> tuple[str, Welcomed]:
    """The account, and what to tell who invites.

    `grants`: it may do more from now on. Where links are handed over, one that somebody else holds ends then: it would
    open this round too.
    """
    known = person_with_email(db, email)
    if known and not known.can_sign_in and not ways.sends and _opens_more(db, scope, known.account_id):
        if grants:
            drop_links(db, known.account_id)
        return known.account_id, Welcomed(email, waits=True, known=known.name)
    invited = invite(db, email=email, name=name, now=now, today=today, ends_others=not ways.sends)
    link = ways.link(invited.token) if invited.token else ""
    if not ways.sends:
        return invited.account_id, Welcomed(email, link, known=invited.known)
    title, municipality = db.execute(_NAMES.where(ROUNDS.c.id == scope.round_id)).one()
    send_invitation(
        db,
        recipient=email,
        name=name,
        what=_WHAT.format(municipality=municipality, title=title),
        address=link or ways.page,
        is_new=bool(link),
        by=scope.account.name,
        now=now,
    )
    return invited.account_id, Welcomed(email, sent=True, known="" if link else invited.known)


def _opens_more(db: Session, scope: RoundScope, account_id: str) -> bool:
    """Whether the account is the key to anything outside of this municipality."""
    member = col(Membership.account_id) == account_id
    moderated = select(RoundModerator.round_id).where(col(RoundModerator.account_id) == account_id)
    ways_in = (
        select(Account.id).where(col(Account.id) == account_id, col(Account.is_operator)),
        select(Membership.account_id).where(member, col(Membership.municipality_id) != scope.municipality_id),
        select(ROUNDS.c.id).where(ROUNDS.c.id.in_(moderated), ROUNDS.c.municipality_id != scope.municipality_id),
    )
    return any(db.execute(way).first() for way in ways_in)


def _moderates_already() -> Invalid:
    return Invalid(Problem("email", N_("Wer diese Adresse hat, moderiert schon.")))


def _moderates(db: Session, scope: RoundScope, account_id: str) -> bool:
    return db.execute(select(RoundModerator.round_id).where(_this(scope, account_id))).first() is not None


def _changed(db: Session, scope: RoundScope, now: datetime) -> None:
    db.execute(update(ROUNDS).where(ROUNDS.c.id == scope.round_id).values(changed_at=now))


def _this(scope: RoundScope, account_id: str) -> ColumnElement[bool]:
    return (col(RoundModerator.round_id) == scope.round_id) & (col(RoundModerator.account_id) == account_id)


_NAMES = select(ROUNDS.c.title, ROUNDS.c.municipality_name)
