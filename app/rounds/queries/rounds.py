# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rounds of somebody: those of the own municipalities and those that are moderated. And how one is going.

Before the release a round is known by how many were invited and how many submitted, nothing else (M7.8).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, or_, select
from sqlmodel import Session, col

from app.permissions import AccountScope, RoundScope
from app.rounds.queries.counted import counted_at_closing
from app.tables.mails import Mail
from app.tables.municipalities import Membership
from app.tables.municipalities import Municipality as MunicipalityRow
from app.tables.people import Account
from app.tables.responses import RESPONSES
from app.tables.rounds import GROUPS, ROUNDS, TICKETS, Invitee, RoundModerator, RoundReader


@dataclass(frozen=True, slots=True)
class Listed:
    """A round in the list. `role`: what somebody is in its municipality, empty for a moderator from elsewhere."""

    id: str
    municipality_id: str
    municipality: str
    title: str
    status: str
    opens_on: date
    closes_on: date
    changed_at: datetime
    role: str
    moderates: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """A group with how many people are expected and have submitted, how many addresses it has and how many of them were
    written to, how many codes were made.
    """

    id: str
    key: str
    title: str
    expected: int | None
    addresses: int
    written: int
    codes: int
    submitted: int


@dataclass(frozen=True, slots=True)
class Moderator:
    """Somebody who moderates a round. `is_set_up`: can sign in."""

    account_id: str
    name: str
    email: str
    is_set_up: bool


def rounds_of(db: Session, account: AccountScope) -> tuple[Listed, ...]:
    """All of them in one query, the last changed first: even twenty municipalities have some hundreds at most."""
    return tuple(_listed(row) for row in db.execute(_ROUNDS, {"account": account.account_id}))


def heard_of(db: Session, scope: RoundScope) -> tuple[Heard, ...]:
    """The groups of this round in order, with their counts; after closing, those that were frozen."""
    found = [Heard(*row) for row in db.execute(_HEARD, {"round": scope.round_id})]
    counted = counted_at_closing(db, scope)
    if counted is None:
        return tuple(found)
    return tuple(replace(group, submitted=counted.get(group.key, 0)) for group in found)


def moderators_of(db: Session, scope: RoundScope) -> tuple[Moderator, ...]:
    """By name."""
    rows = db.execute(_MODERATORS, {"round": scope.round_id})
    return tuple(sorted((Moderator(*row) for row in rows), key=lambda one: (one.name.casefold(), one.email)))


def reads(db: Session, scope: RoundScope) -> bool:
    """Whether the result was released to whoever asks."""
    return db.execute(_READS, {"round": scope.round_id, "account": scope.account.account_id}).first() is not None


def count_responses(db: Session, scope: RoundScope) -> int:
    """How many submitted; after closing, as it was frozen."""
    if (counted := counted_at_closing(db, scope)) is not None:
        return sum(counted.values())
    submitted = (RESPONSES.c.round_id == scope.round_id, RESPONSES.c.status == "submitted")
    return int(db.execute(select(func.count()).select_from(RESPONSES).where(*submitted)).scalar_one())


def _listed(row: Row[Any]) -> Listed:
    return Listed(
        id=row.id,
        municipality_id=row.municipality_id,
        municipality=row.name,
        title=row.title,
        status=row.status,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        changed_at=row.changed_at,
        role=row.role or "",
        moderates=row.moderator is not None,
    )


def _per_group(column: Any, table: Any, *where: Any) -> Any:
    """How many rows of this round each group has."""
    counted: Select[Any] = select(column.label("group_id"), func.count().label("number")).select_from(table)
    return counted.where(*where).group_by(column).subquery()


_MINE = (col(Membership.municipality_id) == ROUNDS.c.municipality_id) & (
    col(Membership.account_id) == bindparam("account")
)
_MODERATED = (col(RoundModerator.round_id) == ROUNDS.c.id) & (col(RoundModerator.account_id) == bindparam("account"))
_ROUNDS: Any = (
    select(
        ROUNDS.c.id,
        ROUNDS.c.municipality_id,
        ROUNDS.c.title,
        ROUNDS.c.status,
        ROUNDS.c.opens_on,
        ROUNDS.c.closes_on,
        ROUNDS.c.changed_at,
        col(MunicipalityRow.name),
        col(Membership.role),
        col(RoundModerator.account_id).label("moderator"),
    )
    .join(MunicipalityRow, col(MunicipalityRow.id) == ROUNDS.c.municipality_id)
    .outerjoin(Membership, _MINE)
    .outerjoin(RoundModerator, _MODERATED)
    .where(or_(col(Membership.account_id).is_not(None), col(RoundModerator.account_id).is_not(None)))
    .order_by(ROUNDS.c.changed_at.desc(), ROUNDS.c.id)
)
_THIS: Any = bindparam("round")
_ADDRESSES = _per_group(col(Invitee.group_id), Invitee, col(Invitee.round_id) == _THIS)
# Whoever got a message, or will: one that failed reached nobody.
_WRITTEN = _per_group(
    col(Invitee.group_id),
    Invitee,
    col(Invitee.round_id) == _THIS,
    col(Invitee.email).in_(
        select(col(Mail.recipient)).where(col(Mail.round_id) == _THIS, col(Mail.status) != "failed")
    ),
)
# All that were made: how many are left after those unused were declared void would tell who has begun.
_CODES = _per_group(TICKETS.c.group_id, TICKETS, TICKETS.c.round_id == _THIS)
_SUBMITTED = _per_group(
    RESPONSES.c.group_id, RESPONSES, RESPONSES.c.round_id == _THIS, RESPONSES.c.status == "submitted"
)
_HEARD = (
    select(
        GROUPS.c.id,
        GROUPS.c.key,
        GROUPS.c.title,
        GROUPS.c.expected,
        func.coalesce(_ADDRESSES.c.number, 0),
        func.coalesce(_WRITTEN.c.number, 0),
        func.coalesce(_CODES.c.number, 0),
        func.coalesce(_SUBMITTED.c.number, 0),
    )
    .outerjoin(_ADDRESSES, _ADDRESSES.c.group_id == GROUPS.c.id)
    .outerjoin(_WRITTEN, _WRITTEN.c.group_id == GROUPS.c.id)
    .outerjoin(_CODES, _CODES.c.group_id == GROUPS.c.id)
    .outerjoin(_SUBMITTED, _SUBMITTED.c.group_id == GROUPS.c.id)
    .where(GROUPS.c.round_id == _THIS)
    .order_by(GROUPS.c.position)
)
_MODERATORS: Any = (
    select(
        col(Account.id),
        col(Account.name),
        col(Account.email),
        or_(col(Account.password_hash).is_not(None), col(Account.oidc_subject).is_not(None)),
    )
    .join(RoundModerator, col(RoundModerator.account_id) == col(Account.id))
    .where(col(RoundModerator.round_id) == bindparam("round"))
)
_READS = (
    select(col(RoundReader.round_id))
    .join(ROUNDS, (ROUNDS.c.id == col(RoundReader.round_id)) & (ROUNDS.c.status == "released"))
    .where(col(RoundReader.round_id) == bindparam("round"), col(RoundReader.account_id) == bindparam("account"))
)
