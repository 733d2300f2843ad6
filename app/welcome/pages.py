# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/` and the example result below `/beispiel/ergebnis`: the same pages as a real one, read only."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.clock import Clock
from app.demo import Example, example
from app.results.queries import Place, ResultContext, result_of
from app.results.rendering import render_result, summary_of
from app.web.dependencies import ClockOf, LibraryOf, SettingsOf
from app.web.templating import language_of, render_page
from app.web.urls import url
from app.welcome.views import HomePage
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from questionnaires.newest import newest

router = APIRouter()

QUESTIONNAIRE = "weltoffene-kommune"
SHORT = "kurzcheck"
EXAMPLE = "birkenrain"
"""The small Gemeinde: most municipalities are small."""

PUBLIC = {"Cache-Control": "no-cache"}


@router.get("/")
def home(request: Request, settings: SettingsOf, clock: ClockOf, library: LibraryOf) -> Response:
    """What this is, in one screen."""
    questionnaire = _latest(request, library)
    short = library.latest(SHORT)
    shown = example(questionnaire, EXAMPLE)
    page = HomePage(
        questions=len(questionnaire.items),
        minutes=questionnaire.minutes,
        short_questions=len(short.items),
        short_minutes=short.minutes,
        draft_days=settings.draft_days,
        submitted_months=settings.submitted_months,
        practices=len({practice.id for found in newest(library, language_of(request)) for practice in found.practices}),
        is_closed=settings.closed,
        example=summary_of(_context(request, questionnaire, shown, clock)),
    )
    return render_page(request, "welcome/home.html", page, headers=PUBLIC)


@router.get("/beispiel/ergebnis")
def example_result(request: Request, clock: ClockOf, library: LibraryOf) -> Response:
    """The overview of the example result."""
    return _show(request, "", clock, library)


@router.get("/beispiel/ergebnis/{page}")
def example_result_page(request: Request, page: str, clock: ClockOf, library: LibraryOf) -> Response:
    """One of the other pages of the example result."""
    return _show(request, page, clock, library)


def _show(request: Request, page: str, clock: Clock, library: Library) -> Response:
    questionnaire = _latest(request, library)
    shown = example(questionnaire, EXAMPLE)

    def result_for(month: str | None) -> ResultContext:
        return _context(request, questionnaire, shown, clock, month)

    return render_result(request, page, result_for, headers=PUBLIC)


def _latest(request: Request, library: Library) -> Questionnaire:
    latest = library.latest(QUESTIONNAIRE)
    return library.in_language(latest.id, latest.version, language_of(request))


def _context(
    request: Request, questionnaire: Questionnaire, shown: Example, clock: Clock, month: str | None = None
) -> ResultContext:
    place = Place(url(request, "example_result"), language=language_of(request))
    return result_of(questionnaire, shown.inputs, place, as_of=clock.today(), notes=shown.notes, month=month)
