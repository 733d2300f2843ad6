# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers on paper become a submitted response; a sheet typed by mistake is taken back.

A sheet brings a random word of its own, so that a second click keeps it once. It stands where others have their code,
as a digest: only who typed the sheet can take it back, and nobody can see which responses were on paper. It is not in
the log of acts: a time beside a response would tell whose it is (M7.9).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import uuid4

from sqlalchemy import bindparam, insert, select
from sqlmodel import Session

from app import tokens
from app.errors import Conflict, NotFound, RoundNotOpen
from app.permissions import Action, RoundScope, require
from app.responses.actions import answer_row, delete_responses
from app.responses.typed import Typed
from app.rounds.actions.locking import lock_round
from app.rounds.queries.paper import PaperGroup, PaperRound
from app.tables.responses import ANSWERS, RESPONSES, Response
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
    if _is_kept(db, scope, sheet):
        return
    response = _response(found, group, form, sheet=sheet, person=person, today=today)
    db.add(response)
    db.flush()
    kept = _as_asked(found, typed)
    db.execute(insert(ANSWERS), [answer_row(response.id, item_id, one) for item_id, one in kept.items()])


def take_back_sheet(db: Session, scope: RoundScope, sheet: str) -> None:
    """Delete a sheet that was just typed in, as long as the round is open; `NotFound` where there is none."""
    require(scope, Action.ROUND_PAPER)
    # Locked before the round, as by whoever answers (`lock_responses`).
    there = db.execute(_KEPT.with_for_update(), {"digest": tokens.digest(sheet)}).first()
    lock_round(db, scope, "open")
    if there is None or there.round_id != scope.round_id:
        raise NotFound
    delete_responses(db, [there.id])


def _is_kept(db: Session, scope: RoundScope, sheet: str) -> bool:
    """Whether this sheet was kept before; `Conflict` if in another round."""
    there = db.execute(_KEPT, {"digest": tokens.digest(sheet)}).first()
    if there is not None and there.round_id != scope.round_id:
        raise Conflict
    return there is not None


def _response(
    found: PaperRound, group: PaperGroup, form: Questionnaire, *, sheet: str, person: str, today: date
) -> Response:
    return Response(
        id=uuid4().hex,
        code_digest=tokens.digest(sheet),  # no code is that long: paper cannot be gone on with
        view_digest=tokens.view_digest(tokens.view_token(tokens.new_code())),
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
        round_id=found.id,
        group_id=group.id,
        person=person if found.is_named else "",
    )


def _as_asked(found: PaperRound, typed: Mapping[str, Typed]) -> Mapping[str, Typed]:
    """A round that asks for no notes keeps none, whatever is typed (D-11)."""
    if found.asks_comments:
        return typed
    bare = {item_id: replace(one, note="") for item_id, one in typed.items()}
    return {item_id: one for item_id, one in bare.items() if not one.is_empty}


# The response that a sheet became, and its round.
_KEPT = select(RESPONSES.c.id, RESPONSES.c.round_id).where(RESPONSES.c.code_digest == bindparam("digest"))
