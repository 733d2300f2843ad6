# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A released round, as its result pages and its comparison read it: from what was frozen at closing, and nothing else.

The cost does not depend on how many people answered.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import bindparam, case, func, select
from sqlmodel import Session, col

from app.errors import NotFound
from app.permissions import ReadingScope
from app.rounds.queries.rows import group_rows, municipality_in
from app.tables.rounds import ROUNDS, RoundComment, RoundSnapshot
from scoring import Municipality, Targets
from scoring.published import PublishedTable


@dataclass(frozen=True, slots=True)
class ReleasedGroup:
    """A group of the round; `key` is its id in the table, `title` what the coordinator calls it."""

    key: str
    title: str
    expected: int | None
    submitted: int


@dataclass(frozen=True, slots=True)
class Voice:
    """Only „namentlich im Team“: what one person said of one item; `level` None where it was no level."""

    item_id: str
    group: str
    person: str
    state: str
    level: int | None


@dataclass(frozen=True, slots=True)
class ShownComment:
    """What somebody wrote; `groups` are those it may come from, None: from the round."""

    position: int
    groups: tuple[str, ...] | None
    text: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Commented:
    """A question with comments: how many are `shown`, and how many are `waiting` for review (0 for who only reads)."""

    item_id: str
    shown: int
    waiting: int


@dataclass(frozen=True)
class ReleasedRound:
    """Everything of a released round that does not depend on the reader."""

    id: str
    title: str
    municipality: Municipality
    targets: Targets
    table: PublishedTable = field(repr=False)
    groups: tuple[ReleasedGroup, ...]
    voices: tuple[Voice, ...] = field(repr=False)
    closed_on: date
    released_on: date
    asks_comments: bool

    @property
    def titles(self) -> dict[str, str]:
        """What each group is called, by key."""
        return {group.key: group.title for group in self.groups}


def released_round(db: Session, scope: ReadingScope) -> ReleasedRound:
    """The round of this scope; `NotFound` if it is not released any more."""
    row = db.execute(_ROUND, {"round": scope.round_id}).first()
    if row is None:
        raise NotFound
    table = PublishedTable.from_json(row.published)
    submitted = {part.group: part.submitted for part in table.groups}
    return ReleasedRound(
        id=row.id,
        title=row.title,
        municipality=municipality_in(row),
        targets=Targets(**row.targets) if row.targets else Targets(),
        table=table,
        groups=tuple(ReleasedGroup(g.key, g.title, g.expected, submitted.get(g.key, 0)) for g in group_rows(db, scope)),
        voices=tuple(Voice(*voice) for voice in json.loads(row.voices)),
        closed_on=row.closed_on,
        released_on=row.released_on,
        asks_comments=row.asks_comments,
    )


def comments_on(db: Session, scope: ReadingScope, item_id: str) -> tuple[ShownComment, ...]:
    """The comments to one item, in their shuffled order; who may not review them gets only those that are shown."""
    rows = db.execute(_COMMENTS, {"round": scope.round_id, "item": item_id}).scalars()
    return tuple(_comment(row) for row in rows if row.is_shown or scope.can_review)


def commented_items(db: Session, scope: ReadingScope) -> tuple[Commented, ...]:
    """The questions to which this reader finds comments."""
    rows = db.execute(_COMMENTED, {"round": scope.round_id})
    found = (Commented(row.item_id, row.shown, row.total - row.shown if scope.can_review else 0) for row in rows)
    return tuple(one for one in found if one.shown or one.waiting)


def _comment(row: Any) -> ShownComment:
    groups = None if row.groups is None else tuple(row.groups)
    return ShownComment(row.position, groups, row.text, row.is_shown)


_ROUND = (
    select(ROUNDS, col(RoundSnapshot.published), col(RoundSnapshot.voices))
    .join(RoundSnapshot, col(RoundSnapshot.round_id) == ROUNDS.c.id)
    .where(ROUNDS.c.id == bindparam("round"), ROUNDS.c.status == "released")
)
_COMMENTS = (
    select(RoundComment)
    .where(col(RoundComment.round_id) == bindparam("round"), col(RoundComment.item_id) == bindparam("item"))
    .order_by(col(RoundComment.position))
)
_COMMENTED = (
    select(
        col(RoundComment.item_id),
        func.count().label("total"),
        func.sum(case((col(RoundComment.is_shown), 1), else_=0)).label("shown"),
    )
    .where(col(RoundComment.round_id) == bindparam("round"))
    .group_by(col(RoundComment.item_id))
)
