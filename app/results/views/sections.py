# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sections one by one: figures, what holds the stage back, own target, and the next steps there."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.i18n import Words
from app.results.charts import Bar, BarChart
from app.results.queries import ResultContext
from app.results.rounding import whole
from app.results.views.bridge import Bridged, bridged
from app.results.views.figures import POINTS_PER_LEVEL, Figure, figure_of
from app.results.views.head import Head, address, head_of
from app.results.views.overview import needed_answers, section_target
from app.results.views.questions import Question, questions_of
from app.results.views.recommendations import Recommendation, recommendation_of
from scoring.inputs import TARGET_LEVELS
from scoring.profile import SectionResult, Sensitivity

STEPS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class TargetChoice:
    """The municipality's own target of a section (M5); `own` None: the given one counts."""

    own: int | None
    given: int
    counts: int
    levels: tuple[int, ...]
    action: str


@dataclass(frozen=True, slots=True)
class Swing:
    """M4: between which points the score moves with other weights; `order_depends`: with it the order."""

    low: int
    high: int
    order_depends: bool


@dataclass(frozen=True, slots=True)
class Way:
    """One of several ways of equal worth to the same end."""

    title: Words
    text: Words


@dataclass(frozen=True, slots=True)
class Section:
    """One section. A context section has neither picture nor target; its answers count in the lenses."""

    figure: Figure
    number: int
    is_context: bool
    summary: Words
    chart: BarChart | None
    core: int
    need: int
    holding: tuple[Question, ...]
    open_core: tuple[Question, ...]
    unclear: int
    not_applicable: int
    many_not_applicable: bool
    needed: int
    swing: Swing | None
    target: TargetChoice | None
    can_edit: bool
    steps: tuple[Recommendation, ...]
    more: int
    steps_href: str
    ways: tuple[Way, ...]
    questions: tuple[Bridged, ...]


@dataclass(frozen=True, slots=True)
class SectionsPage:
    """All sections that ask anything."""

    head: Head
    sections: tuple[Section, ...]


def sections_page(context: ResultContext) -> SectionsPage:
    """The page of all sections."""
    return SectionsPage(head_of(context, "abschnitte"), tuple(sections_of(context)))


def sections_of(context: ResultContext) -> Iterator[Section]:
    """The sections in order, numbered as in the form."""
    asked = (section for section in context.profile.sections if section.item_ids)
    return (section_of(context, section, number) for number, section in enumerate(asked, 1))


def one_section(context: ResultContext, section_id: str) -> Section:
    """One section, for htmx; StopIteration does not occur: the id has been checked by the action."""
    return next(section for section in sections_of(context) if section.figure.id == section_id)


def section_of(context: ResultContext, section: SectionResult, number: int) -> Section:
    """One section with its reasons."""
    entries = list(enumerate(context.profile.priorities, 1))
    own = [(place, entry) for place, entry in entries if entry.section_id == section.id]
    is_context = section.kind == "context"
    stage = section.stage
    definition = context.questionnaire.section(section.id)
    return Section(
        figure=figure_of(context, section),
        number=number,
        is_context=is_context,
        summary=context.words(definition.summary),
        chart=None if is_context else _chart(context, section),
        core=stage.core if stage else 0,
        need=stage.need if stage else 0,
        holding=questions_of(context, stage.holding) if stage else (),
        open_core=questions_of(context, stage.open_core) if stage else (),
        unclear=section.counts.dont_know,
        not_applicable=section.counts.not_applicable,
        many_not_applicable="many_not_applicable" in section.notices,
        needed=0 if is_context else needed_answers(context, section),
        swing=_swing(section.sensitivity),
        target=None if is_context else _target(context, section.id),
        can_edit=context.can_set_targets,
        steps=tuple(recommendation_of(context, place, entry) for place, entry in own[:STEPS_SHOWN]),
        more=max(0, len(own) - STEPS_SHOWN),
        steps_href=f"{address(context, 'schritte')}?abschnitt={section.id}",
        ways=tuple(Way(context.words(path.title), context.words(path.text)) for path in definition.paths),
        questions=bridged(context, section.item_ids),
    )


def _chart(context: ResultContext, section: SectionResult) -> BarChart:
    target = POINTS_PER_LEVEL * section_target(context, section.id)
    return BarChart(f"bild-{section.id}", (Bar(figure_of(context, section), target),))


def _swing(sensitivity: Sensitivity | None) -> Swing | None:
    if sensitivity is None:
        return None
    return Swing(whole(sensitivity.min), whole(sensitivity.max), sensitivity.order_depends)


def _target(context: ResultContext, section_id: str) -> TargetChoice:
    targets = context.profile.inputs.targets
    given = context.questionnaire.section(section_id).target
    return TargetChoice(
        own=targets.sections.get(section_id),
        given=targets.default if given is None else given,
        counts=section_target(context, section_id),
        levels=tuple(TARGET_LEVELS),
        action=address(context, "ziele"),
    )
