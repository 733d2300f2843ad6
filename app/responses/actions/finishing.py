# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Submit a response, or delete it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select, update
from sqlmodel import Session, col, delete

from app.errors import RoundNotOpen
from app.i18n import N_
from app.permissions import Scope
from app.responses.actions.locking import hold_round, lock
from app.responses.queries import ResponseState, load_response
from app.tables.responses import ANSWERS, RESPONSES, Delegation, Proposal, Response, Snapshot
from questionnaires.definition import Questionnaire
from scoring import SCORING_VERSION, Targets, profile_of
from scoring.document import record_json


def submit(db: Session, scope: Scope, questionnaire: Questionnaire, today: date) -> None:
    """Freeze the answers and their profile. A second submit changes nothing (lesson 9).

    What is given to a round is frozen with the round, all together (M7.8): a profile of its own would only be more
    to know about one person. `RoundNotOpen` where the round takes no answers.
    """
    row = lock(db, scope)
    if row.status == "submitted":
        return
    if row.round_id is not None:
        _require_open(db, row.round_id, today)
    values = {"status": "submitted", "submitted_on": today, "changed_on": today}
    db.execute(update(Response).where(col(Response.id) == scope.response_id).values(**values))
    if row.round_id is None:
        state = load_response(db, scope)
        freeze(db, state, questionnaire, state.targets, today)


def delete_response(db: Session, scope: Scope) -> None:
    """Delete answers, profile, requests to colleagues and the response itself, at once and for good.

    What was submitted to a round can be taken back until the round is closed (`RoundNotOpen`): then it is counted.
    """
    row = lock(db, scope)
    if row.status == "submitted" and row.round_id is not None:
        _require_not_closed(db, row.round_id)
    delete_responses(db, [scope.response_id])


def delete_responses(db: Session, which: Sequence[str] | Select[Any]) -> None:
    """Delete these responses, by their ids or a query of them, with all that hangs on them. Asks nothing."""
    asked = select(col(Delegation.id)).where(col(Delegation.response_id).in_(which))
    db.execute(delete(Proposal).where(col(Proposal.delegation_id).in_(asked)))
    for table in (Delegation, Snapshot):
        db.execute(delete(table).where(col(table.response_id).in_(which)))
    db.execute(ANSWERS.delete().where(ANSWERS.c.response_id.in_(which)))
    db.execute(RESPONSES.delete().where(RESPONSES.c.id.in_(which)))


def freeze(db: Session, state: ResponseState, questionnaire: Questionnaire, targets: Targets, today: date) -> None:
    """Store the profile with its inputs and versions (rule M13)."""
    profile = profile_of(questionnaire, state.municipality, state.answers, targets)
    db.merge(
        Snapshot(response_id=state.id, profile=record_json(profile), scoring_version=SCORING_VERSION, created_on=today)
    )


def counted() -> RoundNotOpen:
    """What was submitted to a round that is closed cannot be taken out of its result again."""
    return RoundNotOpen(
        title=N_("Die Befragung ist beendet"),
        text=N_("Ihre Antworten sind gezählt. Einzeln lassen sie sich nicht mehr zurücknehmen."),
        help=N_("Wann die einzelnen Antworten gelöscht werden, steht in der Übersicht."),
        offer="back",
    )


def _require_open(db: Session, round_id: str, today: date) -> None:
    row = hold_round(db, round_id)
    if row.status != "open" or not row.opens_on <= today <= row.closes_on:
        raise RoundNotOpen


def _require_not_closed(db: Session, round_id: str) -> None:
    if hold_round(db, round_id).status != "open":
        raise counted()
