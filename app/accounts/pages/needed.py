# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""When a page is for people with an account and nobody is signed in: lead there and back, and keep what was typed.

Readers are redirected. A form that was sent after the session had ended gets the sign-in page with its fields kept
(A-18, lesson 3). To htmx a read is told to go there; a form stays as it is, and the live region says what to do.
"""

from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool

from app import i18n
from app.accounts.onward import Onward, without_secrets
from app.accounts.pages.entering import onward_in, second_step, with_back
from app.accounts.pages.signing_in import sign_in_page
from app.accounts.queries import Person, person_in
from app.db import SAFE_METHODS, Database
from app.errors import SecondFactorNeeded, SignInNeeded
from app.i18n import N_
from app.web.htmx import is_htmx, status_only
from app.web.logging import record
from app.web.templating import language_of
from app.web.urls import Places, own_address, route_template, url


def install(app: FastAPI) -> None:
    """The handler for both errors."""
    app.add_exception_handler(SignInNeeded, on_sign_in_needed)


async def on_sign_in_needed(request: Request, error: Exception) -> Response:
    """Lead to the step that is missing."""
    assert isinstance(error, SignInNeeded)  # noqa: S101  registered for this class only
    record(error.key, route=route_template(request), status=error.status)
    if is_htmx(request):
        return _for_htmx(request, error)
    if request.method in SAFE_METHODS:
        return RedirectResponse(_address(request, error, own_address(request)), 303)
    onward = _kept(request, error)
    if isinstance(error, SecondFactorNeeded) and (person := await _person(request)):
        return second_step(request, person, onward, status=error.status)
    return sign_in_page(request, request.app.state.settings, onward, is_over=True)


def _address(request: Request, error: SignInNeeded, back: str) -> str:
    places: Places = request.app.state.places
    name = "second_factor_form" if isinstance(error, SecondFactorNeeded) else "sign_in_form"
    return with_back(url(request, name), "" if back == places.home else back)


def _for_htmx(request: Request, error: SignInNeeded) -> Response:
    if request.method in SAFE_METHODS:
        return Response(status_code=error.status, headers={"HX-Redirect": _address(request, error, _page(request))})
    translate = i18n.translations(language_of(request)).gettext
    words = _STILL_HERE.format(translate(_OVER), url(request, "sign_in_form"), translate(_NEW_WINDOW))
    return status_only(request, words, error.status)


def _page(request: Request) -> str:
    """The page that htmx asked from, if it is one of ours."""
    places: Places = request.app.state.places
    parts = urlsplit(request.headers.get("hx-current-url", ""))
    address = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return address if address in places else ""


def _kept(request: Request, error: SignInNeeded) -> Onward:
    """The form that was sent; one of the way in was itself carrying another, and that one goes on."""
    places: Places = request.app.state.places
    address = str(request.scope["path"])
    if address in {url(request, "second_factor_form"), url(request, "set_up_form")}:
        return onward_in(request, error.typed)
    if not places.takes(address) or not error.typed:
        return Onward()
    return Onward(to=address, pairs=without_secrets(error.typed))


async def _person(request: Request) -> Person | None:
    database: Database = request.app.state.database
    async with database.request_session(write=False) as db:
        return await run_in_threadpool(person_in, db, request.state.account_session)


_STILL_HERE = Markup('<span class="failed">{} <a class="kern-link" href="{}" target="_blank">{}</a></span>')
_OVER = N_(
    "Nicht gespeichert: Ihre Anmeldung ist abgelaufen. Ihre Eingabe steht noch da. Melden Sie sich in einem neuen "
    "Fenster an und versuchen Sie es hier noch einmal."
)
_NEW_WINDOW = N_("In einem neuen Fenster anmelden")
