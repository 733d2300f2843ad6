# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers on paper become a submitted response; a sheet typed by mistake is taken back.

A sheet brings its own random id, so that a second click keeps it once. It is not in the log of acts: a time beside a
response would tell whose it is (M7.9).
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import insert, select
from sqlmodel import Session, col, delete

from app import tokens
from app.errors import Conflict, NotFound, RoundNotOpen
from app.permissions import Action, RoundScope, require
from app.responses.actions import answer_row
from app.responses.typed import Typed
from app.rounds.actions.closing import lock_round
from app.rounds.queries.paper import PaperGroup, PaperRound
from app.tables.responses import ANSWERS, Answer, Response
from questionnaires.definition import Questionnaire


def keep_sheet(
    db: Session,
    scope: RoundScope,
    found: PaperRound,
    group: PaperGroup,
    form: Questionnaire,
    *,
    sheet: str,
    typed: Mapping[str, Typed],
    person: str,
    today: date,
) -> None:
    """Keep a sheet as a submitted response of this group; one that is kept already changes nothing.

    `RoundNotOpen` unless the round takes answers; it is locked, so that it cannot be closed meanwhile.
    """
    require(scope, Action.ROUND_PAPER)
    lock_round(db, scope, "open")
    if not found.takes_answers(today):
        raise RoundNotOpen
    kept_in = _round_of(db, sheet)
    if kept_in == scope.round_id:
        return
    if kept_in is not None:
        raise Conflict
    code = tokens.new_code()  # nobody is told: paper cannot be gone on with
    db.add(
        Response(
            id=sheet,
            code_digest=tokens.digest(code),
            view_digest=tokens.view_digest(tokens.view_token(code)),
            municipality_type=str(found.municipality.type),
            municipality_name=found.municipality.name,
            population=found.municipality.population,
            questionnaire_id=form.id,
            questionnaire_version=form.version,
            questionnaire_digest=form.digest,
            status="submitted",
            started_on=today,
            changed_on=today,
            submitted_on=today,
            round_id=scope.round_id,
            group_id=group.id,
            person=person if found.is_named else "",
        )
    )
    db.flush()
    db.execute(insert(ANSWERS), [answer_row(sheet, item_id, one) for item_id, one in typed.items()])


def take_back_sheet(db: Session, scope: RoundScope, sheet: str) -> None:
    """Delete a sheet that was just typed in, as long as the round is open; `NotFound` where there is none."""
    require(scope, Action.ROUND_PAPER)
    lock_round(db, scope, "open")
    if _round_of(db, sheet) != scope.round_id:
        raise NotFound
    db.execute(delete(Answer).where(col(Answer.response_id) == sheet))
    db.execute(delete(Response).where(col(Response.id) == sheet))


def _round_of(db: Session, sheet: str) -> str | None:
    """The round a sheet was kept in; None where there is no such sheet, `""` for a check outside of rounds."""
    found = db.execute(select(col(Response.round_id)).where(col(Response.id) == sheet)).first()
    return None if found is None else found[0] or ""
