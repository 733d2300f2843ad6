# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The second look: five success factors, six attributes, Krisenfestigkeit with „Wenn Projekte auslaufen“."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.i18n import Words
from app.results.charts import Bar, BarChart, Radar, radar_of
from app.results.queries import ResultContext
from app.results.rounding import whole
from app.results.views.figures import Figure, figure_of
from app.results.views.head import Head, address, head_of
from app.results.views.questions import Question, question_of
from questionnaires.answers import Level, Project
from scoring.profile import Scenario

JANUARY = "01"
YEARS_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Lens:
    """A lens (Blick) in words and figures; `parts_said` of `parts` attributes stand in F1's mean."""

    figure: Figure
    summary: Words
    parts: int
    parts_said: int


@dataclass(frozen=True, slots=True)
class Ending:
    """What ends when: the level today, and the level it counts as after the project's last month `until`."""

    question: Question
    until: str
    level: int
    counted: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """The scenario for the month `date`: what has ended, what ends later, share without a word on money."""

    date: str
    ended: tuple[Ending, ...]
    without_statement: int | None


@dataclass(frozen=True, slots=True)
class Switch:
    """The choice of a month. `months` are worth looking at, `current` is chosen (`""`: none).

    `is_wrong` marks a month that cannot be read, where there is a field to say it at.
    """

    action: str
    months: tuple[str, ...]
    current: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A section whose figures differ in the scenario."""

    now: Figure
    then: Figure


@dataclass(frozen=True, slots=True)
class FactorsPage:
    """The page of lenses. `direct` and `indirect` say how far the municipality itself can move a factor."""

    head: Head
    direct: tuple[Lens, ...]
    direct_chart: BarChart
    indirect: tuple[Lens, ...]
    indirect_chart: BarChart
    attributes: tuple[Lens, ...]
    attributes_chart: BarChart
    radar: Radar | None
    resilience: tuple[Lens, ...]
    resilience_chart: BarChart
    switch: Switch
    outlook: Outlook | None
    changes: tuple[Change, ...]
    endings: tuple[Ending, ...]


def factors_page(context: ResultContext, *, month_is_wrong: bool = False) -> FactorsPage:
    """The page of lenses, with the scenario's figures beside where the profile has a scenario."""
    profile = context.profile
    groups = {name: tuple(_lenses(context, name)) for name in ("direct", "indirect", "attribute", "resilience")}
    return FactorsPage(
        head=head_of(context, "faktoren"),
        direct=groups["direct"],
        direct_chart=_chart(context, "direkt", groups["direct"]),
        indirect=groups["indirect"],
        indirect_chart=_chart(context, "mittelbar", groups["indirect"]),
        attributes=groups["attribute"],
        attributes_chart=_chart(context, "merkmale", groups["attribute"]),
        radar=radar_of("netz", (lens.figure for lens in groups["attribute"])),
        resilience=groups["resilience"],
        resilience_chart=_chart(context, "krise", groups["resilience"]),
        switch=_switch(context, month_is_wrong and bool(groups["resilience"])),
        outlook=_outlook(context, profile.scenario) if profile.scenario else None,
        changes=tuple(_changes(context, profile.scenario)) if profile.scenario else (),
        endings=endings_of(context),
    )


def _lenses(context: ResultContext, group: str) -> Iterator[Lens]:
    """The lenses of one group: factors by their reach, the others by their kind."""
    for lens in context.profile.lenses:
        definition = context.questionnaire.lens(lens.id)
        if group == (definition.reach if lens.kind == "factor" else lens.kind):
            yield Lens(
                figure_of(context, lens), context.words(definition.summary), len(lens.parts), len(lens.parts_said)
            )


def _chart(context: ResultContext, chart_id: str, lenses: Iterable[Lens]) -> BarChart:
    scenario = context.profile.scenario
    rows = (
        Bar(lens.figure, then=figure_of(context, scenario.lens(lens.figure.id)) if scenario else None)
        for lens in lenses
    )
    return BarChart(chart_id, tuple(rows))


def _outlook(context: ResultContext, scenario: Scenario) -> Outlook:
    share = scenario.without_statement
    return Outlook(
        date=scenario.date,
        ended=tuple(
            Ending(question_of(context, end.item_id), end.until, end.level, end.counted)
            for end in sorted(scenario.ended, key=lambda end: end.until)
        ),
        without_statement=None if share is None else whole(100 * share),
    )


def _changes(context: ResultContext, scenario: Scenario) -> Iterator[Change]:
    for section in scenario.sections:
        now, then = figure_of(context, context.profile.section(section.id)), figure_of(context, section)
        if now != then:
            yield Change(now, then)


def endings_of(context: ResultContext) -> tuple[Ending, ...]:
    """Every project that carries an answer, the first to end first; `counted` is what remains of it."""
    found = [
        (item.answer.carried_by.until, item)
        for item in context.profile.items
        if isinstance(item.answer, Level) and isinstance(item.answer.carried_by, Project)
    ]
    return tuple(
        Ending(question_of(context, item.id), until, item.level or 0, min(item.level or 0, 1))
        for until, item in sorted(found, key=lambda pair: pair[0])
    )


def _switch(context: ResultContext, month_is_wrong: bool) -> Switch:
    current = context.profile.inputs.scenario_date or ""
    endings = endings_of(context)
    months = {month_after(ending.until) for ending in endings}
    januaries = {f"{context.as_of.year + years}-{JANUARY}" for years in range(1, YEARS_AHEAD + 1)}
    known = months | januaries | ({current} if current else set())
    return Switch(address(context, "faktoren"), tuple(sorted(known)), current, month_is_wrong and bool(endings))


def month_after(month: str) -> str:
    """M12: a project that runs until a month still carries in it, so it shows from the next one on."""
    year, number = (int(part) for part in month.split("-"))
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"
