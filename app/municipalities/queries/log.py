# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The log of acts of one municipality (Verlauf), newest first, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from app.paging import paging
from app.permissions import AccountScope, Action, MunicipalityScope, require
from app.tables.audits import AuditEntry
from app.tables.people import Account
from app.tables.rounds import ROUNDS

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `actor` and `whom` are empty for accounts that were deleted; `whom` is None where nobody was meant.

    `round` is the title of a round that is still there. `detail` holds plain values.
    """

    at: datetime
    action: str
    actor: str
    whom: str | None
    round: str
    detail: Mapping[str, str | int | bool]


@dataclass(frozen=True, slots=True)
class Log:
    """Page `number` of `pages`."""

    acts: tuple[Act, ...]
    count: int
    number: int
    pages: int


def log_of(db: Session, scope: MunicipalityScope, number: int) -> Log:
    """What was done in this municipality and its rounds."""
    require(scope, Action.MUNICIPALITY_AUDIT)
    return _page(db, col(AuditEntry.municipality_id) == scope.municipality_id, number)


def instance_log(db: Session, scope: AccountScope, number: int) -> Log:
    """What was done on the instance: to accounts, mail and municipalities. Rounds are their municipality's own."""
    require(scope, Action.INSTANCE_AUDIT)
    return _page(db, col(AuditEntry.round_id).is_(None) & col(AuditEntry.action).not_like("round.%"), number)


def _page(db: Session, mine: ColumnElement[bool], number: int) -> Log:
    count = db.execute(select(func.count()).select_from(AuditEntry).where(mine)).scalar_one()
    page = paging(count, number, PER_PAGE)
    rows = db.execute(
        select(
            col(AuditEntry.at),
            col(AuditEntry.action),
            col(AuditEntry.actor),
            col(AuditEntry.detail),
            ROUNDS.c.title,
        )
        .outerjoin(ROUNDS, ROUNDS.c.id == col(AuditEntry.round_id))
        .where(mine)
        .order_by(col(AuditEntry.at).desc(), col(AuditEntry.id))
        .offset(page.start)
        .limit(PER_PAGE)
    ).all()
    names = _names(db, {str(row.detail["account"]) for row in rows if "account" in row.detail})
    return Log(tuple(_act(row, names) for row in rows), count, page.number, page.pages)


def _names(db: Session, account_ids: set[str]) -> dict[str, str]:
    rows = db.execute(select(col(Account.id), col(Account.name)).where(col(Account.id).in_(account_ids)))
    return {row.id: row.name for row in rows}


def _act(row: Any, names: Mapping[str, str]) -> Act:
    whom = names.get(str(row.detail["account"]), "") if "account" in row.detail else None
    return Act(row.at, row.action, row.actor, whom, row.title or "", row.detail)
