# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far a round is on its way to a result: counts for closing it, people and links for releasing it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select, union
from sqlmodel import Session, col

from app.permissions import RoundScope
from app.rounds.queries.rounds import Heard, heard_of
from app.rounds.queries.rows import round_row
from app.tables.municipalities import Membership
from app.tables.people import Account
from app.tables.rounds import RoundLink, RoundModerator, RoundReader


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to whom the result can be released."""

    account_id: str
    name: str
    email: str
    is_reader: bool


@dataclass(frozen=True, slots=True)
class ReadingLink:
    """A link for people without an account; its token is not kept."""

    id: str
    label: str
    created_on: date


@dataclass(frozen=True)
class Ending:
    """Everything about the end of a round. `turnout`: how many of those expected submitted, by group (M7.8)."""

    id: str
    title: str
    status: str
    mode: str
    n_min: int
    closes_on: date
    closed_on: date | None
    released_on: date | None
    raw_months: int
    raw_deleted_on: date | None
    turnout: tuple[Heard, ...]


def ending_of(db: Session, scope: RoundScope) -> Ending:
    """The round of this scope with its counts."""
    row = round_row(db, scope)
    return Ending(
        id=row.id,
        title=row.title,
        status=row.status,
        mode=row.mode,
        n_min=row.n_min,
        closes_on=row.closes_on,
        closed_on=row.closed_on,
        released_on=row.released_on,
        raw_months=row.raw_months,
        raw_deleted_on=row.raw_deleted_on,
        turnout=heard_of(db, scope),
    )


def candidates_of(db: Session, scope: RoundScope) -> tuple[Candidate, ...]:
    """Members of the municipality and moderators of the round, by name."""
    rows = db.execute(_CANDIDATES, {"round": scope.round_id, "municipality": scope.municipality_id})
    found = (Candidate(row.id, row.name, row.email, row.reader is not None) for row in rows)
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.email)))


def links_of(db: Session, scope: RoundScope) -> tuple[ReadingLink, ...]:
    """The links with which the result can be read."""
    rows = db.execute(_LINKS, {"round": scope.round_id})
    found = (ReadingLink(row.id, row.label, row.created_on) for row in rows)
    return tuple(sorted(found, key=lambda link: (link.created_on, link.label.casefold())))


_ELIGIBLE = union(
    select(col(Membership.account_id)).where(col(Membership.municipality_id) == bindparam("municipality")),
    select(col(RoundModerator.account_id)).where(col(RoundModerator.round_id) == bindparam("round")),
)
_CANDIDATES: Any = (
    select(col(Account.id), col(Account.name), col(Account.email), col(RoundReader.account_id).label("reader"))
    .outerjoin(
        RoundReader,
        (col(RoundReader.account_id) == col(Account.id)) & (col(RoundReader.round_id) == bindparam("round")),
    )
    .where(col(Account.id).in_(_ELIGIBLE), col(Account.is_disabled).is_(False))
)
_LINKS = select(col(RoundLink.id), col(RoundLink.label), col(RoundLink.created_on)).where(
    col(RoundLink.round_id) == bindparam("round")
)
