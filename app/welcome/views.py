# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the start page tells."""

from dataclasses import dataclass

from app.results.charts import BarChart
from app.results.queries import ResultContext
from app.results.views.overview import overview_of
from questionnaires.definition import Questionnaire


@dataclass(frozen=True, slots=True)
class HomePage:
    """What this is, how long it takes, what happens with the data, and a real result of a fictional municipality."""

    questions: int
    minutes: int
    draft_days: int
    submitted_months: int
    is_closed: bool
    example_name: str
    example_note: str
    example_sentence: str
    example_chart: BarChart
    example_url: str


def home_page(
    questionnaire: Questionnaire,
    example: ResultContext,
    example_note: str,
    *,
    draft_days: int,
    submitted_months: int,
    is_closed: bool,
) -> HomePage:
    """The start page with the example's picture."""
    overview = overview_of(example)
    return HomePage(
        questions=len(questionnaire.items),
        minutes=questionnaire.minutes,
        draft_days=draft_days,
        submitted_months=submitted_months,
        is_closed=is_closed,
        example_name=example.profile.inputs.municipality.name or "",
        example_note=example_note,
        example_sentence=overview.sentence,
        example_chart=overview.chart,
        example_url=example.place.base_url,
    )
