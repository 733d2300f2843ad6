# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rounds of somebody, the page of one, and who was heard in it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.db import Db
from app.municipalities.queries.people import belongings_of
from app.permissions import PERMISSIONS, Action, Role, RoundScope
from app.rounds.forms.listing import read_search
from app.rounds.pages.offering import title_of
from app.rounds.queries.plan import plan_of
from app.rounds.queries.rounds import count_responses, heard_of, reads, rounds_of
from app.rounds.views.dashboard import RoundPage, WatchPage, allowed, state_of_plan
from app.rounds.views.listing import Place, list_page
from app.web.access import SignedIn, may_round
from app.web.dependencies import ClockOf, LibraryOf
from app.web.htmx import fragments, is_htmx
from app.web.templating import render_page

router = APIRouter()

Viewing = Annotated[RoundScope, Depends(may_round(Action.ROUND_VIEW), scope="function")]
Watching = Annotated[RoundScope, Depends(may_round(Action.ROUND_WATCH), scope="function")]


@router.get("/durchgaenge")
def rounds(request: Request, account: SignedIn, db: Db, clock: ClockOf) -> Response:
    """All of them, the last changed first; htmx gets what the search changes."""
    plans_for = [
        Place(one.municipality.id, one.municipality.name)
        for one in belongings_of(db, account)
        if Role(one.role) in PERMISSIONS[Action.ROUND_CREATE]
    ]
    page = list_page(rounds_of(db, account), read_search(request.query_params), plans_for, clock.today())
    if is_htmx(request):
        return fragments(request, "rounds/_found.html", page.rounds)
    return render_page(request, "rounds/list.html", page)


@router.get("/durchgang/{round_id}/")
def round_overview(
    request: Request, scope: Viewing, db: Db, clock: ClockOf, library: LibraryOf, neu: str = ""
) -> Response:
    """Where the round is, what comes next, what happens."""
    plan, may = plan_of(db, scope), allowed(scope)
    page = RoundPage(
        plan=plan,
        form=title_of(request, library, plan),
        state=state_of_plan(plan, clock.today()),
        may=may,
        reads=reads(db, scope),
        submitted=count_responses(db, scope) if "watch" in may else 0,
        is_new=bool(neu) and plan.status == "open",
    )
    return render_page(request, "rounds/round.html", page)


@router.get("/durchgang/{round_id}/stand")
def round_watch(request: Request, scope: Watching, db: Db, clock: ClockOf) -> Response:
    """How many submitted in each group, and who was not heard yet."""
    plan = plan_of(db, scope)
    page = WatchPage(plan, state_of_plan(plan, clock.today()), heard_of(db, scope), allowed(scope))
    return render_page(request, "rounds/watch.html", page)
