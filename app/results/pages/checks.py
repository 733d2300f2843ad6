# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The result pages of a stored check: for those with the code, and read only for those with the link."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.db import Db, DbRoute
from app.permissions import Scope
from app.results.actions import set_section_target
from app.results.forms import TargetForm
from app.results.queries import Place, ResultContext, load_result
from app.results.rendering import render_result
from app.results.views.sections import one_section
from app.web.access import EditScope, ViewScope
from app.web.dependencies import ClockOf, LibraryOf
from app.web.htmx import fragments, is_htmx
from app.web.templating import language_of
from app.web.urls import url
from questionnaires.library import Library

router = APIRouter(route_class=DbRoute)


@router.get("/check/{response_id}/ergebnis")
def result(request: Request, response_id: str, scope: EditScope, db: Db, library: LibraryOf) -> Response:
    """The overview of one's own result."""
    return _show(request, "", db, scope, library, _own_place(request, response_id))


@router.get("/check/{response_id}/ergebnis/{page}")
def result_page(
    request: Request, response_id: str, page: str, scope: EditScope, db: Db, library: LibraryOf
) -> Response:
    """One of the other pages of one's own result."""
    return _show(request, page, db, scope, library, _own_place(request, response_id))


@router.get("/ansicht/{token}")
def shared_result(request: Request, token: str, scope: ViewScope, db: Db, library: LibraryOf) -> Response:
    """The overview through the read-only link."""
    return _show(request, "", db, scope, library, _shared_place(request, token))


@router.get("/ansicht/{token}/{page}")
def shared_result_page(
    request: Request, token: str, page: str, scope: ViewScope, db: Db, library: LibraryOf
) -> Response:
    """One of the other pages through the read-only link."""
    return _show(request, page, db, scope, library, _shared_place(request, token))


@router.post("/check/{response_id}/ergebnis/ziele")
def set_target(
    request: Request,
    response_id: str,
    form: Annotated[TargetForm, Form()],
    scope: EditScope,
    db: Db,
    clock: ClockOf,
    library: LibraryOf,
) -> Response:
    """Set the own target of one section; the section and its steps answer at once."""
    place = _own_place(request, response_id)
    before = load_result(db, scope, library, place)
    definition = library.get(before.questionnaire.id, before.questionnaire.version)
    set_section_target(db, scope, definition, form.abschnitt, form.ziel, clock.today())
    if not is_htmx(request):
        return RedirectResponse(f"{place.base_url}/abschnitte#{form.abschnitt}", 303)
    after = load_result(db, scope, library, place)
    told = after.texts.gettext("Ziel gespeichert. Die Schritte sind neu geordnet.")
    return fragments(request, "results/_section.html", one_section(after, form.abschnitt), status=told)


def _show(request: Request, page: str, db: Db, scope: Scope, library: Library, place: Place) -> Response:
    def result_for(month: str | None) -> ResultContext:
        return load_result(db, scope, library, place, month=month)

    return render_result(request, page, result_for)


def _own_place(request: Request, response_id: str) -> Place:
    base = url(request, "result", response_id=response_id)
    return Place(base, base.removesuffix("/ergebnis"), language_of(request))


def _shared_place(request: Request, token: str) -> Place:
    return Place(url(request, "shared_result", token=token), language=language_of(request))
