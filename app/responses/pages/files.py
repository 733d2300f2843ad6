# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Download a check as a file, and read such a file as a new check."""

import json

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from app.db import Db
from app.errors import Problem
from app.i18n import N_
from app.responses import actions
from app.responses.files import UnreadableFileError, document_of, read_document
from app.responses.forms import Values
from app.responses.loading import CheckOf
from app.responses.pages.entering import access_problems, opened
from app.responses.views.entry import FormPage
from app.web.bodies import Posted
from app.web.dependencies import ClockOf, LibraryOf, LimitsOf, SettingsOf
from app.web.session import require_safe_connection
from app.web.templating import render_page

router = APIRouter()


@router.get("/check/{response_id}/daten.json")
def download(request: Request, check: CheckOf, limits: LimitsOf) -> Response:
    """Answers, notes and profile as JSON; nothing in it opens the check."""
    limits.count(request, "export")
    content = json.dumps(document_of(check.state, check.definition), ensure_ascii=False, indent=2)
    name = f"selbstcheck-{check.state.changed_on.isoformat()}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/json", headers=headers)


@router.get("/import")
def import_form(request: Request, settings: SettingsOf) -> Response:
    """Where a file is chosen."""
    return render_page(request, "responses/import.html", FormPage(Values(), needs_access_code=settings.closed))


@router.post("/import")
def import_file(
    request: Request, db: Db, posted: Posted, settings: SettingsOf, clock: ClockOf, library: LibraryOf, limits: LimitsOf
) -> Response:
    """A new check from a file; a file that cannot be read is told at its field."""
    require_safe_connection(request)
    limits.count(request, "import")
    problems = access_problems(request, settings, limits, str(posted.get("access_code", "")))
    if not problems:
        try:
            found = read_document(_content(posted.get("file")), library)
        except UnreadableFileError as error:
            problems = (Problem("file", error.message, error.values),)
    if problems:
        page = FormPage(Values(), problems, needs_access_code=settings.closed)
        return render_page(request, "responses/import.html", page, status=422)
    started = actions.start(
        db,
        questionnaire=found.questionnaire,
        municipality=found.municipality,
        today=clock.today(),
        targets=found.targets,
        typed=found.typed,
    )
    return opened(request, started)


def _content(uploaded: object) -> bytes:
    if not isinstance(uploaded, UploadFile) or not uploaded.filename:
        raise UnreadableFileError(N_("Bitte wählen Sie eine Datei aus."))
    if not uploaded.filename.lower().endswith(".json"):
        raise UnreadableFileError(N_("Die Datei muss auf .json enden. Bitte wählen Sie die Datei vom Selbstcheck."))
    return uploaded.file.read()
