# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""All accounts of the instance, for its operator: by name, in pages, or found by what was typed."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from app.accounts.queries.people import PEOPLE, Person, person_from
from app.paging import paging
from app.permissions import AccountScope, Action, require
from app.tables.people import Account

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Listing:
    """Page `number`, from 1, of `last`; `total` counts all that fit."""

    people: tuple[Person, ...]
    total: int
    number: int = 1
    last: int = 1


def all_accounts(db: Session, scope: AccountScope, number: int) -> Listing:
    """Page `number` (from 1) of everybody."""
    require(scope, Action.INSTANCE_ACCOUNTS)
    total = db.execute(select(func.count()).select_from(Account)).scalar() or 0
    page = paging(total, number, PER_PAGE)
    rows = db.execute(
        PEOPLE.order_by(func.lower(col(Account.name)), col(Account.id)).offset(page.start).limit(PER_PAGE)
    )
    return Listing(tuple(person_from(row) for row in rows), total, page.number, page.pages)


def found_accounts(db: Session, scope: AccountScope, typed: str) -> Listing:
    """The first of those whose name or address contains what was typed."""
    require(scope, Action.INSTANCE_ACCOUNTS)
    word = typed.strip().lower()
    fits = or_(
        func.lower(col(Account.name)).contains(word, autoescape=True),
        col(Account.email_key).contains(word, autoescape=True),
    )
    total = db.execute(select(func.count()).select_from(Account).where(fits)).scalar() or 0
    rows = db.execute(PEOPLE.where(fits).order_by(func.lower(col(Account.name)), col(Account.id)).limit(PER_PAGE))
    return Listing(tuple(person_from(row) for row in rows), total)
