# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What hangs on an account: roles that need a second factor, and what would be left without anybody."""

from dataclasses import dataclass

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app.tables.municipalities import Membership, Municipality
from app.tables.people import Account, RecoveryCode
from app.tables.rounds import ROUNDS, RoundModerator

_UNFINISHED = ("planned", "open", "closed")


@dataclass(frozen=True, slots=True)
class Left:
    """A municipality that would have no coordinator any more, and how many of its rounds are not finished."""

    municipality_id: str
    name: str
    rounds: int


def role_needs_second_factor(db: Session, account_id: str) -> bool:
    """X-15: operators, coordinators and moderators; for others it is up to them."""
    needed = select(col(Account.id)).where(
        col(Account.id) == account_id,
        or_(
            col(Account.is_operator),
            exists().where(col(Membership.account_id) == account_id, col(Membership.role) == "coordinator"),
            exists().where(col(RoundModerator.account_id) == account_id),
        ),
    )
    return db.execute(needed).first() is not None


def municipality_names(db: Session, account_id: str) -> tuple[str, ...]:
    """The municipalities somebody belongs to, by name."""
    rows = db.execute(
        select(col(Municipality.name))
        .join(Membership, col(Membership.municipality_id) == col(Municipality.id))
        .where(col(Membership.account_id) == account_id)
        .order_by(col(Municipality.name))
    )
    return tuple(rows.scalars())


def left_alone(db: Session, account_id: str) -> tuple[Left, ...]:
    """Municipalities whose only coordinator this is, and that have rounds which are not finished."""
    others = aliased(Membership)
    alone = ~exists().where(
        others.municipality_id == Membership.municipality_id,  # type: ignore[arg-type]  # columns in a query
        others.role == "coordinator",  # type: ignore[arg-type]  # as above
        others.account_id != account_id,  # type: ignore[arg-type]  # as above
    )
    rows = db.execute(
        select(col(Municipality.id), col(Municipality.name), func.count(ROUNDS.c.id).label("rounds"))
        .join(Membership, col(Membership.municipality_id) == col(Municipality.id))
        .join(ROUNDS, ROUNDS.c.municipality_id == col(Municipality.id))
        .where(
            col(Membership.account_id) == account_id,
            col(Membership.role) == "coordinator",
            ROUNDS.c.status.in_(_UNFINISHED),
            alone,
        )
        .group_by(col(Municipality.id), col(Municipality.name))
        .order_by(col(Municipality.name))
    )
    return tuple(Left(row.id, row.name, row.rounds) for row in rows)


def is_last_operator(db: Session, account_id: str) -> bool:
    """Whether nobody else could run the instance."""
    others = select(func.count()).where(
        col(Account.is_operator), col(Account.is_disabled).is_(False), col(Account.id) != account_id
    )
    mine = select(col(Account.is_operator)).where(col(Account.id) == account_id)
    return bool(db.execute(mine).scalar()) and not db.execute(others).scalar()


def recovery_codes_left(db: Session, account_id: str) -> int:
    """How many recovery codes were not used yet."""
    counted = select(func.count()).select_from(RecoveryCode).where(col(RecoveryCode.account_id) == account_id)
    return db.execute(counted).scalar() or 0
