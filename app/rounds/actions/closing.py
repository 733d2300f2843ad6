# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Close a round and freeze it; open it again as long as nothing was released."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from itertools import count

from sqlalchemy import insert
from sqlmodel import Session, col, delete

from app import audit
from app.errors import Invalid, Problem, RoundChanged
from app.i18n import N_
from app.permissions import Action, RoundScope, require
from app.rounds.actions.locking import change_round, lock_responses, lock_round
from app.rounds.freezing import Frozen, freeze
from app.rounds.plans import LONGEST_DAYS
from app.rounds.shuffling import shuffle
from app.tables.rounds import RoundComment, RoundSnapshot
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
    change_round(db, scope, now, status="closed", closed_on=today)
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
    change_round(db, scope, now, status="open", closed_on=None, closes_on=closes_on)
    audit.record(db, scope, "round.reopen", now)


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
    places: defaultdict[str, Iterator[int]] = defaultdict(count)
    rows = [
        {
            "round_id": round_id,
            "item_id": heap.item_id,
            "position": next(places[heap.item_id]),
            "groups": list(heap.groups) if heap.groups else None,
            "text": text,
            "is_shown": False,
        }
        for heap in frozen.comments
        for text in heap.texts
    ]
    if rows:
        db.execute(insert(RoundComment), rows)
