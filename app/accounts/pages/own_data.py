# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""One's own data: everything that is kept, as a file, and the end of it (D-16)."""

import json

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.accounts.actions.deleting import delete_account
from app.accounts.forms import text
from app.accounts.pages.notices import notify
from app.accounts.pages.proving import AgainOf, AsksAgain
from app.accounts.queries import require_person
from app.accounts.queries.belonging import left_alone
from app.accounts.queries.kept import everything_about
from app.accounts.views.profile import DeletePage
from app.db import Db
from app.errors import Problem
from app.i18n import N_
from app.web.access import SignedIn
from app.web.bodies import Posted
from app.web.dependencies import LimitsOf
from app.web.logging import record
from app.web.staff_session import drop_session
from app.web.templating import render_page
from app.web.urls import url

router = APIRouter(prefix="/konto")

_FILE = {"Content-Disposition": 'attachment; filename="selbstcheck-konto.json"'}


@router.get("/daten.json")
def own_data(request: Request, scope: SignedIn, db: Db, limits: LimitsOf) -> Response:
    """Everything that is kept about this account, to take away."""
    limits.count(request, "export")
    document = json.dumps(everything_about(db, scope), ensure_ascii=False, indent=2)
    return Response(document, media_type="application/json", headers=_FILE)


@router.get("/loeschen")
def delete_account_form(request: Request, scope: SignedIn, db: Db, asks: AsksAgain) -> Response:
    """What goes with the account, and whom it leaves alone."""
    page = DeletePage(asks, left_alone(db, scope.account_id))
    return render_page(request, "accounts/delete.html", page)


@router.post("/loeschen")
def delete_own_account(request: Request, again: AgainOf, scope: SignedIn, db: Db, posted: Posted) -> Response:
    """Delete it for good and sign out."""
    left, me = left_alone(db, scope.account_id), require_person(db, scope.account_id)
    problems = again.problems
    if left and not text(posted, "known"):
        problems = (
            Problem("known", N_("Bitte bestätigen Sie, dass die genannten Durchgänge niemanden mehr haben.")),
            *problems,
        )
    if problems:
        return render_page(request, "accounts/delete.html", DeletePage(again.asks, left, problems), status=422)
    delete_account(db, scope.account_id)
    notify(request, db, me, "deleted")
    record("account_deleted")
    response = RedirectResponse(url(request, "signed_out"), 303)
    drop_session(request, response)
    return response
