# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The operator's list of municipalities: searched, in German order, a page at a time.

An instance has some hundreds of them, at most all there are: the order is made here, alike on every database.
"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, col

from app.municipalities.queries.facts import COLUMNS, Municipality, fact_of
from app.municipalities.spelling import is_said, sort_key
from app.paging import paging
from app.permissions import AccountScope, Action, require
from app.tables.municipalities import Membership

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """A municipality with how many belong to it, and how many of them coordinate."""

    municipality: Municipality
    people: int
    coordinators: int


@dataclass(frozen=True, slots=True)
class Listing:
    """Page `number` of `pages`; `count` of all `total` municipalities pass the search."""

    entries: tuple[Listed, ...]
    count: int
    total: int
    number: int
    pages: int


def listing(db: Session, account: AccountScope, typed: str, number: int) -> Listing:
    """Municipalities whose name, Kreis or Land has every word that was typed, or whose ARS begins with it."""
    require(account, Action.INSTANCE_MUNICIPALITIES)
    everything = [fact_of(row) for row in db.execute(select(*COLUMNS))]
    found = sorted((one for one in everything if _fits(one, typed)), key=lambda one: (sort_key(one.name), one.id))
    page = paging(len(found), number, PER_PAGE)
    shown = _counted(db, found[page.start : page.end])
    return Listing(shown, len(found), len(everything), page.number, page.pages)


def _fits(one: Municipality, typed: str) -> bool:
    return is_said(typed, one.name, one.district, one.state, one.ars or "")


def _counted(db: Session, shown: list[Municipality]) -> tuple[Listed, ...]:
    rows = db.execute(
        select(col(Membership.municipality_id), col(Membership.role), func.count())
        .where(col(Membership.municipality_id).in_([one.id for one in shown]))
        .group_by(col(Membership.municipality_id), col(Membership.role))
    )
    counts = {(identifier, role): number for identifier, role, number in rows}
    return tuple(
        Listed(
            municipality=one,
            people=sum(number for (identifier, _), number in counts.items() if identifier == one.id),
            coordinators=counts.get((one.id, "coordinator"), 0),
        )
        for one in shown
    )
