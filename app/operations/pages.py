# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Legal pages from the settings (A-01, D-13), and the form to report a barrier (A-04)."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from app.db import Db
from app.operations.actions import store_report
from app.operations.forms import barrier_form
from app.operations.views import ReportPage, accessibility_page, imprint_page, privacy_page
from app.tables.barriers import PAGE_LENGTH
from app.web.bodies import Posted
from app.web.dependencies import ClockOf, LimitsOf, SettingsOf
from app.web.templating import render_page
from app.web.urls import url

router = APIRouter()
# The same for everybody, and quickly changed when the operator changes it.
PUBLIC = {"Cache-Control": "no-cache"}


@router.get("/impressum")
def imprint(request: Request, settings: SettingsOf) -> Response:
    """Who runs this instance."""
    return render_page(request, "operations/imprint.html", imprint_page(settings), headers=PUBLIC)


@router.get("/datenschutz")
def privacy(request: Request, settings: SettingsOf) -> Response:
    """What happens with the data."""
    return render_page(request, "operations/privacy.html", privacy_page(settings), headers=PUBLIC)


@router.get("/barrierefreiheit")
def accessibility(request: Request, settings: SettingsOf) -> Response:
    """The statement on accessibility."""
    return render_page(request, "operations/accessibility.html", accessibility_page(settings), headers=PUBLIC)


@router.get("/barriere-melden")
def report_barrier(
    request: Request, settings: SettingsOf, seite: Annotated[str, Query(max_length=PAGE_LENGTH)] = ""
) -> Response:
    """The form, with the page the reader came from."""
    page = ReportPage(seite, "", "", (), settings.report_months)
    return render_page(request, "operations/report_barrier.html", page)


@router.post("/barriere-melden")
def send_barrier(
    request: Request, db: Db, posted: Posted, settings: SettingsOf, clock: ClockOf, limits: LimitsOf
) -> Response:
    """Store the report, or show the form again with what is missing."""
    form = barrier_form(posted)
    if problems := form.problems():
        page = ReportPage(form.page, form.description, form.contact, problems, settings.report_months)
        return render_page(request, "operations/report_barrier.html", page, status=422)
    limits.count(request, "report")
    store_report(db, page=form.page, description=form.description, contact=form.contact, today=clock.today())
    return RedirectResponse(url(request, "barrier_reported"), status_code=303)


@router.get("/barriere-melden/danke")
def barrier_reported(request: Request) -> Response:
    """What happens with the report now."""
    return render_page(request, "operations/barrier_reported.html", None)
