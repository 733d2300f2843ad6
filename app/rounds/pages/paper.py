# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Paper: blank sheets to print, and a grid to type filled ones in, one after the other."""

from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from app.db import Db
from app.errors import Invalid
from app.permissions import Action, RoundScope
from app.rounds.actions.paper import keep_sheet, take_back_sheet
from app.rounds.forms.paper import Sheet, read_sheet
from app.rounds.queries.paper import PaperGroup, PaperRound, paper_round
from app.rounds.views.paper import GridPage, blank_page, grid_sections, items_of, paper_page
from app.web.access import may_round
from app.web.bodies import Posted, fields_of
from app.web.dependencies import ClockOf, LibraryOf
from app.web.templating import language_of, render_page
from app.web.urls import url
from questionnaires.definition import Questionnaire
from questionnaires.library import Library

router = APIRouter(prefix="/durchgang/{round_id}/papier")

Paper = Annotated[RoundScope, Depends(may_round(Action.ROUND_PAPER), scope="function")]


@router.get("")
def paper(request: Request, scope: Paper, db: Db, clock: ClockOf, library: LibraryOf) -> Response:
    """Which groups there are, with a blank sheet and a grid for each."""
    found = paper_round(db, scope)
    forms = {group.id: _form(request, library, group) for group in found.groups}
    return render_page(request, "rounds/paper.html", paper_page(found, forms, clock.today()))


@router.get("/{group_id}/bogen")
def blank_sheet(request: Request, group_id: str, scope: Paper, db: Db, library: LibraryOf) -> Response:
    """The questionnaire of a group, to print and fill in by hand."""
    found = paper_round(db, scope)
    group = found.group(group_id)
    return render_page(request, "rounds/blank.html", blank_page(found, group, _form(request, library, group)))


@router.get("/{group_id}")
def sheet_form(
    request: Request, group_id: str, scope: Paper, db: Db, library: LibraryOf, bogen: str = "", zurueck: str = ""
) -> Response:
    """An empty grid; `bogen` is the word of the sheet just kept, `zurueck` says that it was taken back."""
    found = paper_round(db, scope)
    group = found.group(group_id)
    sections = grid_sections(_form(request, library, group), found.kind)
    page = GridPage(found, group, sections, uuid4().hex, kept=_id(bogen), was_taken_back=bool(zurueck))
    return render_page(request, "rounds/grid.html", page)


@router.post("/{group_id}")
def save_sheet(
    request: Request, group_id: str, scope: Paper, db: Db, posted: Posted, clock: ClockOf, library: LibraryOf
) -> Response:
    """Keep the sheet and show an empty grid for the next one."""
    found, fields = paper_round(db, scope), fields_of(posted)
    group, identifier = found.group(group_id), _id(fields.get("sheet", ""))
    if not identifier:
        raise Invalid
    definition = library.get(group.form_id, group.form_version)
    sheet = read_sheet(items_of(definition, found.kind), fields, named=found.is_named)
    if sheet.problems:
        return _again(request, library, found, group, sheet, identifier)
    keep_sheet(
        db,
        scope,
        found,
        group,
        definition,
        sheet=identifier,
        typed=sheet.typed,
        person=sheet.person,
        today=clock.today(),
    )
    return _next(request, scope, group, f"?bogen={identifier}")


@router.post("/{group_id}/zuruecknehmen")
def take_back(request: Request, group_id: str, scope: Paper, db: Db, posted: Posted) -> Response:
    """Delete the sheet that was typed in last."""
    group = paper_round(db, scope).group(group_id)
    take_back_sheet(db, scope, _id(str(posted.get("sheet", ""))))
    return _next(request, scope, group, "?zurueck=1")


def _again(
    request: Request, library: Library, found: PaperRound, group: PaperGroup, sheet: Sheet, identifier: str
) -> Response:
    sections = grid_sections(_form(request, library, group), found.kind, sheet)
    page = GridPage(found, group, sections, identifier, sheet.person, sheet.problems)
    return render_page(request, "rounds/grid.html", page, status=422)


def _form(request: Request, library: Library, group: PaperGroup) -> Questionnaire:
    return library.in_language(group.form_id, group.form_version, language_of(request))


def _next(request: Request, scope: RoundScope, group: PaperGroup, query: str) -> Response:
    address = url(request, "sheet_form", round_id=scope.round_id, group_id=group.id)
    return RedirectResponse(address + query, 303)


def _id(typed: str) -> str:
    """A random word as we make them for each sheet, or nothing."""
    try:
        return UUID(typed, version=4).hex if len(typed) == 32 else ""
    except ValueError:
        return ""
