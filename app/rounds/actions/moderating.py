# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who moderates a round (Moderation): people are invited to it by a coordinator, and taken out again."""

from datetime import date, datetime
from functools import partial

from sqlalchemy import ColumnElement
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select

from app import audit
from app.accounts.actions.welcoming import Ways, Welcomed, welcome
from app.accounts.queries import person_of, person_with_email
from app.errors import Invalid, NotFound, Problem
from app.i18n import N_
from app.permissions import Action, RoundScope, require
from app.rounds.actions.locking import change_round
from app.tables.municipalities import Membership
from app.tables.people import Account
from app.tables.rounds import ROUNDS, RoundModerator, RoundReader

_WHAT = "Sie sollen für {municipality} den Durchgang „{title}“ moderieren."


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
    change_round(db, scope, now)
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
    change_round(db, scope, now)
    audit.record(db, scope, "round.moderator.remove", now, account=account_id)


def _send(
    db: Session, scope: RoundScope, email: str, name: str, ways: Ways, today: date, now: datetime, *, grants: bool
) -> tuple[str, Welcomed]:
    title, municipality = db.execute(_NAMES.where(ROUNDS.c.id == scope.round_id)).one()
    return welcome(
        db,
        email=email,
        name=name,
        what=_WHAT.format(municipality=municipality, title=title),
        by=scope.account.name,
        ways=ways,
        opens_more=partial(_opens_more, db, scope),
        grants=grants,
        today=today,
        now=now,
    )


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


def _this(scope: RoundScope, account_id: str) -> ColumnElement[bool]:
    return (col(RoundModerator.round_id) == scope.round_id) & (col(RoundModerator.account_id) == account_id)


_NAMES = select(ROUNDS.c.title, ROUNDS.c.municipality_name)
