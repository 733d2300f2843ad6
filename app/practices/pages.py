# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/praxis`: all examples, filtered with or without script, and each on a page of its own. Public."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.i18n import translations
from app.paging import read_number
from app.practices.filters import Filters
from app.practices.forms import parameters_of, read_filters
from app.practices.queries import catalogue, entry_of
from app.practices.views.example import Address, example_page
from app.practices.views.listing import list_page
from app.web.dependencies import LibraryOf
from app.web.htmx import fragments, is_htmx
from app.web.templating import language_of, render_page
from app.web.urls import url

router = APIRouter()
PUBLIC = {"Cache-Control": "no-cache"}


@router.get("/praxis")
def practices(request: Request, library: LibraryOf) -> Response:
    """The list; htmx gets what the filters change."""
    language = language_of(request)
    filters, number = read_filters(request.query_params), read_number(request.query_params)
    page = list_page(catalogue(library, language), filters, number, _address(request))
    if is_htmx(request):
        count = page.examples.count
        told = translations(language).ngettext("{count} Beispiel", "{count} Beispiele", count).format(count=count)
        return fragments(request, "practices/_examples.html", page.examples, status=told)
    return render_page(request, "practices/list.html", page, headers=PUBLIC)


@router.get("/praxis/{practice_id}")
def practice(request: Request, practice_id: str, library: LibraryOf) -> Response:
    """One example."""
    language = language_of(request)
    entry = entry_of(library, practice_id, language)
    page = example_page(entry, catalogue(library, language), _address(request))
    return render_page(request, "practices/example.html", page, headers=PUBLIC)


def _address(request: Request) -> Address:
    base = url(request, "practices")

    def address(filters: Filters, number: int) -> str:
        query = urlencode(parameters_of(filters, number))
        return f"{base}?{query}" if query else base

    return address
