# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Take part in a round: what it is about, begin, and make room for the next person."""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app import tokens
from app.clock import Clock
from app.db import Db
from app.errors import Problem, TicketUsed
from app.permissions import EntryScope
from app.responses.actions import Started
from app.responses.queries import codes_of_round
from app.rounds.actions.joining import begin, take_back
from app.rounds.actions.tickets import use_ticket
from app.rounds.forms.joining import read_person
from app.rounds.queries.joining import Invitation, begun_here, invitation_of
from app.rounds.views.joining import entry_page, not_open_page
from app.settings import Settings
from app.web.access import WayIn
from app.web.bodies import Posted
from app.web.dependencies import ClockOf, LibraryOf, LimitsOf
from app.web.session import codes_of, make_room, remember, require_safe_connection
from app.web.templating import language_of, render_page
from app.web.urls import url
from questionnaires.library import Library

router = APIRouter(prefix="/mitmachen")

CONFLICT = 409


@router.get("")
def join_without_code(request: Request) -> Response:
    """Who typed only the first part of an address gets to where a code is typed (N-28)."""
    return RedirectResponse(url(request, "resume_form"), 303)


@router.get("/{entry}")
def join_form(request: Request, scope: WayIn, db: Db, clock: ClockOf) -> Response:
    """What it is about. Reading it changes nothing, however often a mail scanner does (N-05), and tells of no code
    whether it was used (M7.8)."""
    return _show(request, scope, db, clock)


@router.post("/{entry}")
def join(
    request: Request, scope: WayIn, db: Db, posted: Posted, clock: ClockOf, library: LibraryOf, limits: LimitsOf
) -> Response:
    """Begin to answer, and tell the code with which to go on."""
    require_safe_connection(request)
    limits.count(request, "start")
    found = invitation_of(db, scope)
    typed = str(posted.get("person", ""))
    person = read_person(typed) if found.is_named else ""
    if not found.is_open_on(clock.today()) or begun_here(db, codes_of(request), scope.round_id):
        return _show(request, scope, db, clock, status=CONFLICT)
    if isinstance(person, Problem):
        return _show(request, scope, db, clock, status=422, person=typed, problems=(person,))
    started = _begin(db, scope, found, library, clock, person=person, key=str(posted.get("key", "")))
    response = RedirectResponse(url(request, "overview", response_id=started.response_id), 303)
    remember(request, response, started.code, None if scope.is_single else scope.code)
    return response


@router.post("/{entry}/naechste-person")
def next_at_entry(request: Request, scope: WayIn, db: Db) -> Response:
    """Take the codes of this round off the device; whoever comes next begins anew (lesson 13)."""
    response = RedirectResponse(url(request, "join_form", entry=scope.code), 303)
    make_room(request, response, codes_of_round(db, codes_of(request), scope.round_id))
    return response


def _begin(
    db: Db, scope: EntryScope, found: Invitation, library: Library, clock: Clock, *, person: str, key: str
) -> Started:
    form = library.get(found.form_id, found.form_version)
    begun = begin(db, scope, found, form, person=person, key=tokens.normalise(key), today=clock.today())
    if not begun.is_new or not scope.is_single:
        return begun.started
    commit_apart(db)
    try:
        use_ticket(db, scope)
    except TicketUsed:
        take_back(db, begun.started)
        commit_apart(db)
        raise
    return begun.started


def commit_apart(db: Db) -> None:
    """End the transaction within a request; nowhere else does a page commit.

    The response stands before the code is used, and each has a transaction of its own: nothing joins them (M7.9), and
    who is interrupted in between keeps a good code.
    """
    db.commit()


def _show(request: Request, scope: EntryScope, db: Db, clock: Clock, *, status: int = 200, **changes: Any) -> Response:
    found, today = invitation_of(db, scope), clock.today()
    begun = begun_here(db, codes_of(request), scope.round_id)
    if not found.is_open_on(today):
        page = not_open_page(scope.code, found, today, begun)
        return render_page(request, "rounds/not_open.html", page, status=status)
    settings: Settings = request.app.state.settings
    library: Library = request.app.state.library
    form = library.in_language(found.form_id, found.form_version, language_of(request))
    shown = entry_page(
        scope.code,
        tokens.new_code(),
        found,
        form,
        is_single=scope.is_single,
        draft_days=settings.draft_days,
        begun=begun,
    )
    return render_page(request, "rounds/entry.html", replace(shown, **changes), status=status)
