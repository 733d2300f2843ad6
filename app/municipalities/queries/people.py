# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who belongs to a municipality, and to which municipalities somebody belongs."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import Session, col

from app.errors import NotFound
from app.municipalities.queries.facts import COLUMNS, Municipality, fact_of
from app.municipalities.spelling import sort_key
from app.permissions import AccountScope, Action, MunicipalityScope, require
from app.tables.municipalities import Membership
from app.tables.municipalities import Municipality as MunicipalityRow
from app.tables.people import Account


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who belongs to a municipality. `email` is empty for those who may not see it."""

    account_id: str
    name: str
    email: str
    role: str
    is_set_up: bool
    """Has a password or signs in through OpenID; else the invitation is still open."""

    @property
    def is_coordinator(self) -> bool:
        return self.role == "coordinator"


@dataclass(frozen=True, slots=True)
class Belonging:
    """A municipality somebody belongs to, and as what."""

    municipality: Municipality
    role: str


def members_of(db: Session, scope: MunicipalityScope) -> tuple[Member, ...]:
    """Everybody, coordinators first, then by name; addresses only for who may change something here."""
    shows_addresses = scope.may(Action.MUNICIPALITY_PEOPLE)
    found = _members(db, col(Membership.municipality_id) == scope.municipality_id)
    return tuple(one if shows_addresses else _without_address(one) for one in found)


def member_of(db: Session, scope: MunicipalityScope, account_id: str) -> Member:
    """One of them; `NotFound` for anybody else."""
    found = next((one for one in members_of(db, scope) if one.account_id == account_id), None)
    if found is None:
        raise NotFound
    return found


def coordinators_of(db: Session, account: AccountScope, municipality_id: str) -> tuple[Member, ...]:
    """Whom the operator can ask about a municipality."""
    require(account, Action.INSTANCE_MUNICIPALITIES)
    mine = col(Membership.municipality_id) == municipality_id
    return _members(db, mine & (col(Membership.role) == "coordinator"))


def belongings_of(db: Session, account: AccountScope) -> tuple[Belonging, ...]:
    """The municipalities somebody belongs to, by name."""
    rows = db.execute(
        select(*COLUMNS, col(Membership.role))
        .join(Membership, col(Membership.municipality_id) == col(MunicipalityRow.id))
        .where(col(Membership.account_id) == account.account_id)
    )
    found = [Belonging(fact_of(row), row[-1]) for row in rows]
    return tuple(sorted(found, key=lambda one: (sort_key(one.municipality.name), one.municipality.id)))


def _members(db: Session, which: ColumnElement[bool]) -> tuple[Member, ...]:
    signs_in = or_(col(Account.password_hash).is_not(None), col(Account.oidc_subject).is_not(None))
    rows = db.execute(
        select(col(Account.id), col(Account.name), col(Account.email), col(Membership.role), signs_in)
        .join(Membership, col(Membership.account_id) == col(Account.id))
        .where(which)
    )
    found = [Member(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows]
    return tuple(sorted(found, key=lambda one: (not one.is_coordinator, sort_key(one.name), one.account_id)))


def _without_address(one: Member) -> Member:
    return Member(one.account_id, one.name, "", one.role, one.is_set_up)
