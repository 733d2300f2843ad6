# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Start a check, or come back to one with its code."""

import secrets
from collections.abc import Iterator

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app import tokens
from app.db import Db
from app.errors import Problem
from app.i18n import N_
from app.responses import actions
from app.responses.forms import Values, read_municipality, values_from, values_of
from app.responses.loading import CheckOf, definition_of
from app.responses.queries import ResponseState, load_response
from app.responses.views.entry import Choice, FormPage, Known, changed_page, choice_of, known_of
from app.settings import Settings
from app.web.access import find_entry, prove_code
from app.web.bodies import Posted, fields_of
from app.web.dependencies import ClockOf, LibraryOf, LimitsOf, SettingsOf
from app.web.limits import Limits
from app.web.session import codes_of, remember, require_safe_connection
from app.web.templating import language_of, render_page
from app.web.urls import url
from questionnaires.library import BrokenQuestionnaireError, Library, UnknownQuestionnaireError
from scoring import Municipality

router = APIRouter()

QUESTIONNAIRE = "weltoffene-kommune"
"""What is started when nothing else is asked for."""


@router.get("/start")
def start_form(request: Request, settings: SettingsOf, fragebogen: str = QUESTIONNAIRE) -> Response:
    """Which questionnaire, for which type of municipality, optionally its name and inhabitants."""
    return _start_page(request, settings, Values(questionnaire=fragebogen))


@router.post("/start")
def start(
    request: Request, db: Db, posted: Posted, settings: SettingsOf, clock: ClockOf, library: LibraryOf, limits: LimitsOf
) -> Response:
    """Begin a check with the latest version, and tell its code."""
    require_safe_connection(request)
    limits.count(request, "start")
    values = values_from(fields_of(posted))
    municipality = read_municipality(values)
    problems = [] if isinstance(municipality, Municipality) else [*municipality]
    problems += access_problems(request, settings, limits, str(posted.get("access_code", "")))
    if values.questionnaire and values.questionnaire not in library.ids():
        problems.append(Problem("questionnaire", N_("Bitte wählen Sie einen der Fragebögen.")))
    if problems or not isinstance(municipality, Municipality):
        return _start_page(request, settings, values, tuple(problems))
    latest = library.latest(values.questionnaire or QUESTIONNAIRE)
    started = actions.start(db, questionnaire=latest, municipality=municipality, today=clock.today())
    return opened(request, started)


@router.get("/weiter")
def resume_form(request: Request, db: Db) -> Response:
    """Where a code is typed; the checks this device knows are one click away."""
    return render_page(request, "responses/resume.html", FormPage(Values(), known=_known(request, db)))


@router.post("/weiter")
def resume(request: Request, db: Db, posted: Posted, limits: LimitsOf) -> Response:
    """Open the check of a code, or the way into a round; a wrong one is told where it was typed.

    Too many wrong ones are refused.
    """
    require_safe_connection(request)
    values = values_from(fields_of(posted))
    entry = tokens.normalise_entry(values.code)
    if entry and find_entry(db, entry):
        return RedirectResponse(url(request, "join_form", entry=entry), 303)
    code = tokens.normalise(values.code)
    scope = prove_code(db, code) if code else None
    if code is None or scope is None:
        limits.count(request, "failed_code")
        page = FormPage(values, (Problem("code", _code_problem(values.code)),), known=_known(request, db))
        return render_page(request, "responses/resume.html", page, status=422)
    response = RedirectResponse(url(request, "overview", response_id=scope.response_id), 303)
    remember(request, response, code)
    return response


@router.get("/check/{response_id}/kommune")
def municipality(request: Request, check: CheckOf) -> Response:
    """Type, name and inhabitants, to change."""
    page = FormPage(values_of(check.require_own().state.municipality), frame=check.frame)
    return render_page(request, "responses/municipality.html", page)


