# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What changes a response: start, answer, describe the municipality, submit, copy, delete, import.

Each action takes a session, a proved scope and plain values. It raises an `AppError` and never commits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session, col, delete

from app import tokens
from app.errors import AlreadySubmitted, NotFound
from app.permissions import Scope, require_edit
from app.responses.queries import Kept, ResponseState, load_response
from app.responses.typed import Typed
from app.tables.responses import ANSWERS, RESPONSES, Response, Snapshot
from app.tables.responses import Answer as AnswerRow
from questionnaires.definition import Questionnaire
from scoring import SCORING_VERSION, Municipality, Targets, profile_of
from scoring.document import record_json


@dataclass(frozen=True, slots=True)
class Started:
    """A response just begun: its id, and the code that is told once and kept only as a digest."""

    response_id: str
    code: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one posted answer: `kept` is stored now, `theirs` differs from it after a conflict."""

    kept: Kept
    changed: bool = False
    conflict: bool = False


def start(
    db: Session,
    *,
    questionnaire: Questionnaire,
    municipality: Municipality,
    today: date,
    targets: Targets | None = None,
    typed: Mapping[str, Typed] | None = None,
) -> Started:
    """Begin a response with the questionnaire given, for an imported or copied one with its answers."""
    code = tokens.new_code()
    response_id = uuid4().hex
    row = Response(
        id=response_id,
        code_digest=tokens.digest(code),
        view_digest=tokens.view_digest(tokens.view_token(code)),
        municipality_type=str(municipality.type),
        municipality_name=municipality.name,
        population=municipality.population,
        questionnaire_id=questionnaire.id,
        questionnaire_version=questionnaire.version,
        questionnaire_digest=questionnaire.digest,
        started_on=today,
        changed_on=today,
        targets=dict(targets.raw) if targets else {},
    )
    db.add(row)
    db.flush()
    if typed:
        db.execute(insert(ANSWERS), [_row(response_id, item_id, answer, 1, "") for item_id, answer in typed.items()])
    return Started(response_id, code)


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
    `draft` is the response if this transaction has read it with a lock already.
    """
    require_edit(scope)
    draft = draft or load_response(db, scope, lock=True)
    if draft.is_submitted:
        raise AlreadySubmitted
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
    _require_draft(db, scope)
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
    _lock(db, scope)
    state = load_response(db, scope)
    values = {"targets": dict(targets.raw)} | ({} if state.is_submitted else {"changed_on": today})
    db.execute(update(Response).where(col(Response.id) == scope.response_id).values(**values))
    if state.is_submitted:
        _freeze(db, state, questionnaire, targets, today)


def submit(db: Session, scope: Scope, questionnaire: Questionnaire, today: date) -> None:
    """Freeze the answers and their profile. A second submit changes nothing (lesson 9)."""
    if _lock(db, scope) == "submitted":
        return
    state = load_response(db, scope)
    values = {"status": "submitted", "submitted_on": today, "changed_on": today}
    db.execute(update(Response).where(col(Response.id) == scope.response_id).values(**values))
    _freeze(db, state, questionnaire, state.targets, today)


def copy(db: Session, scope: Scope, questionnaire: Questionnaire, today: date) -> Started:
    """Reopen a submitted response as a copy with a code of its own; the original stays as it is."""
    require_edit(scope)
    state = load_response(db, scope)
    return start(
        db,
        questionnaire=questionnaire,
        municipality=state.municipality,
        today=today,
        targets=state.targets,
        typed={item_id: kept.typed for item_id, kept in state.kept.items()},
    )


def take_over(db: Session, scope: Scope, source: Questionnaire, target: Questionnaire, today: date) -> Started:
    """Begin a response to another questionnaire with the answers to the items that both share."""
    require_edit(scope)
    state = load_response(db, scope)
    shared = shared_items(source, target)
    return start(
        db,
        questionnaire=target,
        municipality=state.municipality,
        today=today,
        typed={item_id: kept.typed for item_id, kept in state.kept.items() if item_id in shared},
    )


def shared_items(source: Questionnaire, target: Questionnaire) -> frozenset[str]:
    """The ids of items that stand in both with the same content (rule M10), so that an answer serves both."""
    return frozenset(
        item.id for item in source.items if target.has_item(item.id) and target.item(item.id).digest == item.digest
    )


def delete_response(db: Session, scope: Scope) -> None:
    """Delete answers, profile and the response itself, at once and for good."""
    require_edit(scope)
    for table in (AnswerRow, Snapshot):
        db.execute(delete(table).where(col(table.response_id) == scope.response_id))
    db.execute(delete(Response).where(col(Response.id) == scope.response_id))


def _freeze(db: Session, state: ResponseState, questionnaire: Questionnaire, targets: Targets, today: date) -> None:
    """Store the profile with its inputs and versions (rule M13)."""
    profile = profile_of(questionnaire, state.municipality, state.answers, targets)
    db.merge(
        Snapshot(response_id=state.id, profile=record_json(profile), scoring_version=SCORING_VERSION, created_on=today)
    )


def _require_draft(db: Session, scope: Scope) -> None:
    if _lock(db, scope) != "draft":
        raise AlreadySubmitted


def _lock(db: Session, scope: Scope) -> str:
    """The status, with the row locked until the end, as `load_response` locks it."""
    require_edit(scope)
    status = db.execute(_LOCK, {"response": scope.response_id}).scalar()
    if status is None:
        raise NotFound
    return str(status)


def _write(db: Session, scope: Scope, item_id: str, kept: Kept) -> None:
    row = _row(scope.response_id, item_id, kept.typed, kept.revision, kept.writer)
    if kept.revision == 1:
        db.execute(_INSERT, row)
    else:
        db.execute(_UPDATE, row | {"response": scope.response_id, "item": item_id})


def _row(response_id: str, item_id: str, typed: Typed, revision: int, writer: str) -> dict[str, Any]:
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
_LOCK = select(RESPONSES.c.status).where(_THIS).with_for_update()
_TOUCH = update(RESPONSES).where(_THIS).values(changed_on=bindparam("changed_on"))
_INSERT = insert(ANSWERS)
_UPDATE = update(ANSWERS).where(ANSWERS.c.response_id == bindparam("response"), ANSWERS.c.item_id == bindparam("item"))
