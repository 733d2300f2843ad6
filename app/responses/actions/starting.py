# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Begin a response: from nothing, from a file, from another response, or in a group of a round."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from sqlalchemy import insert
from sqlmodel import Session

from app import tokens
from app.permissions import Scope, require_edit
from app.responses.actions.answering import answer_row
from app.responses.actions.locking import require_own
from app.responses.queries import load_response
from app.responses.typed import Typed
from app.responses.within import Placing
from app.tables.responses import ANSWERS, Response
from questionnaires.definition import Questionnaire
from scoring import Municipality, Targets


@dataclass(frozen=True, slots=True)
class Started:
    """A response just begun: its id, and the code that is told once and kept only as a digest."""

    response_id: str
    code: str


def start(
    db: Session,
    *,
    questionnaire: Questionnaire,
    municipality: Municipality,
    today: date,
    targets: Targets | None = None,
    typed: Mapping[str, Typed] | None = None,
    placing: Placing | None = None,
    code: str | None = None,
) -> Started:
    """Begin a response with the questionnaire given, for an imported or copied one with its answers.

    `placing` puts it into a group of a round. `code`: one that was drawn before, so that sending a form twice begins
    only one; `IntegrityError` if it is taken.
    """
    code = code or tokens.new_code()
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
        round_id=placing.round_id if placing else None,
        group_id=placing.group_id if placing else None,
        person=placing.person if placing else "",
    )
    db.add(row)
    db.flush()
    if typed:
        db.execute(insert(ANSWERS), [answer_row(response_id, item_id, answer) for item_id, answer in typed.items()])
    return Started(response_id, code)


def copy(db: Session, scope: Scope, questionnaire: Questionnaire, today: date) -> Started:
    """Reopen a submitted response as a copy with a code of its own; the original stays as it is."""
    require_edit(scope)
    state = load_response(db, scope)
    require_own(state.round)
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
    require_own(state.round)
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
