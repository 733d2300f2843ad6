# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/kommunen` and `/kommune/{municipality_id}/`: one's own municipalities, their facts, their log."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from app.db import Db
from app.municipalities.actions.running import edit_municipality
from app.municipalities.forms import Values, read_facts, values_from
from app.municipalities.queries.facts import municipality_of
from app.municipalities.queries.log import instance_log, log_of
from app.municipalities.queries.people import belongings_of
from app.municipalities.views.own import EditPage, MinePage, log_page, values_of
from app.paging import read_number
from app.permissions import AccountScope, Action, MunicipalityScope
from app.web.access import SignedIn, may_instance, may_municipality
from app.web.bodies import Posted, fields_of
from app.web.dependencies import ClockOf
from app.web.templating import render_page
from app.web.urls import url

router = APIRouter()

Editing = Annotated[MunicipalityScope, Depends(may_municipality(Action.MUNICIPALITY_EDIT), scope="function")]
OperatorAuditing = Annotated[AccountScope, Depends(may_instance(Action.INSTANCE_AUDIT), scope="function")]
Auditing = Annotated[MunicipalityScope, Depends(may_municipality(Action.MUNICIPALITY_AUDIT), scope="function")]


@router.get("/kommunen")
def my_municipalities(request: Request, account: SignedIn, db: Db) -> Response:
    """The municipalities one belongs to."""
    page = MinePage(belongings_of(db, account), account.may(Action.INSTANCE_MUNICIPALITIES))
    return render_page(request, "municipalities/mine.html", page)


@router.get("/kommune/{municipality_id}/angaben")
def municipality_facts(request: Request, scope: Editing, db: Db) -> Response:
    """Name, type and inhabitants, to be changed."""
    found = municipality_of(db, scope)
    return render_page(request, "municipalities/edit.html", EditPage(found, values_of(found), as_operator=False))


@router.post("/kommune/{municipality_id}/angaben")
def save_municipality_facts(request: Request, scope: Editing, db: Db, posted: Posted, clock: ClockOf) -> Response:
    """Change them; rounds keep theirs (R-05)."""
    values = values_from(fields_of(posted))
    facts = read_facts(values)
    if isinstance(facts, tuple):
        page = EditPage(municipality_of(db, scope), _without_ars(values), as_operator=False, problems=facts)
        return render_page(request, "municipalities/edit.html", page, status=422)
    edit_municipality(db, scope, facts, now=clock.now())
    return RedirectResponse(url(request, "municipality_home", municipality_id=scope.municipality_id), 303)


@router.get("/kommune/{municipality_id}/verlauf")
def municipality_log(request: Request, scope: Auditing, db: Db) -> Response:
    """Who did what, newest first."""
    log = log_of(db, scope, read_number(request.query_params))
    here = url(request, "municipality_log", municipality_id=scope.municipality_id)
    return render_page(request, "municipalities/log.html", log_page(municipality_of(db, scope), log, here))


@router.get("/verwaltung/verlauf")
def log_of_instance(request: Request, account: OperatorAuditing, db: Db) -> Response:
    """What operators and coordinators did to accounts, mail and municipalities, newest first."""
    log = instance_log(db, account, read_number(request.query_params))
    return render_page(request, "municipalities/log.html", log_page(None, log, url(request, "log_of_instance")))


def _without_ars(values: Values) -> Values:
    return Values(values.name, values.municipality_type, values.population)
