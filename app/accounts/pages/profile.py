# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""One's own account: name, address, password. Essential changes ask for the password again (CON.10.A12)."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from app.accounts.actions import profile
from app.accounts.actions.letters import send_email_code
from app.accounts.actions.passwords import change_password as set_password
from app.accounts.forms import read_email, read_name, secret, text
from app.accounts.oidc import name_of
from app.accounts.pages.notices import notify
from app.accounts.pages.proving import AgainOf, AsksAgain, Chosen
from app.accounts.password_rules import known_words
from app.accounts.queries import Person, require_person
from app.accounts.queries.belonging import municipality_names, recovery_codes_left, role_needs_second_factor
from app.accounts.queries.sessions import open_sessions
from app.accounts.views.profile import AccountPage, FormPage
from app.db import Db
from app.errors import Forbidden, Invalid, Problem
from app.i18n import N_
from app.permissions import AccountScope
from app.tokens import normalise
from app.web.access import SignedIn
from app.web.bodies import Posted
from app.web.dependencies import ClockOf, LimitsOf, SettingsOf
from app.web.templating import render_page
from app.web.urls import url

router = APIRouter(prefix="/konto")


@router.get("")
def my_account(
    request: Request,
    scope: SignedIn,
    db: Db,
    clock: ClockOf,
    settings: SettingsOf,
    getan: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Everything about one's own account."""
    page = AccountPage(
        person=require_person(db, scope.account_id),
        sessions=open_sessions(db, scope, clock.now(), settings),
        municipalities=municipality_names(db, scope.account_id),
        needs_second_factor=role_needs_second_factor(db, scope.account_id),
        recovery_codes=recovery_codes_left(db, scope.account_id),
        provider=name_of(settings),
        done=getan,
    )
    return render_page(request, "accounts/account.html", page)


@router.get("/name")
def name_form(request: Request, scope: SignedIn, db: Db) -> Response:
    """The name that others see."""
    return render_page(request, "accounts/name.html", FormPage(name=editable(db, scope).name))


@router.post("/name")
def rename(request: Request, scope: SignedIn, db: Db, posted: Posted) -> Response:
    """Change it."""
    editable(db, scope)
    typed = text(posted, "name")
    name = read_name(typed)
    if isinstance(name, Problem):
        return render_page(request, "accounts/name.html", FormPage(problems=(name,), name=typed), status=422)
    profile.rename(db, scope.account_id, name)
    return _done(request, "name")


@router.get("/passwort")
def password_form(request: Request, scope: SignedIn, db: Db, asks: AsksAgain) -> Response:
    """The password now, and the new one."""
    return render_page(
        request, "accounts/password.html", FormPage(asks, email=require_person(db, scope.account_id).email)
    )


@router.post("/passwort")
def change_password(request: Request, again: AgainOf, chosen: Chosen, scope: SignedIn, db: Db) -> Response:
    """Set the new one and sign out everywhere else."""
    me = require_person(db, scope.account_id)
    if not me.has_password:
        raise Forbidden
    about = (me.name, me.email, *municipality_names(db, scope.account_id))
    wanted = chosen.problem or known_words(chosen.typed, *about)
    if again.problems or wanted:
        problems = (*again.problems, *((wanted,) if wanted else ()))
        page = FormPage(again.asks, problems, email=me.email)
        return render_page(request, "accounts/password.html", page, status=422)
    set_password(db, scope, chosen.hash)
    notify(request, db, me, "password")
    return _done(request, "passwort")


@router.get("/email")
def email_form(request: Request, _scope: SignedIn, asks: AsksAgain, settings: SettingsOf) -> Response:
    """Another address, or who can change it where nothing can be sent."""
    return render_page(request, "accounts/email.html", FormPage(asks, sends_mail=settings.sends_mail))


@router.post("/email")
def ask_for_email(
    request: Request,
    again: AgainOf,
    scope: SignedIn,
    db: Db,
    posted: Posted,
    clock: ClockOf,
    settings: SettingsOf,
    limits: LimitsOf,
) -> Response:
    """Send a code to the new address; it counts once the code was typed in."""
    editable(db, scope)
    if not settings.sends_mail:
        raise Forbidden
    typed = text(posted, "email")
    email = read_email(typed)
    if isinstance(email, Problem) or again.problems:
        problems = (*((email,) if isinstance(email, Problem) else ()), *again.problems)
        page = FormPage(again.asks, problems, email=typed, sends_mail=True)
        return render_page(request, "accounts/email.html", page, status=422)
    limits.count(request, "forgot", of=f"email {scope.account_id}")  # whose address it is shows only with the code
    code = profile.email_code(db, scope.account_id, email, clock.now())
    send_email_code(db, recipient=email, name=scope.name, code=code, now=clock.now())
    return render_page(request, "accounts/email_code.html", FormPage(email=email))


@router.post("/email/bestaetigen")
def confirm_email(
    request: Request, scope: SignedIn, db: Db, posted: Posted, clock: ClockOf, limits: LimitsOf
) -> Response:
    """Take the address whose code was typed in; the former one is told."""
    email, me = text(posted, "email"), editable(db, scope)
    problem = _confirmed(db, scope, email, normalise(secret(posted, "email_code")), clock)
    if problem is None:
        notify(request, db, me, "email")
        return _done(request, "email")
    limits.count(request, "failed_for_account", of=scope.account_id)
    page = FormPage(problems=(problem,), email=email)
    return render_page(request, "accounts/email_code.html", page, status=422)


def editable(db: Db, scope: AccountScope) -> Person:
    """The account, if its name and address are kept here and do not come from the OpenID provider (O-20)."""
    found = require_person(db, scope.account_id)
    if found.has_oidc:
        raise Forbidden
    return found


def _confirmed(db: Db, scope: AccountScope, email: str, code: str | None, clock: ClockOf) -> Problem | None:
    if code is None or not profile.use_email_code(db, scope.account_id, email, code, clock.now()):
        return Problem("email_code", _WRONG_CODE)
    try:
        profile.change_email(db, scope.account_id, email)
    except Invalid as invalid:
        return Problem("email_code", invalid.problems[0].message)
    return None


def _done(request: Request, what: str) -> Response:
    return RedirectResponse(f"{url(request, 'my_account')}?getan={what}", 303)


_WRONG_CODE = N_("Dieser Code stimmt nicht oder ist abgelaufen. Bitte prüfen Sie jedes Zeichen.")
