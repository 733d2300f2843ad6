# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signing in and out through the OpenID provider.

The provider leads back with GET, which changes nothing here. One press of our own button finishes, and by it the
browser has the cookie of the session (`SameSite=Strict`) at hand for the next page.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.accounts.actions.oidc import account_for, begin_login, connect, end_at_provider
from app.accounts.oidc import name_of
from app.accounts.oidc.cookie import drop_state, keep_state, require_state
from app.accounts.oidc.faults import Declined
from app.accounts.oidc.waiting import Arriving, Departing, Ending, WayOut, has_provider
from app.accounts.onward import Onward
from app.accounts.pages.entering import enter, onward_in
from app.accounts.queries import require_person
from app.accounts.views.oidc import ConnectPage, LeavePage, OutPage, ReturnPage
from app.db import Db
from app.errors import SignInNeeded
from app.permissions import AccountScope
from app.web.access import SignedIn
from app.web.access.accounts import prove_account, prove_password
from app.web.bodies import Posted
from app.web.dependencies import ClockOf, SettingsOf
from app.web.templating import render_page
from app.web.urls import url

router = APIRouter(dependencies=[Depends(has_provider)])
REPLY = ("code", "state", "iss")


@router.post("/anmelden/oidc")
def oidc_leave(
    request: Request, departing: Departing, db: Db, clock: ClockOf, posted: Posted, settings: SettingsOf
) -> Response:
    """On the way to the provider. Not a redirect: the policy for forms would stop it at other addresses there."""
    begin_login(db, departing, onward_in(request, posted.multi_items()).back, clock.now())
    page = LeavePage(name_of(settings), departing.address)
    headers = {"Refresh": f"0; url={departing.address}"}
    response = render_page(request, "accounts/oidc_leave.html", page, headers=headers)
    keep_state(request, response, departing.state)
    return response


@router.get("/anmelden/oidc/zurueck")
def oidc_return(request: Request, settings: SettingsOf) -> Response:
    """Back from the provider: a page with the button that finishes."""
    reply = request.query_params
    require_state(request, reply.get("state", ""))
    if "code" not in reply:
        raise Declined
    fields = tuple((name, reply[name]) for name in REPLY if name in reply)
    return render_page(request, "accounts/oidc_return.html", ReturnPage(name_of(settings), fields))


def prove_connecting(
    request: Request, arriving: Arriving, db: Db, clock: ClockOf, settings: SettingsOf, posted: Posted
) -> AccountScope | None:
    """Dependency: who connects the account that is signed in here; None if nobody is, or somebody only signs in."""
    if arriving.back != url(request, "oidc_connect_form"):
        return None
    try:
        return prove_account(request, db, posted, prove_password(request, db, clock, settings, posted))
    except SignInNeeded:
        return None


@router.post("/anmelden/oidc/zurueck")
def oidc_finish(
    request: Request,
    arriving: Arriving,
    db: Db,
    clock: ClockOf,
    owner: Annotated[AccountScope | None, Depends(prove_connecting, scope="function")],
) -> Response:
    """Sign in; or give the account that is signed in already to the person at the provider."""
    person = arriving.identity
    account_id = connect(db, owner, person) if owner else account_for(db, person)
    onward, proved = Onward(arriving.back), person.is_second_factor
    response = enter(request, db, account_id, now=clock.now(), proved=proved, onward=onward, oidc_sid=person.sid)
    drop_state(request, response)
    return response


@router.post("/anmelden/oidc/abmeldung")
def oidc_logout(ending: Ending, db: Db, clock: ClockOf) -> Response:
    """The back channel: the provider itself says, server to server, whose session is over."""
    end_at_provider(db, ending, clock.now())
    return Response(status_code=200)


@router.get("/anmelden/oidc/abmelden")
def oidc_way_out(request: Request, way_out: WayOut, settings: SettingsOf) -> Response:
    """Signed out here: offer to sign out at the provider too."""
    return render_page(request, "accounts/oidc_out.html", OutPage(name_of(settings), way_out))


@router.get("/anmelden/oidc/abgemeldet")
def oidc_out(request: Request, settings: SettingsOf) -> Response:
    """Back from the provider, signed out there too."""
    return render_page(request, "accounts/oidc_out.html", OutPage(name_of(settings), is_out_there=True))


@router.get("/konto/oidc")
def oidc_connect_form(request: Request, scope: SignedIn, db: Db, settings: SettingsOf) -> Response:
    """Give one's account to the provider instead of the password."""
    person = require_person(db, scope.account_id)
    back = url(request, "oidc_connect_form")
    page = ConnectPage(name_of(settings), person.email, person.has_oidc, back)
    return render_page(request, "accounts/oidc_connect.html", page)
