# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sign in: address and password, then the code of the second factor; and out again."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.accounts.actions.passwords import admit
from app.accounts.actions.second_factor import prove
from app.accounts.actions.sessions import end_session
from app.accounts.forms import secret
from app.accounts.oidc import name_of
from app.accounts.onward import Onward
from app.accounts.pages.entering import arrived, enter, landing, onward_asked, onward_in, with_back
from app.accounts.pages.proving import Tried, TriedOf, wrong
from app.accounts.queries import person_of
from app.accounts.queries.oidc import is_at_provider, sid_of
from app.accounts.views.signing_in import CodePage, SignInPage
from app.db import Db
from app.errors import Problem
from app.i18n import N_
from app.settings import Settings
from app.tokens import digest
from app.web.access import PasswordOnly
from app.web.bodies import Posted
from app.web.dependencies import ClockOf, LimitsOf, SettingsOf
from app.web.logging import record
from app.web.staff_session import drop_session, session_token
from app.web.templating import render_page
from app.web.urls import url

router = APIRouter()


@router.get("/anmelden")
def sign_in_form(request: Request, settings: SettingsOf) -> Response:
    """Address and password; who is signed in already goes on with one click (links in mails bring no cookie)."""
    return sign_in_page(request, settings, onward_asked(request))


@router.post("/anmelden")
def sign_in(request: Request, tried: TriedOf, db: Db, posted: Posted, clock: ClockOf, settings: SettingsOf) -> Response:
    """Begin a session, with a token nobody held before."""
    onward = onward_in(request, posted.multi_items())
    account_id = _admitted(db, tried)
    if account_id is None:
        return sign_in_page(request, settings, onward, email=tried.email, problems=tried.problems or (_LOCKED,))
    return enter(request, db, account_id, now=clock.now(), proved=False, onward=onward)


@router.get("/anmelden/code")
def second_factor_form(request: Request, scope: PasswordOnly, db: Db) -> Response:
    """The code of the second factor."""
    onward = onward_asked(request)
    person = person_of(db, scope.account_id)
    if scope.has_second_factor or person is None:
        return arrived(request, onward, person)
    if not person.has_second_factor:
        return RedirectResponse(with_back(url(request, "set_up_form"), onward.back), 303)
    return render_page(request, "accounts/code.html", CodePage(onward))


@router.post("/anmelden/code")
def second_factor(
    request: Request, scope: PasswordOnly, db: Db, posted: Posted, clock: ClockOf, limits: LimitsOf
) -> Response:
    """Take the code, once, and go on with a fresh session."""
    onward, typed = onward_in(request, posted.multi_items()), secret(posted, "code")
    limits.require(request, "failed_for_account", of=scope.account_id)
    if prove(db, scope.account_id, typed, clock.now()):
        sid = sid_of(db, scope.session)
        return enter(request, db, scope.account_id, now=clock.now(), proved=True, onward=onward, oidc_sid=sid)
    if typed.strip():
        wrong(request, limits, scope.account_id)
    problem = Problem("code", _WRONG_CODE if typed.strip() else N_("Bitte geben Sie den Code aus Ihrer App ein."))
    return render_page(request, "accounts/code.html", CodePage(onward, (problem,)), status=422)


@router.post("/abmelden")
def sign_out(request: Request, db: Db, settings: SettingsOf) -> Response:
    """End the session on the server and in the browser; somebody who is out already is out."""
    token, page = session_token(request), "signed_out"
    if token:
        page = "oidc_way_out" if settings.has_oidc and is_at_provider(db, digest(token)) else page
        end_session(db, digest(token))
        record("sign_out")
    response = RedirectResponse(url(request, page), 303)
    drop_session(request, response)
    return response


@router.get("/abgemeldet")
def signed_out(request: Request) -> Response:
    """That it worked."""
    return render_page(request, "accounts/signed_out.html", None)


def sign_in_page(
    request: Request,
    settings: Settings,
    onward: Onward,
    *,
    email: str = "",
    problems: tuple[Problem, ...] = (),
    is_over: bool = False,
) -> Response:
    """The page, with what was typed before kept in it; 422 with what is wrong, 401 where a session was over."""
    page = SignInPage(email, onward, problems, name_of(settings), is_over, landing(request))
    return render_page(request, "accounts/sign_in.html", page, status=401 if is_over else 422 if problems else 200)


def _admitted(db: Db, tried: Tried) -> str | None:
    found = tried.found
    if found is None or found.password_hash is None:
        return None
    if admit(db, found.account_id, found.password_hash, tried.renewed_hash):
        return found.account_id
    record("sign_in_refused")
    return None


_LOCKED = Problem(
    "email", N_("Dieses Konto ist gesperrt. Bitte fragen Sie die Stelle, die diesen Selbstcheck betreibt.")
)
_WRONG_CODE = N_(
    "Dieser Code stimmt nicht oder wurde schon benutzt. Bitte warten Sie, bis Ihre App einen neuen zeigt. Geht das "
    "nicht, nehmen Sie einen Ihrer Codes für den Notfall."
)
