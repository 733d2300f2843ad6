# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Plan a round: what it is called and asks, the words to participants, the targets.

Each step is a form of its own, kept before the next one is shown; groups and protection stand in
`protecting.py`, opening in `opening.py`.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from app.db import Db
from app.errors import Invalid, Problem
from app.municipalities.queries.facts import municipality_of
from app.permissions import Action, MunicipalityScope
from app.rounds.actions.changing import change_address, change_basics, change_targets
from app.rounds.actions.planning import plan_round
from app.rounds.forms.planning import (
    AddressValues,
    BasicsValues,
    address_from,
    basics_from,
    basics_values,
    new_values,
    read_address,
    read_basics,
    read_targets,
)
from app.rounds.pages.offering import in_language, offered
from app.rounds.pages.steps import Planning, changeable, onward
from app.rounds.plans import Plan
from app.rounds.queries.plan import Planned
from app.rounds.views.plan import AddressPage, BasicsPage, TargetsPage, frame_of, target_rows
from app.web.access import may_municipality
from app.web.bodies import Posted, fields_of
from app.web.dependencies import ClockOf, LibraryOf
from app.web.templating import render_page
from app.web.urls import url
from questionnaires.library import Library
from questionnaires.parts import MunicipalityType

router = APIRouter()

Creating = Annotated[MunicipalityScope, Depends(may_municipality(Action.ROUND_CREATE), scope="function")]


@router.get("/kommune/{municipality_id}/durchgaenge/neu")
def new_round(request: Request, scope: Creating, db: Db, clock: ClockOf, library: LibraryOf) -> Response:
    """What the round is called, what is asked, and when."""
    forms = offered(request, library, MunicipalityType(municipality_of(db, scope).type))
    return _new(request, scope, db, library, new_values(clock.today(), forms[0].value if forms else ""))


@router.post("/kommune/{municipality_id}/durchgaenge/neu")
def create_round(
    request: Request, scope: Creating, db: Db, posted: Posted, clock: ClockOf, library: LibraryOf
) -> Response:
    """Keep it, with what is usual for everything else, and go on with the groups."""
    values = basics_from(fields_of(posted))
    forms = offered(request, library, MunicipalityType(municipality_of(db, scope).type))
    basics = read_basics(values, [form.edition for form in forms])
    if isinstance(basics, tuple):
        return _new(request, scope, db, library, values, basics)
    round_id = plan_round(db, scope, library, Plan(basics), today=clock.today(), now=clock.now())
    return RedirectResponse(url(request, "round_groups", round_id=round_id), 303)


@router.get("/durchgang/{round_id}/planen")
def round_basics(request: Request, scope: Planning, db: Db, library: LibraryOf) -> Response:
    """The same, for a round that exists."""
    plan = changeable(db, scope)
    return _basics(request, library, plan, basics_values(plan.basics))


@router.post("/durchgang/{round_id}/planen")
def save_basics(
    request: Request, scope: Planning, db: Db, posted: Posted, clock: ClockOf, library: LibraryOf
) -> Response:
    """Change title, questionnaire, period."""
    plan, fields = changeable(db, scope), fields_of(posted)
    values = basics_from(fields if plan.is_planned else fields | _fixed(plan))
    forms = offered(request, library, plan.kind, plan)
    basics = read_basics(values, [plan.basics.form, *(form.edition for form in forms)])
    if isinstance(basics, tuple):
        return _basics(request, library, plan, values, basics)
    base, today = fields.get("base", ""), clock.today()
    try:
        change_basics(db, scope, library, basics, base=base, today=today, now=clock.now())
    except Invalid as invalid:
        return _basics(request, library, changeable(db, scope), values, invalid.problems)
    return onward(request, plan, "basics")


@router.get("/durchgang/{round_id}/planen/worte")
def round_address(request: Request, scope: Planning, db: Db) -> Response:
    """The coordinator's own words to participants."""
    plan = changeable(db, scope)
    return _address(request, plan, AddressValues(plan.address.contact, plan.address.message))


@router.post("/durchgang/{round_id}/planen/worte")
def save_address(request: Request, scope: Planning, db: Db, posted: Posted, clock: ClockOf) -> Response:
    """Change them."""
    plan, fields = changeable(db, scope), fields_of(posted)
    values = address_from(fields)
    address = read_address(values)
    if isinstance(address, tuple):
        return _address(request, plan, values, address)
    try:
        change_address(db, scope, address, base=fields.get("base", ""), now=clock.now())
    except Invalid as invalid:
        return _address(request, changeable(db, scope), values, invalid.problems)
    return onward(request, plan, "address")


@router.get("/durchgang/{round_id}/planen/ziele")
def round_targets(request: Request, scope: Planning, db: Db, library: LibraryOf) -> Response:
    """A target for each section."""
    return _targets(request, library, changeable(db, scope), {})


@router.post("/durchgang/{round_id}/planen/ziele")
def save_round_targets(
    request: Request, scope: Planning, db: Db, posted: Posted, clock: ClockOf, library: LibraryOf
) -> Response:
    """Change them."""
    plan, fields = changeable(db, scope), fields_of(posted)
    targets = read_targets(fields, [section.id for section in in_language(request, library, plan).sections])
    if isinstance(targets, tuple):
        return _targets(request, library, plan, {}, targets)
    try:
        change_targets(db, scope, library, targets, base=fields.get("base", ""), now=clock.now())
    except Invalid as invalid:
        return _targets(request, library, changeable(db, scope), targets, invalid.problems)
    return onward(request, plan, "targets")


def _new(
    request: Request,
    scope: MunicipalityScope,
    db: Db,
    library: Library,
    values: BasicsValues,
    problems: tuple[Problem, ...] = (),
) -> Response:
    place = municipality_of(db, scope)
    forms = offered(request, library, MunicipalityType(place.type))
    page = BasicsPage(place.id, place.name, values, forms, problems=problems)
    return render_page(request, "rounds/basics.html", page, status=422 if problems else 200)


def _basics(
    request: Request, library: Library, plan: Planned, values: BasicsValues, problems: tuple[Problem, ...] = ()
) -> Response:
    page = BasicsPage(
        plan.municipality_id,
        plan.municipality.name or "",
        values,
        offered(request, library, plan.kind, plan),
        frame_of(plan, "basics"),
        problems,
    )
    return render_page(request, "rounds/basics.html", page, status=422 if problems else 200)


def _address(request: Request, plan: Planned, values: AddressValues, problems: tuple[Problem, ...] = ()) -> Response:
    page = AddressPage(frame_of(plan, "address"), values, problems)
    return render_page(request, "rounds/address.html", page, status=422 if problems else 200)


def _targets(
    request: Request, library: Library, plan: Planned, levels: dict[str, int], problems: tuple[Problem, ...] = ()
) -> Response:
    rows = target_rows(plan, in_language(request, library, plan), levels)
    page = TargetsPage(frame_of(plan, "targets"), rows, problems)
    return render_page(request, "rounds/targets.html", page, status=422 if problems else 200)


def _fixed(plan: Planned) -> dict[str, str]:
    """What the form of an open round does not ask."""
    values = basics_values(plan.basics)
    return {"form": values.form, "opens_on": values.opens_on}
