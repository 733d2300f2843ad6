# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""One implementation for both addresses of a comparison: one's own, and that of the link.

With fewer responses than n_min every page is the first one, which then tells the counts and nothing else (M7.1).
"""

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.comparison.queries import Comparison
from app.comparison.views.agenda import agenda_page
from app.comparison.views.overview import overview_page
from app.comparison.views.question import question_page
from app.comparison.views.section import section_page
from app.permissions import ReadingScope
from app.rounds.queries.released import commented_items, comments_on
from app.web.templating import render_page


def show_overview(request: Request, comparison: Comparison, db: Session, scope: ReadingScope) -> Response:
    """The first page."""
    page = overview_page(comparison, commented_items(db, scope))
    return render_page(request, "comparison/overview.html", page)


def show_agenda(request: Request, comparison: Comparison, db: Session, scope: ReadingScope) -> Response:
    """The proposal for an agenda."""
    if comparison.too_few:
        return show_overview(request, comparison, db, scope)
    return render_page(request, "comparison/agenda.html", agenda_page(comparison))


def show_section(
    request: Request, comparison: Comparison, db: Session, scope: ReadingScope, section_id: str
) -> Response:
    """The questions of a section; `ordnung` in the address says in which order."""
    if comparison.too_few:
        return show_overview(request, comparison, db, scope)
    order = request.query_params.get("ordnung", "")
    return render_page(request, "comparison/section.html", section_page(comparison, section_id, order))


def show_question(request: Request, comparison: Comparison, db: Session, scope: ReadingScope, item_id: str) -> Response:
    """One question."""
    if comparison.too_few:
        return show_overview(request, comparison, db, scope)
    page = question_page(comparison, item_id, comments_on(db, scope, item_id))
    return render_page(request, "comparison/question.html", page)
