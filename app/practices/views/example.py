# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""One example in words: what was done, what it needs, and which steps of which questions it illustrates."""

from collections.abc import Callable
from dataclasses import dataclass

from app.i18n import Words, words_of
from app.practices.filters import Filters
from app.practices.queries import Catalogue, Entry, Shown
from questionnaires.catalogues import Source
from questionnaires.citations import Citation, citations_of
from questionnaires.parts import MunicipalityType

Address = Callable[[Filters, int], str]
"""Gives the address of the list with these filters, from this page on."""


@dataclass(frozen=True, slots=True)
class StepView:
    """A step that an example illustrates, in the words for its type of municipality.

    `others` counts the other examples for the same question, which stand at `href`.
    """

    section: Words
    prompt: Words
    from_level: int
    to_level: int
    before: Words
    after: Words
    action: Words
    effort: str
    href: str
    others: int


@dataclass(frozen=True, slots=True)
class Example:
    """An example from practice. `kind` is the type of municipality; `""` and None where the source says nothing."""

    id: str
    title: Words
    municipality: str
    kind: str
    population: int | None
    population_year: int | None
    year: str
    is_planned: bool
    text: Words
    needs: Words
    success: Words | None
    citations: tuple[Citation, ...]
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class ExamplePage:
    """The page of one example. `sources` are its works in full; `siblings` more of its municipality."""

    example: Example
    sources: tuple[Source, ...]
    siblings: int
    siblings_href: str
    list_href: str


def example_page(entry: Entry, catalogue: Catalogue, address: Address) -> ExamplePage:
    """One example with its steps and the way to its neighbours."""
    practice = entry.practice
    used = {reference.id for reference in practice.sources}
    return ExamplePage(
        example=example_of(entry, catalogue, address),
        sources=tuple(source for source in entry.questionnaire.sources if source.id in used),
        siblings=max(0, catalogue.by_municipality[practice.municipality] - 1),
        siblings_href=address(Filters(municipality=practice.municipality), 1),
        list_href=address(Filters(), 1),
    )


def example_of(entry: Entry, catalogue: Catalogue, address: Address) -> Example:
    """An example in words."""
    practice = entry.practice
    return Example(
        id=practice.id,
        title=words_of(practice.title),
        municipality=practice.municipality,
        kind=practice.type.value,
        population=practice.population,
        population_year=practice.population_year,
        year=practice.year or "",
        is_planned=practice.status == "planned",
        text=words_of(practice.text),
        needs=words_of(practice.needs),
        success=words_of(practice.success) if practice.success else None,
        citations=citations_of(entry.questionnaire, practice.sources),
        steps=tuple(_step(shown, practice.type, catalogue, address) for shown in entry.shown),
    )


def _step(shown: Shown, kind: MunicipalityType, catalogue: Catalogue, address: Address) -> StepView:
    item, level = shown.item, shown.level_from
    return StepView(
        section=words_of(shown.section.short_title, kind),
        prompt=words_of(item.prompt, kind),
        from_level=level,
        to_level=level + 1,
        before=words_of(item.anchors[level], kind),
        after=words_of(item.anchors[level + 1], kind),
        action=words_of(shown.step.action, kind),
        effort=shown.step.effort.value,
        href=address(Filters(item=item.id), 1),
        others=max(0, catalogue.by_item[item.id] - 1),
    )
