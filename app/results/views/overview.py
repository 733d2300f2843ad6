# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The first page: the sentence on top, the picture of the sections, three focus areas, what is not known yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app import i18n
from app.i18n import Words
from app.results.charts import Bar, BarChart
from app.results.headline import headline, round_headline
from app.results.queries import ResultContext
from app.results.views.figures import POINTS_PER_LEVEL, Figure, figure_of
from app.results.views.head import Head, address, head_of
from app.results.views.recommendations import Recommendation, recommendation_of
from scoring import Profile
from scoring.profile import SectionResult

SCORE_COVERAGE = Fraction(2, 3)
"""M2: from this coverage on a score may be said."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the questions are answered: `done` includes „trifft nicht zu“, as on the form's own pages."""

    asked: int
    done: int
    not_applicable: int
    unclear: int
    blank: int
    unsaid: int
    banded: int


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A section that needs answers: at least `needed` more until it has a score; `href` leads to its form."""

    figure: Figure
    needed: int
    href: str


@dataclass(frozen=True, slots=True)
class FocusArea:
    """A focus section (Schwerpunkt) with its first steps; `more` counts those behind `href`."""

    number: int
    figure: Figure
    steps: tuple[Recommendation, ...]
    more: int
    href: str


@dataclass(frozen=True, slots=True)
class Totals:
    """How much stands on the other pages."""

    steps: int
    clarification: int
    support: int
    not_applicable: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The overview page. `resilience` is the lens Krisenfestigkeit, None where the questionnaire has none.

    `limits` says what a result of this questionnaire cannot say, None where nothing of the kind is to be said.
    """

    head: Head
    sentence: Words
    limits: Words | None
    progress: Progress
    chart: BarChart
    order_depends: bool
    focus: tuple[FocusArea, ...]
    unsaid: tuple[Unsaid, ...]
    resilience: Figure | None
    totals: Totals


def overview_of(context: ResultContext) -> Overview:
    """Everything the first page says."""
    profile = context.profile
    resilience = next((figure_of(context, lens) for lens in profile.lenses if lens.kind == "resilience"), None)
    return Overview(
        head=head_of(context, ""),
        sentence=_sentence(context),
        limits=limits_of(context),
        progress=progress_of(profile),
        chart=profile_chart(context),
        order_depends=profile.order_depends,
        focus=tuple(_focus(context)),
        unsaid=tuple(_unsaid(context)),
        resilience=resilience,
        totals=Totals(
            steps=len(profile.priorities),
            clarification=len(profile.clarification),
            support=len(profile.support_list),
            not_applicable=len(profile.not_applicable),
        ),
    )


def _sentence(context: ResultContext) -> Words:
    """The headline; in German where it names a title that has no translation, so that it mixes no languages."""
    titles = [context.words(section.short_title) for section in context.questionnaire.sections]
    says = round_headline if context.round else headline
    if any(title.lang != i18n.tag(context.place.language) for title in titles):
        return Words(says(context.profile, i18n.translations(i18n.SOURCE)))
    return Words(says(context.profile, context.texts), i18n.tag(context.place.language))


def limits_of(context: ResultContext) -> Words | None:
    """What a result of this questionnaire cannot say; a short check says much less than a long one."""
    limits = context.questionnaire.limits
    return None if limits is None else context.words(limits)


def recommendations_only(profile: Profile) -> tuple[SectionResult, ...]:
    """The sections that stand in the pictures: those with a score of their own (M2), where anything is asked."""
    return tuple(section for section in profile.sections if section.kind == "recommendation" and section.item_ids)


def progress_of(profile: Profile) -> Progress:
    """Counts over all asked questions, those that others have to answer for included."""
    counts = profile.counts
    statements = [section.statement for section in recommendations_only(profile)]
    return Progress(
        asked=counts.asked,
        done=counts.answered + counts.not_applicable,
        not_applicable=counts.not_applicable,
        unclear=counts.dont_know,
        blank=counts.blank,
        unsaid=statements.count("none"),
        banded=statements.count("band"),
    )


def profile_chart(context: ResultContext) -> BarChart:
    """The picture of the ten sections, each with its target and the way to its reasons."""
    rows = (
        Bar(
            figure=figure_of(context, section),
            target=POINTS_PER_LEVEL * section_target(context, section.id),
            href=f"{address(context, 'abschnitte')}#{section.id}",
        )
        for section in recommendations_only(context.profile)
    )
    return BarChart("profil", tuple(rows))


def section_target(context: ResultContext, section_id: str) -> int:
    """M5: the target level of a section where its questions have none of their own."""
    targets = context.profile.inputs.targets
    own = targets.sections.get(section_id, context.questionnaire.section(section_id).target)
    return targets.default if own is None else own


def _focus(context: ResultContext) -> Iterator[FocusArea]:
    places = {entry.item_id: (number, entry) for number, entry in enumerate(context.profile.priorities, 1)}
    sections = [entry.section_id for entry in context.profile.priorities]
    for number, area in enumerate(context.profile.focus, 1):
        yield FocusArea(
            number=number,
            figure=figure_of(context, context.profile.section(area.section_id)),
            steps=tuple(recommendation_of(context, *places[item_id]) for item_id in area.item_ids),
            more=sections.count(area.section_id) - len(area.item_ids),
            href=f"{address(context, 'schritte')}?abschnitt={area.section_id}",
        )


def _unsaid(context: ResultContext) -> Iterator[Unsaid]:
    for section in recommendations_only(context.profile):
        if section.statement != "score":
            yield Unsaid(figure_of(context, section), needed_answers(context, section), _form(context, section.id))


def _form(context: ResultContext, section_id: str) -> str:
    is_open = context.can_edit and context.status == "draft"
    return f"{context.place.form_url}/abschnitt/{section_id}" if is_open else ""


def needed_answers(context: ResultContext, section: SectionResult) -> int:
    """M2: the fewest further answers with which two thirds of the weight are answered."""
    items = [context.profile.item(item_id) for item_id in section.scored_ids]
    applicable = sum(item.units for item in items if item.state != "not_applicable")
    answered = sum(item.units for item in items if item.level is not None)
    return _fewest([item.units for item in items if item.is_open], SCORE_COVERAGE * applicable - answered)


def _fewest(weights: Sequence[int], missing: Fraction) -> int:
    """How many of the heaviest weights reach what is missing; all, if even they do not."""
    count = 0
    for weight in sorted(weights, reverse=True):
        if missing <= 0:
            break
        missing -= weight
        count += 1
    return count
