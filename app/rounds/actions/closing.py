# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Close a round and freeze it; open it again as long as nothing was released."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update
from sqlmodel import Session, col, delete

from app import audit
from app.errors import Invalid, NotFound, Problem, RoundChanged
from app.i18n import N_
from app.permissions import Action, RoundScope, require
from app.rounds.freezing import Frozen, freeze
from app.rounds.plans import LONGEST_DAYS
from app.rounds.shuffling import shuffle
from app.tables.responses import RESPONSES
from app.tables.rounds import ROUNDS, RoundComment, RoundSnapshot
from questionnaires.library import Library
from scoring import SCORING_VERSION


def close_round(db: Session, scope: RoundScope, library: Library, *, today: date, now: datetime) -> None:
    """End the round for good: nobody answers any more, and what there is, is frozen (M7.8).

    Submitting takes a lock on the round that this one waits for, so no response is counted only half. `RoundChanged`
    unless it is open.
    """
    require(scope, Action.ROUND_CLOSE)
    lock_responses(db, scope)
    row = lock_round(db, scope, "open")
    frozen = freeze(db, row, library)
    shuffle(db, row.id)
    _keep(db, row.id, frozen, today)
    _set(db, scope, {"status": "closed", "closed_on": today, "changed_at": now})
    audit.record(db, scope, "round.close", now, responses=frozen.table.submitted)


def reopen_round(db: Session, scope: RoundScope, closes_on: date, *, today: date, now: datetime) -> None:
    """Take answers again until `closes_on`. Only before anything was released: two results could be subtracted.

    `RoundChanged` unless it is closed and not released; `Invalid` for a day that is over, or too far away.
    """
    require(scope, Action.ROUND_CLOSE)
    if lock_round(db, scope, "closed").raw_deleted_on is not None:
        raise RoundChanged  # only what was frozen is left of it, and opening it would undo that
    if closes_on < today:
        raise Invalid(Problem("closes_on", N_("Bitte wählen Sie einen Tag, der noch nicht vorbei ist.")))
    if (closes_on - today).days > LONGEST_DAYS:  # until then addresses would be kept, too
        raise Invalid(
            Problem("closes_on", N_("Ein Durchgang dauert höchstens ein Jahr. Bitte prüfen Sie die Jahreszahl."))
        )
    for table in (RoundComment, RoundSnapshot):
        db.execute(delete(table).where(col(table.round_id) == scope.round_id))
    _set(db, scope, {"status": "open", "closed_on": None, "closes_on": closes_on, "changed_at": now})
    audit.record(db, scope, "round.reopen", now)


def lock_round(db: Session, scope: RoundScope, *expected: str) -> Row[Any]:
    """The round's row, locked until the end; `RoundChanged` where its status is none of those expected."""
    row = db.execute(_LOCKED, {"round": scope.round_id}).first()
    if row is None:
        raise NotFound
    if row.status not in expected:
        raise RoundChanged
    return row


def lock_responses(db: Session, scope: RoundScope) -> None:
    """Wait for those who are changing a response of the round; call it before `lock_round` where responses change too.

    Whoever answers locks the response first and then the round. The other way round two would wait for each other.
    """
    db.execute(_RESPONSES, {"round": scope.round_id}).all()


def _keep(db: Session, round_id: str, frozen: Frozen, today: date) -> None:
    db.add(
        RoundSnapshot(
            round_id=round_id,
            published=frozen.table.to_json(),
            voices=frozen.voices,
            scoring_version=SCORING_VERSION,
            created_on=today,
        )
    )
    places: dict[str, int] = {}
    rows: list[dict[str, object]] = []
    for heap in frozen.comments:
        for text in heap.texts:
            place = places[heap.item_id] = places.get(heap.item_id, -1) + 1
            groups = list(heap.groups) if heap.groups else None
            rows.append(
                {
                    "round_id": round_id,
                    "item_id": heap.item_id,
                    "position": place,
                    "groups": groups,
                    "text": text,
                    "is_shown": False,
                }
            )
    if rows:
        db.execute(insert(RoundComment), rows)


def _set(db: Session, scope: RoundScope, values: dict[str, object]) -> None:
    db.execute(update(ROUNDS).where(ROUNDS.c.id == scope.round_id).values(**values))


_LOCKED = select(ROUNDS).where(ROUNDS.c.id == bindparam("round")).with_for_update()
_RESPONSES = (
    select(RESPONSES.c.id).where(RESPONSES.c.round_id == bindparam("round")).order_by(RESPONSES.c.id).with_for_update()
)
