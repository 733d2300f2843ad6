# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Plan whom a round asks and what protects them; both tell while they are typed what will come of it (D-10)."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.db import Db
from app.errors import Invalid, Problem
from app.rounds.actions.changing import change_groups, change_protection
from app.rounds.forms.groups import GroupValues, groups_from, read_groups
from app.rounds.forms.planning import ProtectionValues, protection_from, protection_values, read_protection
from app.rounds.pages.offering import shorter, whole_form
from app.rounds.pages.steps import Planning, changeable, onward
from app.rounds.plans import Protection
from app.rounds.queries.plan import Planned
from app.rounds.views.groups import GroupsPage, group_rows, group_values
from app.rounds.views.outlook import outlook_for, outlook_of
from app.rounds.views.plan import FormChoice, Preview, ProtectionPage, frame_of
from app.rounds.views.promise import promise_of
from app.web.bodies import Posted, fields_of
from app.web.dependencies import ClockOf, LibraryOf
from app.web.htmx import fragments
from app.web.templating import render_page
from questionnaires.library import Library
from questionnaires.origins import Edition

router = APIRouter(prefix="/durchgang/{round_id}/planen")


@router.get("/gruppen")
def round_groups(request: Request, scope: Planning, db: Db, library: LibraryOf) -> Response:
    """Which groups are asked, how many people each has, and which questionnaire it gets."""
    plan = changeable(db, scope)
    return _groups(request, library, plan, group_values(plan))


@router.post("/gruppen")
def save_groups(
    request: Request, scope: Planning, db: Db, posted: Posted, clock: ClockOf, library: LibraryOf
) -> Response:
    """Change them."""
    plan, fields = changeable(db, scope), fields_of(posted)
    values = groups_from(fields, _kept(plan))
    groups, problems = read_groups(values, _editions(plan, shorter(request, library, plan)))
    if problems:
        return _groups(request, library, plan, values, problems)
    try:
        change_groups(db, scope, library, groups, base=fields.get("base", ""), now=clock.now())
    except Invalid as invalid:
        return _groups(request, library, changeable(db, scope), values, invalid.problems)
    return onward(request, plan, "groups")


@router.post("/gruppen/vorschau")
def groups_outlook(request: Request, scope: Planning, db: Db, posted: Posted, library: LibraryOf) -> Response:
    """What would come of the numbers as they are typed; keeps nothing."""
    plan = changeable(db, scope)
    forms = _editions(plan, shorter(request, library, plan))
    groups, _ = read_groups(groups_from(fields_of(posted), _kept(plan)), forms)
    return fragments(request, "rounds/_outlook.html", outlook_for(groups, plan, library))


@router.get("/schutz")
def round_protection(request: Request, scope: Planning, db: Db, library: LibraryOf) -> Response:
    """How people answer, and what is promised to them."""
    plan = changeable(db, scope)
    return _protection(request, library, plan, protection_values(plan.protection))


@router.post("/schutz")
def save_protection(
    request: Request, scope: Planning, db: Db, posted: Posted, clock: ClockOf, library: LibraryOf
) -> Response:
    """Change it; only before the round is opened."""
    plan, fields = changeable(db, scope), fields_of(posted)
    values = protection_from(fields)
    protection = read_protection(values)
    if isinstance(protection, tuple):
        return _protection(request, library, plan, values, protection)
    try:
        change_protection(db, scope, protection, base=fields.get("base", ""), now=clock.now())
    except Invalid as invalid:
        return _protection(request, library, changeable(db, scope), values, invalid.problems)
    return onward(request, plan, "protection")


@router.post("/schutz/vorschau")
def protection_preview(request: Request, scope: Planning, db: Db, posted: Posted, library: LibraryOf) -> Response:
    """What would come of the choice; keeps nothing."""
    plan = changeable(db, scope)
    return fragments(request, "rounds/_preview.html", _preview(library, plan, protection_from(fields_of(posted))))


def _groups(
    request: Request,
    library: Library,
    plan: Planned,
    values: tuple[GroupValues, ...],
    problems: tuple[Problem, ...] = (),
) -> Response:
    rows, own = group_rows(plan, values)
    forms = shorter(request, library, plan)
    page = GroupsPage(
        frame=frame_of(plan, "groups"),
        rows=rows,
        own=own,
        whole=whole_form(request, library, plan),
        shorter=forms,
        outlook=outlook_for(read_groups(values, _editions(plan, forms))[0], plan, library),
        problems=problems,
    )
    return render_page(request, "rounds/groups.html", page, status=422 if problems else 200)


def _protection(
    request: Request,
    library: Library,
    plan: Planned,
    values: ProtectionValues,
    problems: tuple[Problem, ...] = (),
) -> Response:
    page = ProtectionPage(frame_of(plan, "protection"), values, _preview(library, plan, values), problems)
    return render_page(request, "rounds/protection.html", page, status=422 if problems else 200)


def _preview(library: Library, plan: Planned, values: ProtectionValues) -> Preview:
    """As far as it can be read; what cannot, is shown as it is kept."""
    found = read_protection(values)
    chosen = found if isinstance(found, Protection) else plan.protection
    return Preview(outlook_of(plan, library, chosen), promise_of(plan, chosen), chosen.mode == "named")


def _editions(plan: Planned, forms: tuple[FormChoice, ...]) -> list[Edition]:
    """What a group can get."""
    return [plan.basics.form, *(form.edition for form in forms)]


def _kept(plan: Planned) -> frozenset[str]:
    """The groups that cannot be taken out any more."""
    return frozenset() if plan.is_planned else frozenset(group.key for group in plan.groups)
