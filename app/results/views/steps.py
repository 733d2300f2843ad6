# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""All next steps in the order of their priority, filtered by section, effort and owner."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.i18n import Words
from app.results.filters import Filters
from app.results.queries import ResultContext
from app.results.views.head import Head, address, head_of
from app.results.views.recommendations import Recommendation, owner_of, recommendation_of
from questionnaires.parts import Effort


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a filter, with how many steps it leads to."""

    value: str
    title: Words
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Steps:
    """The list and its filters. `total` is the length of the whole list."""

    shown: tuple[Recommendation, ...]
    total: int
    are_filtered: bool
    href: str
    is_blank: bool
    of_round: bool


@dataclass(frozen=True, slots=True)
class StepsPage:
    """The page of all next steps."""

    head: Head
    sections: tuple[Choice, ...]
    efforts: tuple[Choice, ...]
    owners: tuple[Choice, ...]
    steps: Steps


def steps_page(context: ResultContext, filters: Filters) -> StepsPage:
    """The page; filters that name nothing known filter nothing."""
    entries = context.profile.priorities
    sections = {section.id: context.words(section.short_title) for section in context.questionnaire.sections}
    owners = {entry.step.owner: owner_of(context, entry) for entry in entries}
    efforts = {effort.value: Words(effort.value) for effort in Effort}
    known = Filters(
        filters.section if filters.section in sections else "",
        filters.effort if filters.effort in efforts else "",
        filters.owner if filters.owner in owners else "",
    )
    return StepsPage(
        head=head_of(context, "schritte"),
        sections=_choices(sections, [entry.section_id for entry in entries], known.section),
        efforts=_choices(efforts, [entry.step.effort.value for entry in entries], known.effort),
        owners=_choices(owners, [entry.step.owner for entry in entries], known.owner),
        steps=steps_of(context, known),
    )


def steps_of(context: ResultContext, filters: Filters) -> Steps:
    """The list itself, numbered by the place in the whole list."""
    entries = context.profile.priorities
    shown = tuple(
        recommendation_of(context, number, entry)
        for number, entry in enumerate(entries, 1)
        if filters.let_through(entry)
    )
    return Steps(
        shown=shown,
        total=len(entries),
        are_filtered=filters.are_set,
        href=address(context, "schritte"),
        is_blank=not context.profile.counts.answered,
        of_round=context.round is not None,
    )


def _choices(titles: Mapping[str, Words], found: Iterable[str], chosen: str) -> tuple[Choice, ...]:
    """The values that lead to at least one step, and the chosen one."""
    places = list(found)
    counted = ((value, title, places.count(value)) for value, title in titles.items())
    return tuple(
        Choice(value, title, count, value == chosen) for value, title, count in counted if count or value == chosen
    )
