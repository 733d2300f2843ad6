# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""People are invited to a municipality: by its coordinators, the first one by the operator."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from app.accounts.actions.welcoming import Ways, Welcomed, welcome
from app.audit import Acting, record
from app.errors import Conflict, Invalid, NotFound, Problem
from app.i18n import N_
from app.mail.addresses import address_key
from app.municipalities.queries.facts import Municipality, municipality_of, operated
from app.municipalities.queries.people import Member, coordinators_of, member_of
from app.permissions import AccountScope, Action, MunicipalityScope, Role, require
from app.tables.municipalities import Membership
from app.tables.people import Account
from app.tables.rounds import RoundModerator


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody to be invited, as typed and checked."""

    email: str
    name: str
    role: Role


def invite_person(
    db: Session, scope: MunicipalityScope, guest: Guest, ways: Ways, *, now: datetime, today: date
) -> Welcomed:
    """A coordinator invites somebody in a role."""
    require(scope, Action.MUNICIPALITY_PEOPLE)
    return _welcome(db, scope, municipality_of(db, scope), guest, ways, now, today)


def invite_coordinator(
    db: Session, account: AccountScope, municipality_id: str, guest: Guest, ways: Ways, *, now: datetime, today: date
) -> Welcomed:
    """The operator invites a coordinator: the first one, or another where nobody is left."""
    return _welcome(db, account, operated(db, account, municipality_id), guest, ways, now, today)


def invite_again(
    db: Session, scope: MunicipalityScope, account_id: str, ways: Ways, *, now: datetime, today: date
) -> Welcomed:
    """A new link for somebody who has not set up the account yet."""
    require(scope, Action.MUNICIPALITY_PEOPLE)
    return _again(db, scope, municipality_of(db, scope), member_of(db, scope, account_id), ways, now, today)


def invite_coordinator_again(
    db: Session, account: AccountScope, municipality_id: str, account_id: str, ways: Ways, *, now: datetime, today: date
) -> Welcomed:
    """The same by the operator, for a coordinator: where the first one lost the link, nobody else can."""
    found = [one for one in coordinators_of(db, account, municipality_id) if one.account_id == account_id]
    if not found:
        raise NotFound
    return _again(db, account, operated(db, account, municipality_id), found[0], ways, now, today)


def _again(
    db: Session, by: Acting, place: Municipality, member: Member, ways: Ways, now: datetime, today: date
) -> Welcomed:
    if member.is_set_up:
        raise Conflict(
            title=N_("Das Konto ist schon eingerichtet"),
            text=N_("Ein neuer Link ist nicht nötig. Es wurde nichts geändert."),
            help=N_("Wer das Passwort vergessen hat, bekommt auf der Seite „Anmelden“ ein neues."),
        )
    guest = Guest(member.email, member.name, Role(member.role))
    record(db, by, "member.invite_again", now, municipality_id=place.id, account=member.account_id)
    return _send(db, by, place, guest, ways, now, today, grants=False)[1]


def _welcome(
    db: Session, by: Acting, place: Municipality, guest: Guest, ways: Ways, now: datetime, today: date
) -> Welcomed:
    _refuse_who_belongs(db, place.id, guest.email)
    account_id, welcomed = _send(db, by, place, guest, ways, now, today, grants=True)
    try:
        with db.begin_nested():
            db.add(Membership(municipality_id=place.id, account_id=account_id, role=guest.role.value))
    except IntegrityError:  # invited at the same moment
        raise _belongs() from None
    record(db, by, "member.invite", now, municipality_id=place.id, account=account_id, role=guest.role.value)
    return welcomed


def _send(
    db: Session, by: Acting, place: Municipality, guest: Guest, ways: Ways, now: datetime, today: date, *, grants: bool
) -> tuple[str, Welcomed]:
    """The account and what to tell who invites; the operator may give a link for every account."""
    return welcome(
        db,
        email=guest.email,
        name=guest.name,
        what=_WHAT[guest.role].format(municipality=place.name),
        by=by.name if isinstance(by, AccountScope) else by.account.name,
        ways=ways,
        opens_more=lambda account_id: not isinstance(by, AccountScope) and _opens_more(db, place.id, account_id),
        grants=grants,
        today=today,
        now=now,
    )


def _refuse_who_belongs(db: Session, municipality_id: str, email: str) -> None:
    belongs = (
        select(col(Membership.account_id))
        .join(Account, col(Account.id) == col(Membership.account_id))
        .where(col(Membership.municipality_id) == municipality_id, col(Account.email_key) == address_key(email))
    )
    if db.execute(belongs).first():
        raise _belongs()


def _belongs() -> Invalid:
    return Invalid(Problem("email", N_("Wer diese Adresse hat, gehört schon dazu.")))


def _opens_more(db: Session, municipality_id: str, account_id: str) -> bool:
    """Whether the account is the key to anything but this municipality."""
    elsewhere = select(col(Account.id)).where(
        col(Account.id) == account_id,
        or_(
            col(Account.is_operator),
            exists().where(
                col(Membership.account_id) == account_id, col(Membership.municipality_id) != municipality_id
            ),
            exists().where(col(RoundModerator.account_id) == account_id),
        ),
    )
    return db.execute(elsewhere).first() is not None


_WHAT = {
    Role.COORDINATOR: "Sie sollen die Befragungen für {municipality} koordinieren.",
    Role.MEMBER: "Sie gehören dort zu {municipality} und lesen Ergebnisse, die für Sie freigegeben sind.",
}
