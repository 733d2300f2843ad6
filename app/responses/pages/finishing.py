# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Check the answers, submit, get a receipt; copy, delete, or leave the device."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app import tokens
from app.db import Db
from app.errors import NotFound
from app.responses import actions
from app.responses.loading import Check, CheckOf
from app.responses.pages.entering import opened
from app.responses.queries import codes_of_round
from app.responses.views.pages import CodePage, PlainPage, ReceiptPage, check_page
from app.web.bodies import Posted
from app.web.dependencies import ClockOf, LibraryOf, LimitsOf
from app.web.session import codes_of, forget, forget_all, make_room, way_in
from app.web.templating import render_page
from app.web.urls import absolute_url, url

router = APIRouter()


@router.get("/check/{response_id}/pruefen")
def check_answers(request: Request, check: CheckOf) -> Response:
    """All answers, with ways back to each question."""
    page = check_page(check.state, check.questionnaire, check.frame, check.deadlines)
    return render_page(request, "responses/check_answers.html", page)


@router.post("/check/{response_id}/abgeben")
def submit(request: Request, check: CheckOf, db: Db, clock: ClockOf) -> Response:
    """Freeze answers and profile; a second time shows the same receipt."""
    actions.submit(db, check.scope, check.definition, clock.today())
    return RedirectResponse(url(request, "receipt", response_id=check.state.id), 303)


@router.get("/check/{response_id}/quittung")
def receipt(request: Request, check: CheckOf) -> Response:
    """What was submitted, the code, the read-only link, the day of deletion."""
    if not check.state.is_submitted:
        return RedirectResponse(url(request, "check_answers", response_id=check.state.id), 303)
    page = ReceiptPage(check.frame, _view_url(request, check), check.deadlines)
    return render_page(request, "responses/receipt.html", page)


@router.get("/check/{response_id}/code")
def code(request: Request, check: CheckOf) -> Response:
    """The code, to print, and the read-only link, to pass on."""
    resume_url = absolute_url(request, "resume_form")
    page = CodePage(check.frame, resume_url, _view_url(request, check), check.deadlines)
    return render_page(request, "responses/code.html", page)


@router.post("/check/{response_id}/kopie")
def copy_response(request: Request, check: CheckOf, db: Db, clock: ClockOf, limits: LimitsOf) -> Response:
    """Reopen as a copy with a code of its own."""
    limits.count(request, "start")
    return opened(request, actions.copy(db, check.require_own().scope, check.definition, clock.today()))


@router.post("/check/{response_id}/uebernehmen")
def take_over(
    request: Request, check: CheckOf, db: Db, posted: Posted, clock: ClockOf, library: LibraryOf, limits: LimitsOf
) -> Response:
    """Begin another questionnaire with the answers that serve both."""
    limits.count(request, "start")
    check.require_own()
    name = str(posted.get("questionnaire", ""))
    if name not in library.ids() or name == check.state.questionnaire_id:
        raise NotFound
    target = library.latest(name)
    return opened(request, actions.take_over(db, check.scope, check.definition, target, clock.today()))


@router.get("/check/{response_id}/loeschen")
def delete_form(request: Request, check: CheckOf) -> Response:
    """What deleting means."""
    if check.frame.round and check.frame.is_submitted and check.frame.round.is_closed:
        raise actions.counted()
    return render_page(request, "responses/delete.html", PlainPage(check.frame))


@router.post("/check/{response_id}/loeschen")
def delete(request: Request, check: CheckOf, db: Db) -> Response:
    """Delete answers and profile, at once and for good."""
    actions.delete_response(db, check.scope)
    response = render_page(request, "responses/gone.html", "deleted")
    forget(request, response, check.scope.code or "")
    return response


@router.post("/check/{response_id}/beenden")
def leave(request: Request, check: CheckOf) -> Response:
    """Take all codes off this device; the answers stay."""
    response = render_page(request, "responses/gone.html", "left")
    forget_all(request, response)
    return response


@router.post("/check/{response_id}/naechste-person")
def next_person(request: Request, check: CheckOf, db: Db) -> Response:
    """Make the device ready for the next person of a round: this person's answers cannot be reached any more.

    Who came by the link of a group leads there; who had a code of their own, to where a code is typed.
    """
    of_round = check.state.round
    if of_round is None:
        raise NotFound
    if way_in(request) == of_round.link:
        onward = url(request, "join_form", entry=of_round.link)
    else:
        onward = url(request, "resume_form")
    response = RedirectResponse(onward, 303)
    make_room(request, response, codes_of_round(db, codes_of(request), of_round.id))
    return response


def _view_url(request: Request, check: Check) -> str:
    if check.state.round is not None:
        return ""  # a round shows its result, not single answers
    token = tokens.view_token(check.scope.code or "")
    return absolute_url(request, "shared_result", token=token)
