# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Set up the second factor, renew its recovery codes, take it away (X-15).

The secret travels in the form and is kept only once its first code was right: an account never has a second factor
that is set up by half, and looking at the page changes nothing.
"""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.accounts.actions.second_factor import renew_recovery_codes, take_away
from app.accounts.actions.second_factor import set_up as take_secret
from app.accounts.actions.sessions import begin_session, end_session
from app.accounts.forms import secret, text
from app.accounts.onward import Onward
from app.accounts.pages.entering import landing, onward_asked, onward_in, with_back
from app.accounts.pages.notices import notify
from app.accounts.pages.proving import Again, AgainOf, AsksAgain, wrong
from app.accounts.queries import Person, person_of, require_person
from app.accounts.queries.belonging import role_needs_second_factor
from app.accounts.queries.oidc import sid_of
from app.accounts.second_factor import digits_of, is_secret, matching_step, new_secret
from app.accounts.views.profile import FormPage
from app.accounts.views.signing_in import SetUpPage, recovery_page, set_up_page
from app.db import Db
from app.errors import NotAllowed, NotFound, Problem
from app.i18n import N_
from app.permissions import AccountScope
from app.web.access import PasswordOnly, SignedIn
from app.web.bodies import Posted
from app.web.dependencies import ClockOf, LimitsOf
from app.web.logging import record
from app.web.staff_session import keep_session
from app.web.templating import render_page
from app.web.urls import url

router = APIRouter(prefix="/konto/zweiter-faktor")


@router.get("")
def set_up_form(request: Request, scope: PasswordOnly, db: Db, asks: AsksAgain) -> Response:
    """A fresh secret, as picture and to type; nothing is kept yet."""
    onward, person = onward_asked(request), require_person(db, scope.account_id)
    if person.has_second_factor and not scope.has_second_factor:
        return RedirectResponse(with_back(url(request, "second_factor_form"), onward.back), 303)
    required = role_needs_second_factor(db, scope.account_id)
    page = _page(request, scope, person, onward, new_secret(), required=required, asks=asks)
    return render_page(request, "accounts/set_up.html", page)


@router.post("")
def set_up(
    request: Request, again: AgainOf, scope: PasswordOnly, db: Db, posted: Posted, clock: ClockOf, limits: LimitsOf
) -> Response:
    """Take the secret if its code is right, show the recovery codes, go on with a fresh session."""
    person, typed = require_person(db, scope.account_id), text(posted, "secret")
    if person.has_second_factor and not scope.has_second_factor:
        raise NotAllowed
    if not is_secret(typed):
        raise NotFound
    onward = onward_in(request, posted.multi_items())
    step, required = _step(typed, secret(posted, "code"), clock), role_needs_second_factor(db, scope.account_id)
    problems = _problems(again, step, asks=_asks_password(scope, person, required=required, asks=True))
    if step is None or problems:
        if step is None:
            wrong(request, limits, scope.account_id)
        page = _page(request, scope, person, onward, typed, required=required, asks=again.asks, problems=problems)
        return render_page(request, "accounts/set_up.html", page, status=422)
    codes = take_secret(db, scope.account_id, typed, step, keep_session=scope.session)
    notify(request, db, person, "second_factor")
    return _proved(request, db, scope, person, codes, onward, clock)


@router.get("/codes")
def renew_codes_form(request: Request, _scope: SignedIn, asks: AsksAgain) -> Response:
    """What renewing means, and the password again."""
    return render_page(request, "accounts/renew_codes.html", FormPage(asks))


@router.post("/codes")
def renew_codes(request: Request, again: AgainOf, scope: SignedIn, db: Db) -> Response:
    """Ten fresh codes; the former ones work no more."""
    person = require_person(db, scope.account_id)
    if again.problems or not person.has_second_factor:
        page = FormPage(again.asks, again.problems)
        return render_page(request, "accounts/renew_codes.html", page, status=422)
    codes = renew_recovery_codes(db, scope.account_id)
    shown = recovery_page(codes, Onward(), url(request, "my_account"), person.email)
    return render_page(request, "accounts/recovery_codes.html", shown)


@router.get("/entfernen")
def remove_second_factor_form(request: Request, _scope: SignedIn, asks: AsksAgain) -> Response:
    """What taking it away means, and the password again."""
    return render_page(request, "accounts/remove_second_factor.html", FormPage(asks))


@router.post("/entfernen")
def remove_second_factor(request: Request, again: AgainOf, scope: SignedIn, db: Db) -> Response:
    """Take it away, where no role needs it."""
    if role_needs_second_factor(db, scope.account_id):
        raise NotAllowed(
            text=N_("Für Ihre Aufgaben ist der zweite Schritt der Anmeldung nötig. Es wurde nichts geändert."),
            help=N_("Sie können stattdessen ein neues Gerät einrichten."),
        )
    if again.problems:
        page = FormPage(again.asks, again.problems)
        return render_page(request, "accounts/remove_second_factor.html", page, status=422)
    take_away(db, scope.account_id)
    notify(request, db, person_of(db, scope.account_id), "no_second_factor")
    return RedirectResponse(f"{url(request, 'my_account')}?getan=zweiter-faktor", 303)


def _proved(
    request: Request,
    db: Db,
    scope: AccountScope,
    person: Person,
    codes: tuple[str, ...],
    onward: Onward,
    clock: ClockOf,
) -> Response:
    """The recovery codes, and a session in which the second factor is proved, with a fresh token."""
    sid = sid_of(db, scope.session)
    end_session(db, scope.session)
    token = begin_session(db, scope.account_id, clock.now(), proved=True, oidc_sid=sid)
    page = recovery_page(codes, onward, onward.back or landing(request, person), person.email)
    response = render_page(request, "accounts/recovery_codes.html", page)
    keep_session(request, response, token)
    record("sign_in", proved=True)
    return response


def _page(
    request: Request,
    scope: AccountScope,
    person: Person,
    onward: Onward,
    typed: str,
    *,
    required: bool,
    asks: bool,
    problems: tuple[Problem, ...] = (),
) -> SetUpPage:
    if scope.has_second_factor or not required:
        request.state.account = scope  # signed in for good: the frame of the page shows it
    return set_up_page(
        typed,
        person.email,
        onward,
        asks_password=_asks_password(scope, person, required=required, asks=asks),
        is_required=required,
        replaces=person.has_second_factor,
        is_signing_in=required and not scope.has_second_factor,
        problems=problems,
    )


def _asks_password(scope: AccountScope, person: Person, *, required: bool, asks: bool) -> bool:
    """Not of somebody who is just signing in and has to set it up first: they gave it a moment ago (A-29)."""
    is_signing_in = required and not scope.has_second_factor
    return asks and (person.has_second_factor or not is_signing_in)


def _step(typed_secret: str, typed_code: str, clock: ClockOf) -> int | None:
    digits = digits_of(typed_code)
    return matching_step(typed_secret, digits, clock.now()) if digits else None


def _problems(again: Again, step: int | None, *, asks: bool) -> tuple[Problem, ...]:
    found = again.problems if asks else ()
    return found if step is not None else (*found, Problem("code", _WRONG))


_WRONG = N_(
    "Dieser Code passt nicht zu dem Bild auf dieser Seite. Haben Sie die Seite neu geladen? Dann fügen Sie das Konto "
    "in Ihrer App noch einmal hinzu. Sonst prüfen Sie, ob die Uhr Ihres Geräts richtig geht."
)