@router.post("/check/{response_id}/kommune")
def save_municipality(request: Request, check: CheckOf, db: Db, posted: Posted, clock: ClockOf) -> Response:
    """Keep every answer and say what another type changes."""
    values = values_from(fields_of(posted))
    municipality = read_municipality(values)
    check.require_own()
    if not isinstance(municipality, Municipality):
        page = FormPage(values, municipality, frame=check.frame)
        return render_page(request, "responses/municipality.html", page, status=422)
    before, kind = check.state, municipality.type
    actions.describe_municipality(db, check.scope, municipality, clock.today())
    if kind is None or kind == before.kind:
        return RedirectResponse(url(request, "overview", response_id=before.id), 303)
    changed = changed_page(before, check.questionnaire, kind, check.code, check.today)
    return render_page(request, "responses/municipality_changed.html", changed)


def opened(request: Request, started: actions.Started) -> Response:
    """To the overview of a check just begun, with its code in the cookie."""
    response = RedirectResponse(url(request, "overview", response_id=started.response_id), 303)
    remember(request, response, started.code)
    return response


def access_problems(request: Request, settings: Settings, limits: Limits, typed: str) -> tuple[Problem, ...]:
    """An instance may be closed to strangers; then starting needs the access code. Only wrong ones are limited."""
    if not settings.closed:
        return ()
    expected = settings.access_code.get_secret_value()
    if secrets.compare_digest(typed.strip().encode(), expected.encode()):
        return ()
    limits.count(request, "failed_access")
    message = N_(
        "Dieser Zugangscode stimmt nicht. Bitte prüfen Sie ihn oder fragen Sie dort nach, wo Sie ihn bekommen haben."
    )
    return (Problem("access_code", message),)


def _start_page(request: Request, settings: Settings, values: Values, problems: tuple[Problem, ...] = ()) -> Response:
    page = FormPage(
        values,
        problems,
        needs_access_code=settings.closed,
        draft_days=settings.draft_days,
        submitted_months=settings.submitted_months,
        choices=_choices(request),
    )
    return render_page(request, "responses/start.html", page, status=422 if problems else 200)


def _choices(request: Request) -> tuple[Choice, ...]:
    """The questionnaires that can be started, the long check first."""
    library: Library = request.app.state.library
    latest = [library.latest(name) for name in library.ids()]
    latest.sort(key=lambda found: (found.id != QUESTIONNAIRE, found.minutes))
    language = language_of(request)
    return tuple(choice_of(library.in_language(found.id, found.version, language)) for found in latest)


def _known(request: Request, db: Db) -> tuple[Known, ...]:
    scopes = [scope for code in codes_of(request) if (scope := prove_code(db, code))]
    states = [load_response(db, scope) for scope in scopes]
    return tuple(known for state in states for known in _known_one(request, state))


def _known_one(request: Request, state: ResponseState) -> Iterator[Known]:
    try:
        yield known_of(state, definition_of(request, state))
    except (UnknownQuestionnaireError, BrokenQuestionnaireError):
        return  # its own pages say what is missing; the others can still be opened


def _code_problem(typed: str) -> str:
    if not typed:
        return N_("Bitte geben Sie Ihren Code ein.")
    if tokens.normalise_entry(typed):
        return N_(
            "Zu dieser Einladung finden wir keine Befragung. Bitte prüfen Sie jedes Zeichen. "
            "Oder fragen Sie die Stelle, die Sie eingeladen hat."
        )
    if tokens.normalise(typed) is None:
        return N_(
            "Ein Code hat 16 Buchstaben und Ziffern, auf einer Einladung sind es 12. "
            "Bitte prüfen Sie, ob ein Zeichen fehlt oder zu viel ist."
        )
    return N_(
        "Zu diesem Code finden wir keinen Selbstcheck. Bitte prüfen Sie jedes Zeichen. "
        "Vielleicht wurde der Selbstcheck gelöscht, weil die Frist abgelaufen ist."
    )
