# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the operator of the instance sees and does: the hub, all accounts, and one of them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from app.accounts.actions import administration as acts
from app.accounts.actions.inviting import send_invitation
from app.accounts.forms import read_email, read_name, text
from app.accounts.pages.notices import notify
from app.accounts.pages.proving import AgainOf, AsksAgain
from app.accounts.queries import require_person
from app.accounts.queries.belonging import left_alone, municipality_names
from app.accounts.queries.listing import all_accounts, found_accounts
from app.accounts.views.administration import ListPage, PersonPage
from app.db import Db
from app.errors import Invalid, Problem
from app.i18n import N_
from app.permissions import AccountScope, Action
from app.web.access import may_instance
from app.web.bodies import Posted
from app.web.dependencies import ClockOf, SettingsOf
from app.web.templating import render_page
from app.web.urls import absolute_url, url

router = APIRouter(prefix="/verwaltung")

Viewing = Annotated[AccountScope, Depends(may_instance(Action.INSTANCE_VIEW), scope="function")]
Managing = Annotated[AccountScope, Depends(may_instance(Action.INSTANCE_ACCOUNTS), scope="function")]
Done = Annotated[str, Query(max_length=20)]


@router.get("")
def administration(request: Request, _scope: Viewing) -> Response:
    """What there is to run."""
    return render_page(request, "accounts/administration.html", None)


@router.get("/konten")
def accounts(
    request: Request,
    scope: Managing,
    db: Db,
    asks: AsksAgain,
    seite: Annotated[int, Query(ge=1, le=100_000)] = 1,
    getan: Done = "",
) -> Response:
    """Everybody, by name."""
    page = ListPage(all_accounts(db, scope, seite), asks_password=asks, done=getan)
    return render_page(request, "accounts/list.html", page)


@router.post("/konten/suche")
def find_accounts(request: Request, scope: Managing, db: Db, posted: Posted, asks: AsksAgain) -> Response:
    """Those who fit; by POST, so that no name stands in an address (D-25)."""
    typed = text(posted, "search")
    if not typed:
        return RedirectResponse(url(request, "accounts"), 303)
    page = ListPage(found_accounts(db, scope, typed), typed, asks_password=asks)
    return render_page(request, "accounts/list.html", page)


@router.post("/konten")
def invite_operator(
    request: Request, again: AgainOf, scope: Managing, db: Db, posted: Posted, clock: ClockOf, settings: SettingsOf
) -> Response:
    """Somebody else runs the instance too: by mail, or by a link to hand over."""
    typed_email, typed_name = text(posted, "email"), text(posted, "name")
    email, name = read_email(typed_email), read_name(typed_name)
    page = ListPage(all_accounts(db, scope, 1), email=typed_email, name=typed_name, asks_password=again.asks)
    if isinstance(email, Problem) or isinstance(name, Problem) or again.problems:
        problems = tuple(found for found in (name, email, *again.problems) if isinstance(found, Problem))
        return render_page(request, "accounts/list.html", replace(page, problems=problems), status=422)
    invited = acts.invite_operator(db, scope, email=email, name=name, now=clock.now(), today=clock.today())
    address = _address(request, "invite", invited.token) if invited.token else absolute_url(request, "sign_in_form")
    if settings.sends_mail:
        send_invitation(
            db, recipient=email, name=name, what=_WHAT, address=address, is_new=bool(invited.token), by=scope.name,
            now=clock.now(),
        )  # fmt: skip
    if invited.token is None:  # who it is that has the account is for the operator to see
        return RedirectResponse(f"{url(request, 'account', account_id=invited.account_id)}?getan=verwaltung", 303)
    if settings.sends_mail:
        return RedirectResponse(f"{url(request, 'accounts')}?getan=eingeladen", 303)
    shown = ListPage(all_accounts(db, scope, 1), asks_password=again.asks, new_link=address)
    return render_page(request, "accounts/list.html", shown)


@router.get("/konten/{account_id}")
def account(request: Request, account_id: str, scope: Managing, db: Db, asks: AsksAgain, getan: Done = "") -> Response:
    """One account, and what can be done with it."""
    return render_page(request, "accounts/person.html", _page(db, scope, account_id, asks=asks, done=getan))


