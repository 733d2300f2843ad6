# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""One recommendation: the next step, how to take it, who did it before, and why it stands here."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.i18n import Words
from app.results.queries import ResultContext
from app.results.rounding import cents
from app.results.views.questions import Question, question_of
from questionnaires.catalogues import Practice
from questionnaires.citations import Citation, citations_of
from scoring.profile import PracticeMatch, Priority


@dataclass(frozen=True, slots=True)
class Example:
    """An example from practice; `match` says how near its municipality is."""

    id: str
    municipality: str
    kind: str
    population: int | None
    year: str
    is_planned: bool
    match: str
    title: Words
    text: Words
    needs: Words
    citations: tuple[Citation, ...]

    @property
    def is_near(self) -> bool:
        """Whether its municipality is of the same type or of similar size."""
        return self.match != "other"


@dataclass(frozen=True, slots=True)
class Reasons:
    """„Warum hier?“: every factor of the priority (M5). `origin`: item, section or default.

    The gap of a round is that of the mean, unrounded (M6).
    """

    target: int
    origin: str
    gap: Decimal
    importance: int
    importance_reason: str
    is_shared: bool
    room_factor: Decimal
    priority: Decimal


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One next step. `number` is its place in the whole list, from 1; `horizon` is in months."""

    number: int
    section_id: str
    question: Question
    action: Words
    how: Words
    from_level: int
    to_level: int
    effort: str
    owner: Words
    horizon: int
    example: Example | None
    reasons: Reasons


def recommendation_of(context: ResultContext, number: int, entry: Priority) -> Recommendation:
    """The recommendation of one entry of the priorities."""
    step = context.profile.item(entry.item_id).item.steps[entry.step.from_level]
    return Recommendation(
        number=number,
        section_id=entry.section_id,
        question=question_of(context, entry.item_id),
        action=context.words(step.action),
        how=context.words(step.how),
        from_level=entry.step.from_level,
        to_level=entry.step.to_level,
        effort=entry.step.effort.value,
        owner=owner_of(context, entry),
        horizon=entry.step.horizon,
        example=_example(context, entry.practices[0]) if entry.practices else None,
        reasons=_reasons(context, entry),
    )


def owner_of(context: ResultContext, entry: Priority) -> Words:
    """Who usually takes the step."""
    return context.words(context.questionnaire.owner(entry.step.owner).title)


def _reasons(context: ResultContext, entry: Priority) -> Reasons:
    return Reasons(
        target=entry.target,
        origin=entry.target_origin,
        gap=cents(Fraction(entry.gap)),
        importance=entry.importance,
        importance_reason=context.profile.item(entry.item_id).item.importance_reason,
        is_shared=entry.room_factor != 1,
        room_factor=cents(entry.room_factor),
        priority=cents(entry.priority),
    )


def _example(context: ResultContext, match: PracticeMatch) -> Example:
    practice: Practice = context.questionnaire.practice(match.practice_id)
    return Example(
        id=practice.id,
        municipality=practice.municipality,
        kind=practice.type.value,
        population=practice.population,
        year=practice.year or "",
        is_planned=practice.status == "planned",
        match=match.match,
        title=context.words(practice.title),
        text=context.words(practice.text),
        needs=context.words(practice.needs),
        citations=citations_of(context.questionnaire, practice.sources),
    )
