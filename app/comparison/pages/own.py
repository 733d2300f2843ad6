# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The comparison of a released round, for those it was released to."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.comparison.queries import Comparison, ComparisonPlace, load_comparison
from app.comparison.rendering import show_agenda, show_overview, show_question, show_section
from app.db import Db, DbRoute
from app.permissions import ReadingScope
from app.web.access import MayRead
from app.web.dependencies import LibraryOf
from app.web.templating import language_of
from app.web.urls import url
from questionnaires.library import Library

router = APIRouter(route_class=DbRoute)


@router.get("/durchgang/{round_id}/vergleich")
def comparison(request: Request, scope: MayRead, db: Db, library: LibraryOf) -> Response:
    """Who was heard, where the groups agree, and where not."""
    return show_overview(request, comparison_for(request, db, scope, library), db, scope)


@router.get("/durchgang/{round_id}/vergleich/agenda")
def comparison_agenda(request: Request, scope: MayRead, db: Db, library: LibraryOf) -> Response:
    """The four heaps."""
    return show_agenda(request, comparison_for(request, db, scope, library), db, scope)


@router.get("/durchgang/{round_id}/vergleich/abschnitt/{section_id}")
def comparison_section(request: Request, section_id: str, scope: MayRead, db: Db, library: LibraryOf) -> Response:
    """The questions of one section."""
    return show_section(request, comparison_for(request, db, scope, library), db, scope, section_id)


@router.get("/durchgang/{round_id}/vergleich/frage/{item_id}")
def comparison_question(request: Request, item_id: str, scope: MayRead, db: Db, library: LibraryOf) -> Response:
    """One question, with what people wrote."""
    return show_question(request, comparison_for(request, db, scope, library), db, scope, item_id)


def comparison_for(request: Request, db: Db, scope: ReadingScope, library: Library) -> Comparison:
    """The comparison at its own address."""
    place = ComparisonPlace(
        url(request, "comparison", round_id=scope.round_id),
        url(request, "round_result", round_id=scope.round_id),
        language_of(request),
    )
    return load_comparison(db, scope, library, place)
