# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who belongs to a municipality: seen by all of them, changed by its coordinators."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from app.accounts.actions.welcoming import Ways, Welcomed
from app.accounts.ways import ways_of
from app.db import Db
from app.errors import Invalid, Problem
from app.municipalities.actions.inviting import invite_again, invite_person
from app.municipalities.actions.people import change_role, remove_person
from app.municipalities.forms import GuestValues, guest_values_from, read_guest, read_role
from app.municipalities.queries.facts import municipality_of
from app.municipalities.queries.people import member_of, members_of
from app.municipalities.views.own import MunicipalityPage, RemovePage, rights_of
from app.permissions import Action, MunicipalityScope
from app.web.access import may_municipality
from app.web.bodies import Posted, fields_of
from app.web.dependencies import ClockOf
from app.web.templating import render_page
from app.web.urls import url

router = APIRouter(prefix="/kommune/{municipality_id}")

Viewing = Annotated[MunicipalityScope, Depends(may_municipality(Action.MUNICIPALITY_VIEW), scope="function")]
Changing = Annotated[MunicipalityScope, Depends(may_municipality(Action.MUNICIPALITY_PEOPLE), scope="function")]


@router.get("/")
def municipality_home(request: Request, scope: Viewing, db: Db) -> Response:
    """The municipality, its people, and the way to its rounds."""
    return _show(request, scope, db)


@router.post("/einladen")
def invite_member(request: Request, scope: Changing, db: Db, posted: Posted, clock: ClockOf) -> Response:
    """Invite somebody; a link to be handed over is shown on this page only."""
    values = guest_values_from(fields_of(posted))
    guest = read_guest(values)
    if isinstance(guest, tuple):
        return _show(request, scope, db, values, guest)
    try:
        welcomed = invite_person(db, scope, guest, _ways(request, scope), now=clock.now(), today=clock.today())
    except Invalid as invalid:
        return _show(request, scope, db, values, invalid.problems)
    return _show(request, scope, db, welcomed=welcomed)


@router.post("/personen/{account_id}/einladen")
def invite_member_again(request: Request, account_id: str, scope: Changing, db: Db, clock: ClockOf) -> Response:
    """A new link for somebody whose invitation is still open."""
    welcomed = invite_again(db, scope, account_id, _ways(request, scope), now=clock.now(), today=clock.today())
    return _show(request, scope, db, welcomed=welcomed)


@router.post("/personen/{account_id}/rolle")
def change_member_role(
    request: Request, account_id: str, scope: Changing, db: Db, posted: Posted, clock: ClockOf
) -> Response:
    """Make somebody a coordinator or a member."""
    role = read_role(fields_of(posted))
    change_role(db, scope, account_id, role, now=clock.now())
    return _onward(request, scope)


@router.get("/personen/{account_id}/entfernen")
def remove_member_form(request: Request, account_id: str, scope: Changing, db: Db) -> Response:
    """What removing means, before it is done."""
    member = member_of(db, scope, account_id)
    page = RemovePage(municipality_of(db, scope), member, is_me=account_id == scope.account.account_id)
    return render_page(request, "municipalities/remove.html", page)


@router.post("/personen/{account_id}/entfernen")
def remove_member(request: Request, account_id: str, scope: Changing, db: Db, clock: ClockOf) -> Response:
    """From now on this person sees nothing of the municipality."""
    remove_person(db, scope, account_id, now=clock.now())
    if account_id == scope.account.account_id:
        return RedirectResponse(url(request, "my_municipalities"), 303)
    return _onward(request, scope)


def _show(
    request: Request,
    scope: MunicipalityScope,
    db: Db,
    values: GuestValues | None = None,
    problems: tuple[Problem, ...] = (),
    welcomed: Welcomed | None = None,
) -> Response:
    page = MunicipalityPage(
        municipality=municipality_of(db, scope),
        members=members_of(db, scope),
        me=scope.account.account_id,
        may=rights_of(scope),
        values=values or GuestValues(),
        problems=problems,
        welcomed=welcomed,
    )
    return render_page(request, "municipalities/home.html", page, status=422 if problems else 200)


def _ways(request: Request, scope: MunicipalityScope) -> Ways:
    return ways_of(request, "municipality_home", municipality_id=scope.municipality_id)


def _onward(request: Request, scope: MunicipalityScope) -> Response:
    return RedirectResponse(url(request, "municipality_home", municipality_id=scope.municipality_id), 303)
