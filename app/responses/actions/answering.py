# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Change what a response says: one answer at a time, the municipality it is about, its targets."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlmodel import Session, col

from app.permissions import Scope, require_edit
from app.responses.actions.finishing import freeze
from app.responses.actions.locking import lock, lock_own_draft, require_open, require_own
from app.responses.queries import Kept, ResponseState, load_response
from app.responses.typed import Typed
from app.tables.responses import ANSWERS, RESPONSES, Response
from questionnaires.definition import Questionnaire
from scoring import Municipality, Targets


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one posted answer: `kept` is stored now, `theirs` differs from it after a conflict."""

    kept: Kept
    changed: bool = False
    conflict: bool = False


def record_answer(
    db: Session,
    scope: Scope,
    item_id: str,
    typed: Typed,
    *,
    base_revision: int,
    base_fingerprint: str,
    writer: str,
    today: date,
    draft: ResponseState | None = None,
) -> Recorded:
    """Store what was typed for one question, unless another page changed it meanwhile.

    `base_*` say what the page showed when it was made. An untouched question is never written. A question
    that another page (`writer`) changed since is a conflict: nothing is stored, both answers are told.
    `draft` is the response if this transaction has read it with a lock already. In a round that takes no answers
    nothing is stored (`RoundNotOpen`).
    """
    require_edit(scope)
    draft = draft or load_response(db, scope, lock=True)
    require_open(draft, today)
    stored = draft.of(item_id)
    if typed.fingerprint == stored.typed.fingerprint:
        return Recorded(stored)
    if stored.writer != writer or not writer:
        if typed.fingerprint == base_fingerprint:
            return Recorded(stored)
        if stored.revision != base_revision:
            return Recorded(stored, conflict=True)
    kept = Kept(typed, stored.revision + 1, writer)
    _write(db, scope, item_id, kept)
    if draft.changed_on != today:
        # The retention of drafts counts from the day of the last change (D-15).
        db.execute(_TOUCH, {"response": scope.response_id, "changed_on": today})
    return Recorded(kept, changed=True)


def describe_municipality(db: Session, scope: Scope, municipality: Municipality, today: date) -> None:
    """Change type, name and inhabitants; every answer stays, also to questions no longer asked."""
    lock_own_draft(db, scope)
    values = {
        "municipality_type": str(municipality.type),
        "municipality_name": municipality.name,
        "population": municipality.population,
        "changed_on": today,
    }
    db.execute(update(Response).where(col(Response.id) == scope.response_id).values(**values))


def set_targets(db: Session, scope: Scope, questionnaire: Questionnaire, targets: Targets, today: date) -> None:
    """Set the municipality's own targets (rule M5). They are no answers, so a submitted response takes them too.

    Here and in `submit` the questionnaire is the German one: its texts stand in the snapshot (rule M13).
    """
    require_own(lock(db, scope).round_id)
    state = load_response(db, scope)
    values = {"targets": dict(targets.raw)} | ({} if state.is_submitted else {"changed_on": today})
    db.execute(update(Response).where(col(Response.id) == scope.response_id).values(**values))
    if state.is_submitted:
        freeze(db, state, questionnaire, targets, today)


def _write(db: Session, scope: Scope, item_id: str, kept: Kept) -> None:
    row = answer_row(scope.response_id, item_id, kept.typed, kept.revision, kept.writer)
    if kept.revision == 1:
        db.execute(_INSERT, row)
    else:
        db.execute(_UPDATE, row | {"response": scope.response_id, "item": item_id})


def answer_row(response_id: str, item_id: str, typed: Typed, revision: int = 1, writer: str = "") -> dict[str, Any]:
    """The columns of an answer, as it was typed."""
    is_level = typed.answer.isdigit()
    kind = "level" if is_level else typed.answer or "blank"
    return {
        "response_id": response_id,
        "item_id": item_id,
        "kind": kind,
        "level": int(typed.answer) if is_level else None,
        "reason": typed.reason,
        "note": typed.note,
        "carried_by": typed.carried_by,
        "project_until": (typed.project_until or None) if typed.carried_by == "project" else None,
        "revision": revision,
        "writer": writer,
    }


# Made once: every save makes these, and putting a statement together costs more than running it.
_THIS = RESPONSES.c.id == bindparam("response")
_TOUCH = update(RESPONSES).where(_THIS).values(changed_on=bindparam("changed_on"))
_INSERT = insert(ANSWERS)
_UPDATE = update(ANSWERS).where(ANSWERS.c.response_id == bindparam("response"), ANSWERS.c.item_id == bindparam("item"))
