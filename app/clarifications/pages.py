# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Give questions to colleagues, decide on what they propose; and, with the link, propose."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from app.clarifications import actions
from app.clarifications.forms import Asking, read_asking, read_proposing
from app.clarifications.queries import asked_of, requests_of
from app.clarifications.views.asking import asking_page
from app.clarifications.views.proposing import proposing_page
from app.db import Db
from app.errors import Conflict, Invalid, NotFound
from app.responses.loading import Check, CheckOf, definition_of
from app.responses.queries import load_response
from app.web.access import OpenDelegation
from app.web.bodies import Posted, fields_of, ticked
from app.web.dependencies import ClockOf
from app.web.templating import render_page
from app.web.urls import absolute_url, url
from questionnaires.flow import asked_items

router = APIRouter()


def _askable(check: CheckOf) -> Check:
    """A check whose questions may be given away; for others this page is not there."""
    if not check.state.may_delegate:
        raise NotFound
    return check


Askable = Annotated[Check, Depends(_askable, scope="function")]


@router.get("/check/{response_id}/klaeren")
def asking(request: Request, check: Askable, db: Db, frage: str = "") -> Response:
    """Who was asked what, what came back, and the form to ask; `frage` is a question to begin with."""
    return _show(request, check, db, Asking(items=(frage,) if frage else ()))


@router.post("/check/{response_id}/klaeren")
def ask_colleague(request: Request, check: Askable, db: Db, posted: Posted) -> Response:
    """Make a link; its address is shown on this page only."""
    known = [item.id for item in asked_items(check.questionnaire, check.state.kind)]
    values = read_asking(fields_of(posted), ticked(posted, "items"), known)
    if values.problems:
        return _show(request, check, db, values, status=422)
    try:
        token = actions.ask(
            db,
            check.scope,
            asked=values.asked,
            asker=values.asker,
            message=values.message,
            items=values.items,
            today=check.today,
        )
    except Invalid as invalid:
        return _show(request, check, db, replace(values, problems=invalid.problems), status=422)
    db.flush()
    link = absolute_url(request, "proposing", delegation=token)
    return _show(request, check, db, Asking(asked=values.asked), link=link)


@router.post("/check/{response_id}/klaeren/{delegation_id}/{item_id}/uebernehmen")
def take_proposal(request: Request, check: Askable, db: Db, delegation_id: str, item_id: str) -> Response:
    """The proposal becomes the answer, with the name of who proposed it in the note."""
    try:
        actions.take(db, check.scope, delegation_id, item_id, today=check.today)
    except Invalid as invalid:
        return _show(request, check, db, Asking(problems=invalid.problems), status=422)
    return _back(request, check)


@router.post("/check/{response_id}/klaeren/{delegation_id}/{item_id}/ablehnen")
def decline_proposal(request: Request, check: Askable, db: Db, delegation_id: str, item_id: str) -> Response:
    """The answer stays as it is."""
    actions.decline(db, check.scope, delegation_id, item_id, today=check.today)
    return _back(request, check)


@router.post("/check/{response_id}/klaeren/{delegation_id}/zurueckziehen")
def withdraw_request(request: Request, check: Askable, db: Db, delegation_id: str) -> Response:
    """The link ends."""
    actions.withdraw(db, check.scope, delegation_id)
    return _back(request, check)


@router.get("/klaeren/{delegation}")
def proposing(
    request: Request, delegation: str, scope: OpenDelegation, db: Db, clock: ClockOf, gespeichert: str = ""
) -> Response:
    """What a colleague was asked."""
    found, state = asked_of(db, scope), load_response(db, scope.check)
    page = proposing_page(
        found,
        state,
        definition_of(request, state),
        clock.today(),
        token=delegation,
        is_kept=bool(gespeichert),
    )
    return render_page(request, "clarifications/proposing.html", page)


@router.post("/klaeren/{delegation}")
def propose(
    request: Request, delegation: str, scope: OpenDelegation, db: Db, posted: Posted, clock: ClockOf
) -> Response:
    """Keep the proposals; they count only once they are taken over."""
    found, state, today = asked_of(db, scope), load_response(db, scope.check), clock.today()
    questionnaire = definition_of(request, state)
    items = {item.id: item for item in asked_items(questionnaire, state.kind)}
    open_items = {one.item_id: items[one.item_id] for one in found.items if not one.is_settled and one.item_id in items}
    if not open_items:
        raise Conflict
    typed = read_proposing(fields_of(posted), open_items, notes=state.asks_notes)
    if typed.problems:
        page = proposing_page(found, state, questionnaire, today, token=delegation, posted=typed)
        return render_page(request, "clarifications/proposing.html", page, status=422)
    actions.propose(db, scope, proposer=typed.proposer, typed=typed.typed, today=today)
    return RedirectResponse(url(request, "proposing", delegation=delegation) + "?gespeichert=1", 303)


def _show(request: Request, check: Check, db: Db, values: Asking, *, status: int = 200, link: str = "") -> Response:
    page = asking_page(check.state, check.questionnaire, requests_of(db, check.scope), values, check.today, link)
    return render_page(request, "clarifications/asking.html", page, status=status)


def _back(request: Request, check: Check) -> Response:
    return RedirectResponse(url(request, "asking", response_id=check.state.id), 303)
