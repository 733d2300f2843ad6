# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/glossar`: all terms alphabetically. Public."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.glossary.views import glossary_page
from app.web.dependencies import LibraryOf
from app.web.templating import language_of, render_page
from questionnaires.newest import newest

router = APIRouter()


@router.get("/glossar")
def glossary(request: Request, library: LibraryOf) -> Response:
    """Every word that the questions explain."""
    page = glossary_page(newest(library, language_of(request)))
    return render_page(request, "glossary/glossary.html", page, headers={"Cache-Control": "no-cache"})
