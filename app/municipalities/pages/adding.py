# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Add a municipality: pick it in the register or type it freely (R-04, R-06). For the operator."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from app.db import Db
from app.errors import Invalid, NotFound
from app.i18n import translations
from app.municipalities.actions.running import add_municipality
from app.municipalities.forms import Values, read_facts, read_search, values_from
from app.municipalities.queries.register import Found, Matches, entry_of, search, status_of
from app.municipalities.views.operator import DetailsPage, PickerPage
from app.permissions import AccountScope, Action
from app.web.access import may_instance
from app.web.bodies import Posted, fields_of
from app.web.dependencies import ClockOf
from app.web.htmx import fragments, is_htmx
from app.web.templating import language_of, render_page
from app.web.urls import url

router = APIRouter(prefix="/verwaltung/kommunen/neu")

Operating = Annotated[AccountScope, Depends(may_instance(Action.INSTANCE_MUNICIPALITIES), scope="function")]


@router.get("")
def pick_municipality(request: Request, _account: Operating, db: Db) -> Response:
    """The search in the register; htmx gets the matches while somebody types."""
    matches = search(db, read_search(request.query_params))
    if is_htmx(request):
        return fragments(request, "municipalities/_matches.html", matches, status=_told(request, matches))
    return render_page(request, "municipalities/pick.html", PickerPage(matches, status_of(db)))


@router.get("/angaben")
def describe_municipality(request: Request, _account: Operating, db: Db) -> Response:
    """The form: filled from the register, or empty for a free entry."""
    ars = request.query_params.get("ars", "")
    entry = entry_of(db, ars) if ars else None
    if ars and entry is None:
        raise NotFound
    values = _values_of(entry) if entry else Values(name=read_search(request.query_params))
    return render_page(request, "municipalities/details.html", DetailsPage(values, entry, status_of(db)))


@router.post("/angaben")
def create_municipality(request: Request, account: Operating, db: Db, posted: Posted, clock: ClockOf) -> Response:
    """Add it, and go on to the invitation of its coordinator."""
    values = values_from(fields_of(posted))
    facts = read_facts(values)
    problems = facts if isinstance(facts, tuple) else ()
    try:
        if not isinstance(facts, tuple):
            ars = values.ars or None
            made = add_municipality(db, account, facts, ars, now=clock.now(), today=clock.today())
            return RedirectResponse(url(request, "operated_municipality", municipality_id=made), 303)
    except Invalid as invalid:
        problems = invalid.problems
    page = DetailsPage(values, entry_of(db, values.ars), status_of(db), problems)
    return render_page(request, "municipalities/details.html", page, status=422)


def _values_of(entry: Found) -> Values:
    return Values(entry.name, entry.proposed_type, str(entry.population or ""), entry.ars)


def _told(request: Request, matches: Matches) -> str:
    """How many there are, for who does not see the list grow."""
    words = translations(language_of(request))
    count = len(matches.entries)
    if matches.has_more:
        return words.gettext("Mehr als {count} Treffer").format(count=count)
    return words.ngettext("{count} Treffer", "{count} Treffer", count).format(count=count)
