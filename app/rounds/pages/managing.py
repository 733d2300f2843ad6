# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who moderates a round, and deleting it."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from app.accounts.actions.welcoming import Ways
from app.accounts.ways import ways_of
from app.db import Db
from app.errors import Invalid
from app.permissions import Action, RoundScope
from app.rounds.actions.deleting import delete_round
from app.rounds.actions.moderating import invite_moderator, invite_moderator_again, remove_moderator
from app.rounds.forms.moderating import guest_from, read_guest
from app.rounds.queries.plan import plan_of
from app.rounds.queries.rounds import count_responses, moderators_of
from app.rounds.views.dashboard import DeletionPage, ModeratorsPage
from app.web.access import may_round
from app.web.bodies import Posted, fields_of
from app.web.dependencies import ClockOf
from app.web.templating import render_page
from app.web.urls import url

router = APIRouter(prefix="/durchgang/{round_id}")

Inviting = Annotated[RoundScope, Depends(may_round(Action.ROUND_MODERATORS), scope="function")]
Deleting = Annotated[RoundScope, Depends(may_round(Action.ROUND_DELETE), scope="function")]


@router.get("/moderation")
def moderators(request: Request, scope: Inviting, db: Db) -> Response:
    """Who moderates, and a form to invite somebody."""
    return _moderators(request, scope, db)


@router.post("/moderation")
def add_moderator(request: Request, scope: Inviting, db: Db, posted: Posted, clock: ClockOf) -> Response:
    """Invite somebody; a link to be handed over is shown on this page only."""
    values = guest_from(fields_of(posted))
    problems = read_guest(values)
    if problems:
        return _moderators(request, scope, db, values=values, problems=problems)
    ways = _ways(request, scope)
    try:
        welcomed = invite_moderator(db, scope, **values, ways=ways, today=clock.today(), now=clock.now())
    except Invalid as invalid:
        return _moderators(request, scope, db, values=values, problems=invalid.problems)
    return _moderators(request, scope, db, welcomed=welcomed)


@router.post("/moderation/{account_id}/einladen")
def add_moderator_again(request: Request, account_id: str, scope: Inviting, db: Db, clock: ClockOf) -> Response:
    """A new link for somebody whose invitation is still open."""
    ways, today = _ways(request, scope), clock.today()
    welcomed = invite_moderator_again(db, scope, account_id, ways=ways, today=today, now=clock.now())
    return _moderators(request, scope, db, welcomed=welcomed)


@router.post("/moderation/{account_id}/entfernen")
def drop_moderator(request: Request, account_id: str, scope: Inviting, db: Db, clock: ClockOf) -> Response:
    """From now on this person sees nothing of the round."""
    remove_moderator(db, scope, account_id, now=clock.now())
    return RedirectResponse(url(request, "moderators", round_id=scope.round_id), 303)


@router.get("/loeschen")
def round_deletion(request: Request, scope: Deleting, db: Db) -> Response:
    """What is lost, before it is."""
    return render_page(request, "rounds/deletion.html", DeletionPage(plan_of(db, scope), count_responses(db, scope)))


@router.post("/loeschen")
def drop_round(request: Request, scope: Deleting, db: Db, posted: Posted, clock: ClockOf) -> Response:
    """Delete it, if its title was typed."""
    title = fields_of(posted).get("title", "")
    try:
        delete_round(db, scope, title, now=clock.now())
    except Invalid as invalid:
        page = DeletionPage(plan_of(db, scope), count_responses(db, scope), title, invalid.problems)
        return render_page(request, "rounds/deletion.html", page, status=422)
    return RedirectResponse(url(request, "rounds"), 303)


def _moderators(request: Request, scope: RoundScope, db: Db, **changes: Any) -> Response:
    page = ModeratorsPage(plan_of(db, scope), moderators_of(db, scope), **changes)
    return render_page(request, "rounds/moderators.html", page, status=422 if page.problems else 200)


def _ways(request: Request, scope: RoundScope) -> Ways:
    return ways_of(request, "round_overview", round_id=scope.round_id)
