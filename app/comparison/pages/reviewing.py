# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Moderation reads what people wrote before others do, and releases or hides each (D-11)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.comparison.actions import review_comment
from app.comparison.forms import read_review
from app.comparison.pages.own import comparison_for
from app.comparison.views.comments import comments_view
from app.db import Db, DbRoute
from app.permissions import Action, RoundScope
from app.rounds.queries.released import comments_on
from app.web.access import MayRead, may_round
from app.web.bodies import Posted
from app.web.dependencies import ClockOf, LibraryOf
from app.web.htmx import fragments, is_htmx
from app.web.urls import url

router = APIRouter(route_class=DbRoute)

Reviewing = Annotated[RoundScope, Depends(may_round(Action.ROUND_COMMENTS), scope="function")]


@router.post("/durchgang/{round_id}/vergleich/frage/{item_id}/kommentare")
def review(
    request: Request,
    item_id: str,
    scope: Reviewing,
    reading: MayRead,  # only once the result was released to this person
    posted: Posted,
    db: Db,
    clock: ClockOf,
    library: LibraryOf,
) -> Response:
    """Release or hide one comment; the list answers at once."""
    decision = read_review(posted)
    review_comment(db, scope, item_id, decision.stelle, shown=decision.shown, now=clock.now())
    if not is_htmx(request):
        address = url(request, "comparison_question", round_id=scope.round_id, item_id=item_id)
        return RedirectResponse(f"{address}#kommentare", 303)
    comparison = comparison_for(request, db, reading, library)
    comments = comments_view(comparison, item_id, comments_on(db, reading, item_id))
    told = comparison.texts.gettext("Freigegeben.") if decision.shown else comparison.texts.gettext("Verborgen.")
    return fragments(request, "comparison/_comments.html", comments, status=told)