@router.post("/konten/{account_id}")
def change_account(
    request: Request, again: AgainOf, account_id: str, scope: Managing, db: Db, posted: Posted, clock: ClockOf
) -> Response:
    """Do what was chosen, once the operator gave the password again."""
    act = text(posted, "act")
    page = replace(_page(db, scope, account_id, asks=again.asks), act=act, email=text(posted, "email"))
    run = _ACTS.get(act)
    problems = (
        again.problems if run else (Problem("act", N_("Bitte wählen Sie, was Sie tun möchten.")), *again.problems)
    )
    if problems or run is None:
        return render_page(request, "accounts/person.html", replace(page, problems=problems), status=422)
    try:
        return run(request, db, scope, page, clock)
    except Invalid as invalid:
        return render_page(request, "accounts/person.html", replace(page, problems=invalid.problems), status=422)


def _disable(request: Request, db: Db, scope: AccountScope, page: PersonPage, clock: ClockOf) -> Response:
    notify(request, db, acts.disable(db, scope, page.person.account_id, clock.now()), "disabled")
    return _back(request, page, "gesperrt")


def _enable(request: Request, db: Db, scope: AccountScope, page: PersonPage, clock: ClockOf) -> Response:
    acts.enable(db, scope, page.person.account_id, clock.now())
    return _back(request, page, "entsperrt")


def _sign_out(request: Request, db: Db, scope: AccountScope, page: PersonPage, clock: ClockOf) -> Response:
    acts.sign_out_everywhere(db, scope, page.person.account_id, clock.now())
    return _back(request, page, "abgemeldet")


def _reset_second_factor(request: Request, db: Db, scope: AccountScope, page: PersonPage, clock: ClockOf) -> Response:
    acts.reset_second_factor(db, scope, page.person.account_id, clock.now())
    notify(request, db, page.person, "no_second_factor")
    return _back(request, page, "zweiter-faktor")


def _new_link(request: Request, db: Db, scope: AccountScope, page: PersonPage, clock: ClockOf) -> Response:
    purpose, token = acts.fresh_link(db, scope, page.person, clock.now())
    shown = replace(page, new_link=_address(request, purpose, token), is_invitation=purpose == "invite", act="")
    return render_page(request, "accounts/person.html", shown)


def _change_email(request: Request, db: Db, scope: AccountScope, page: PersonPage, clock: ClockOf) -> Response:
    email = read_email(page.email)
    if isinstance(email, Problem):
        raise Invalid(email)
    notify(request, db, acts.change_email(db, scope, page.person.account_id, email, clock.now()), "email")
    return _back(request, page, "email")


def _delete(request: Request, db: Db, scope: AccountScope, page: PersonPage, clock: ClockOf) -> Response:
    notify(request, db, acts.delete_somebody(db, scope, page.person.account_id, clock.now()), "deleted")
    return RedirectResponse(f"{url(request, 'accounts')}?getan=geloescht", 303)


def _page(db: Db, scope: AccountScope, account_id: str, *, asks: bool, done: str = "") -> PersonPage:
    return PersonPage(
        person=require_person(db, account_id),
        municipalities=municipality_names(db, account_id),
        is_me=account_id == scope.account_id,
        asks_password=asks,
        done=done,
        left=left_alone(db, account_id),
    )


def _back(request: Request, page: PersonPage, done: str) -> Response:
    address = url(request, "account", account_id=page.person.account_id)
    return RedirectResponse(f"{address}?getan={done}", 303)


def _address(request: Request, purpose: str, token: str) -> str:
    return absolute_url(request, "invitation_form" if purpose == "invite" else "reset_form", link=token)


Act = Callable[[Request, Db, AccountScope, PersonPage, ClockOf], Response]
_ACTS: dict[str, Act] = {
    "link": _new_link,
    "email": _change_email,
    "sign_out": _sign_out,
    "second_factor": _reset_second_factor,
    "disable": _disable,
    "enable": _enable,
    "delete": _delete,
}
_WHAT = "Sie sollen diese Instanz mit verwalten: Kommunen und Konten anlegen."
