# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/verwaltung/kommunen`: the municipalities of this instance, for the operator, who sees no round and no result."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from app.accounts.actions.welcoming import Ways, Welcomed
from app.accounts.ways import ways_of
from app.db import Db
from app.errors import Invalid, Problem
from app.fields import one_line
from app.municipalities.actions.inviting import invite_coordinator, invite_coordinator_again
from app.municipalities.actions.running import delete_municipality, edit_as_operator
from app.municipalities.forms import (
    GuestValues,
    guest_values_from,
    read_facts,
    read_guest,
    read_search,
    values_from,
)
from app.municipalities.queries.facts import extent_of, operated
from app.municipalities.queries.listing import listing
from app.municipalities.queries.people import coordinators_of
from app.municipalities.views.operator import DeletePage, ListPage, OperatedPage
from app.municipalities.views.own import EditPage, values_of
from app.paging import read_number
from app.permissions import AccountScope, Action, Role
from app.web.access import may_instance
from app.web.bodies import Posted, fields_of
from app.web.dependencies import ClockOf
from app.web.templating import render_page
from app.web.urls import url

router = APIRouter(prefix="/verwaltung/kommunen")

Operating = Annotated[AccountScope, Depends(may_instance(Action.INSTANCE_MUNICIPALITIES), scope="function")]


@router.get("")
def instance_municipalities(request: Request, account: Operating, db: Db) -> Response:
    """All of them, searched, a page at a time."""
    typed, number = read_search(request.query_params), read_number(request.query_params)
    found = listing(db, account, typed, number)
    page = ListPage(
        typed=typed,
        listing=found,
        before=_page_address(request, typed, found.number - 1) if found.number > 1 else "",
        after=_page_address(request, typed, found.number + 1) if found.number < found.pages else "",
        deleted="geloescht" in request.query_params,
    )
    return render_page(request, "municipalities/list.html", page)


@router.get("/{municipality_id}")
def operated_municipality(request: Request, municipality_id: str, account: Operating, db: Db) -> Response:
    """Its facts and who coordinates it."""
    return _show(request, account, db, municipality_id)


@router.post("/{municipality_id}/einladen")
def invite_first_coordinator(
    request: Request, municipality_id: str, account: Operating, db: Db, posted: Posted, clock: ClockOf
) -> Response:
    """Invite a coordinator; a link to be handed over is shown on this page only."""
    typed = fields_of(posted)
    values = guest_values_from(typed | {"role": Role.COORDINATOR.value})
    guest = read_guest(values)
    if isinstance(guest, tuple):
        return _show(request, account, db, municipality_id, values, guest)
    now, today, ways = clock.now(), clock.today(), _ways(request, municipality_id)
    try:
        welcomed = invite_coordinator(db, account, municipality_id, guest, ways, now=now, today=today)
    except Invalid as invalid:
        return _show(request, account, db, municipality_id, values, invalid.problems)
    return _show(request, account, db, municipality_id, welcomed=welcomed)


@router.post("/{municipality_id}/personen/{account_id}/einladen")
def invite_first_coordinator_again(
    request: Request, municipality_id: str, account_id: str, account: Operating, db: Db, clock: ClockOf
) -> Response:
    """A new link for a coordinator whose invitation is still open."""
    now, today, ways = clock.now(), clock.today(), _ways(request, municipality_id)
    welcomed = invite_coordinator_again(db, account, municipality_id, account_id, ways, now=now, today=today)
    return _show(request, account, db, municipality_id, welcomed=welcomed)


@router.get("/{municipality_id}/angaben")
def operated_facts(request: Request, municipality_id: str, account: Operating, db: Db) -> Response:
    """Name, type and inhabitants, to be changed."""
    found = operated(db, account, municipality_id)
    return render_page(request, "municipalities/edit.html", EditPage(found, values_of(found), as_operator=True))


@router.post("/{municipality_id}/angaben")
def save_operated_facts(
    request: Request, municipality_id: str, account: Operating, db: Db, posted: Posted, clock: ClockOf
) -> Response:
    """Change them; rounds keep theirs (R-05)."""
    values = values_from(fields_of(posted))
    facts = read_facts(values)
    if isinstance(facts, tuple):
        page = EditPage(operated(db, account, municipality_id), values, as_operator=True, problems=facts)
        return render_page(request, "municipalities/edit.html", page, status=422)
    edit_as_operator(db, account, municipality_id, facts, now=clock.now())
    return RedirectResponse(url(request, "operated_municipality", municipality_id=municipality_id), 303)


@router.get("/{municipality_id}/loeschen")
def delete_municipality_form(request: Request, municipality_id: str, account: Operating, db: Db) -> Response:
    """What goes with it, before it is deleted."""
    page = DeletePage(operated(db, account, municipality_id), extent_of(db, account, municipality_id))
    return render_page(request, "municipalities/delete.html", page)


@router.post("/{municipality_id}/loeschen")
def delete_operated_municipality(
    request: Request, municipality_id: str, account: Operating, db: Db, posted: Posted, clock: ClockOf
) -> Response:
    """Delete it; with rounds only for who typed its name."""
    typed = one_line(str(posted.get("name", "")))
    try:
        delete_municipality(db, account, municipality_id, typed, now=clock.now())
    except Invalid as invalid:
        found, extent = operated(db, account, municipality_id), extent_of(db, account, municipality_id)
        page = DeletePage(found, extent, typed, invalid.problems)
        return render_page(request, "municipalities/delete.html", page, status=422)
    return RedirectResponse(url(request, "instance_municipalities") + "?geloescht", 303)


def _show(
    request: Request,
    account: AccountScope,
    db: Db,
    municipality_id: str,
    values: GuestValues | None = None,
    problems: tuple[Problem, ...] = (),
    welcomed: Welcomed | None = None,
) -> Response:
    page = OperatedPage(
        municipality=operated(db, account, municipality_id),
        coordinators=coordinators_of(db, account, municipality_id),
        values=values or GuestValues(role=Role.COORDINATOR.value),
        problems=problems,
        welcomed=welcomed,
    )
    return render_page(request, "municipalities/operated.html", page, status=422 if problems else 200)


def _ways(request: Request, municipality_id: str) -> Ways:
    return ways_of(request, "municipality_home", municipality_id=municipality_id)


def _page_address(request: Request, typed: str, number: int) -> str:
    query = urlencode(({"suche": typed} if typed else {}) | {"seite": str(number)})
    return f"{url(request, 'instance_municipalities')}?{query}"
