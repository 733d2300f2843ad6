# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""End a round, open it again, release its result to people and by link."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from app.db import Db
from app.errors import Invalid, Problem
from app.permissions import Action, RoundScope
from app.rounds.actions.closing import close_round, reopen_round
from app.rounds.actions.releasing import add_link, release_round, remove_link, set_readers
from app.rounds.forms.closing import read_label, read_last_day
from app.rounds.queries.closing import candidates_of, ending_of, links_of
from app.rounds.queries.plan import plan_of
from app.rounds.views.closing import ClosingPage, shown_of, unseen_in
from app.web.access import may_round
from app.web.bodies import Posted, ticked
from app.web.dependencies import ClockOf, LibraryOf
from app.web.templating import render_page
from app.web.urls import absolute_url, url
from questionnaires.library import Library

router = APIRouter(prefix="/durchgang/{round_id}/abschluss")

Closing = Annotated[RoundScope, Depends(may_round(Action.ROUND_CLOSE), scope="function")]
Releasing = Annotated[RoundScope, Depends(may_round(Action.ROUND_RELEASE), scope="function")]


@router.get("")
def closing(request: Request, scope: Closing, db: Db, clock: ClockOf, library: LibraryOf) -> Response:
    """What there is, what it allows to be shown, and the next step."""
    return _show(request, _page(db, scope, library, clock.today()))


@router.post("/beenden")
def close(request: Request, scope: Closing, db: Db, clock: ClockOf, library: LibraryOf) -> Response:
    """Freeze what was submitted; nobody answers any more."""
    close_round(db, scope, library, today=clock.today(), now=clock.now())
    return _back(request, scope)


@router.post("/wieder-oeffnen")
def reopen(request: Request, scope: Closing, db: Db, posted: Posted, clock: ClockOf, library: LibraryOf) -> Response:
    """Take answers again, as long as nothing was released."""
    typed = str(posted.get("closes_on", ""))
    day = read_last_day(typed)
    problem = day if isinstance(day, Problem) else None
    try:
        if not isinstance(day, Problem):
            reopen_round(db, scope, day, today=clock.today(), now=clock.now())
    except Invalid as invalid:
        problem = invalid.problems[0]
    if problem is None:
        return _back(request, scope)
    return _show(request, _page(db, scope, library, clock.today()), problem, closes_on=typed)


@router.post("/freigeben")
def release(request: Request, scope: Releasing, db: Db, posted: Posted, clock: ClockOf) -> Response:
    """Show the result to those who were ticked."""
    release_round(db, scope, ticked(posted, "reader"), today=clock.today(), now=clock.now())
    return _back(request, scope)


@router.post("/lesende")
def change_readers(request: Request, scope: Releasing, db: Db, posted: Posted, clock: ClockOf) -> Response:
    """Change who reads a released result."""
    set_readers(db, scope, ticked(posted, "reader"), now=clock.now())
    return _back(request, scope)


@router.post("/links")
def make_link(
    request: Request, scope: Releasing, db: Db, posted: Posted, clock: ClockOf, library: LibraryOf
) -> Response:
    """A link for people without an account; its address is shown on this page only."""
    typed = str(posted.get("label", ""))
    label = read_label(typed)
    if isinstance(label, Problem):
        return _show(request, _page(db, scope, library, clock.today()), label, label=typed)
    token = add_link(db, scope, label, today=clock.today(), now=clock.now())
    db.flush()
    address = absolute_url(request, "shared_comparison", share=token)
    return _show(request, replace(_page(db, scope, library, clock.today()), new_link=address))


@router.post("/links/{link_id}/beenden")
def end_link(request: Request, link_id: str, scope: Releasing, db: Db, clock: ClockOf) -> Response:
    """From now on the link leads nowhere."""
    remove_link(db, scope, link_id, now=clock.now())
    return _back(request, scope)


def _page(db: Db, scope: RoundScope, library: Library, today: date) -> ClosingPage:
    ending = ending_of(db, scope)
    shown = shown_of(ending.turnout, ending.mode, ending.n_min)
    return ClosingPage(
        round=ending,
        shown=shown,
        unseen=unseen_in(shown, ending.turnout, plan_of(db, scope), library),
        candidates=candidates_of(db, scope),
        links=links_of(db, scope),
        me=scope.account.account_id,
        today=today,
    )


def _show(request: Request, page: ClosingPage, problem: Problem | None = None, **values: str) -> Response:
    if problem is None:
        return render_page(request, "rounds/closing.html", page)
    page = replace(page, problems=(problem,), values=values)
    return render_page(request, "rounds/closing.html", page, status=422)


def _back(request: Request, scope: RoundScope) -> Response:
    return RedirectResponse(url(request, "closing", round_id=scope.round_id), 303)
