# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The last step of every way in, and where it leads: to the second factor, to what was asked for, or to one's work.

Signing in with a password, through a link and through an OpenID provider all end in `enter`.
"""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from app.accounts.actions.sessions import begin_session, end_session
from app.accounts.onward import BACK, Onward, onward_from
from app.accounts.queries import Person, person_of
from app.accounts.second_factor import new_secret
from app.accounts.views.signing_in import CodePage, KeptPage, set_up_page
from app.db import Db
from app.tokens import digest
from app.web.access.accounts import needs_second_factor
from app.web.logging import record
from app.web.staff_session import keep_session, session_token
from app.web.templating import render_page
from app.web.urls import Places, url


def enter(
    request: Request,
    db: Db,
    account_id: str,
    *,
    now: datetime,
    proved: bool,
    onward: Onward,
    oidc_sid: str | None = None,
) -> Response:
    """Begin a session with a fresh token, end the one this browser had, and lead on (X-18).

    `proved`: the second factor was given too.
    """
    former = session_token(request)
    if former:
        end_session(db, digest(former))
    token = begin_session(db, account_id, now, proved=proved, oidc_sid=oidc_sid)
    db.flush()
    response = next_step(request, db, account_id, proved=proved, onward=onward)
    keep_session(request, response, token)
    record("sign_in", proved=proved)
    return response


def next_step(request: Request, db: Db, account_id: str, *, proved: bool, onward: Onward) -> Response:
    """What comes after a step of signing in: the second factor where it is missing, else where it was to go."""
    person = person_of(db, account_id)
    if person is None or proved or not needs_second_factor(db, account_id):
        return arrived(request, onward, person)
    if onward.to:
        return second_step(request, person, onward)
    name = "second_factor_form" if person.has_second_factor else "set_up_form"
    return RedirectResponse(with_back(url(request, name), onward.back), 303)


def second_step(request: Request, person: Person, onward: Onward, status: int = 200) -> Response:
    """The page for the second factor at once, without a redirect: it carries what was typed before."""
    if person.has_second_factor:
        return render_page(request, "accounts/code.html", CodePage(onward), status=status)
    page = set_up_page(
        new_secret(), person.email, onward, asks_password=False, is_required=True, replaces=False, is_signing_in=True
    )
    return render_page(request, "accounts/set_up.html", page, status=status)


def arrived(request: Request, onward: Onward, person: Person | None) -> Response:
    """Everything is proved: to the form that was typed, the page that was asked for, or one's work."""
    if onward.to:
        return render_page(request, "accounts/kept.html", KeptPage(onward))
    return RedirectResponse(onward.back or landing(request, person), 303)


def landing(request: Request, person: Person | None = None) -> str:
    """Where somebody goes who asked for no page: an operator to the instance, everybody else to their rounds."""
    return url(request, "administration" if person and person.is_operator else "rounds")


def onward_asked(request: Request) -> Onward:
    """Where the address of a page wants to go on: a page to read. A form comes from the person's own browser only.

    An address can be written by anybody. With a form in it, a link from elsewhere would let somebody who signs in send
    what they never typed.
    """
    return onward_in(request, ((name, value) for name, value in request.query_params.multi_items() if name == BACK))


def onward_in(request: Request, pairs: Iterable[tuple[str, object]]) -> Onward:
    """Where it is to go on, from the fields of a form of ours; only to places of ours (X-05)."""
    places: Places = request.app.state.places
    onward = onward_from(
        ((name, value) for name, value in pairs if isinstance(value, str)), places.__contains__, places.takes
    )
    return Onward("", onward.to, onward.pairs) if onward.back == places.home else onward


def with_back(address: str, back: str) -> str:
    """An address that says where to go afterwards."""
    return f"{address}?{urlencode({BACK: back})}" if back else address
