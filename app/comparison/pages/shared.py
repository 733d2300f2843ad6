# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The comparison of a released round through the link: the same pages, read only."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.comparison.queries import Comparison, ComparisonPlace, load_comparison
from app.comparison.rendering import show_agenda, show_overview, show_question, show_section
from app.db import Db, DbRoute
from app.permissions import ReadingScope
from app.web.access import SharedReading
from app.web.dependencies import LibraryOf
from app.web.templating import language_of
from app.web.urls import url
from questionnaires.library import Library

router = APIRouter(route_class=DbRoute)


@router.get("/gemeinsam/{share}/vergleich")
def shared_comparison(request: Request, share: str, scope: SharedReading, db: Db, library: LibraryOf) -> Response:
    """Who was heard, where the groups agree, and where not."""
    return show_overview(request, _comparison(request, share, db, scope, library), db, scope)


@router.get("/gemeinsam/{share}/vergleich/agenda")
def shared_comparison_agenda(
    request: Request, share: str, scope: SharedReading, db: Db, library: LibraryOf
) -> Response:
    """The four heaps."""
    return show_agenda(request, _comparison(request, share, db, scope, library), db, scope)


@router.get("/gemeinsam/{share}/vergleich/abschnitt/{section_id}")
def shared_comparison_section(
    request: Request, share: str, section_id: str, scope: SharedReading, db: Db, library: LibraryOf
) -> Response:
    """The questions of one section."""
    return show_section(request, _comparison(request, share, db, scope, library), db, scope, section_id)


@router.get("/gemeinsam/{share}/vergleich/frage/{item_id}")
def shared_comparison_question(
    request: Request, share: str, item_id: str, scope: SharedReading, db: Db, library: LibraryOf
) -> Response:
    """One question, with what people wrote as far as it was released."""
    return show_question(request, _comparison(request, share, db, scope, library), db, scope, item_id)


def _comparison(request: Request, share: str, db: Db, scope: ReadingScope, library: Library) -> Comparison:
    place = ComparisonPlace(
        url(request, "shared_comparison", share=share),
        url(request, "shared_round_result", share=share),
        language_of(request),
    )
    return load_comparison(db, scope, library, place)
