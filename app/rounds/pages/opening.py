# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Open a round: everything is shown once more before people are asked (D-10)."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.db import Db
from app.errors import Invalid
from app.rounds.actions.planning import open_round
from app.rounds.pages.offering import title_of
from app.rounds.pages.steps import Planning, changeable
from app.rounds.readiness import obstacles
from app.rounds.views.outlook import outlook_of
from app.rounds.views.plan import OpeningPage, frame_of
from app.rounds.views.promise import promise_of
from app.web.dependencies import ClockOf, LibraryOf
from app.web.templating import render_page
from app.web.urls import url

router = APIRouter(prefix="/durchgang/{round_id}/oeffnen")


@router.get("")
def opening(request: Request, scope: Planning, db: Db, clock: ClockOf, library: LibraryOf) -> Response:
    """Everything once more, before people are asked."""
    plan, today = changeable(db, scope), clock.today()
    if not plan.is_planned:
        return RedirectResponse(url(request, "round_overview", round_id=plan.id), 303)
    page = OpeningPage(
        frame=frame_of(plan, "opening"),
        plan=plan,
        form=title_of(request, library, plan),
        obstacles=obstacles(plan, library, today),
        outlook=outlook_of(plan, library),
        promise=promise_of(plan),
        has_begun=plan.basics.opens_on <= today,
    )
    return render_page(request, "rounds/opening.html", page)


@router.post("")
def open_for_answers(request: Request, scope: Planning, db: Db, clock: ClockOf, library: LibraryOf) -> Response:
    """From now on people can answer. What stands in the way is told on the page that this leads back to."""
    try:
        open_round(db, scope, library, today=clock.today(), now=clock.now())
    except Invalid:
        return RedirectResponse(url(request, "opening", round_id=scope.round_id), 303)
    return RedirectResponse(url(request, "round_overview", round_id=scope.round_id) + "?neu=1", 303)
