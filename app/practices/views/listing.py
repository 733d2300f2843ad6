# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The list of examples: the form with its counts, and one page of what passes the filters, by section."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from app.i18n import Words, words_of
from app.paging import paging
from app.practices.filters import Filters, section_key
from app.practices.queries import Catalogue, Entry, Shown
from app.practices.views.example import Address, Example, example_of
from questionnaires.parts import Effort, MunicipalityType

PER_PAGE = 20
STATES = ("done", "planned")


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a filter, with how many examples it leads to."""

    value: str
    title: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """The sections of one questionnaire, under its title."""

    title: Words
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Examples of one section of one questionnaire."""

    key: str
    title: Words
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Only:
    """A filter that a link sets, not the form: what it leaves, and the address without it."""

    name: str
    value: str
    words: Words
    href: str


@dataclass(frozen=True, slots=True)
class Examples:
    """The list as far as it stands on one page. `count` of `total` examples pass the filters."""

    groups: tuple[Group, ...]
    only: tuple[Only, ...]
    count: int
    total: int
    municipalities: int
    number: int
    pages: int
    before: str
    after: str
    all_href: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """The page of all examples with its form."""

    action: str
    sections: tuple[Choices, ...]
    kinds: tuple[Choice, ...]
    efforts: tuple[Choice, ...]
    states: tuple[Choice, ...]
    examples: Examples


@dataclass(frozen=True, slots=True)
class Found:
    """An example that passes the filters, and the first of its steps that does."""

    entry: Entry
    first: Shown

    @property
    def section(self) -> str:
        return section_key(self.entry, self.first)

    @property
    def place(self) -> tuple[int, int, bool]:
        """Inside its questionnaire: by question and level, done before planned."""
        return self.first.place, self.first.level_from, self.entry.practice.status != "done"


def list_page(catalogue: Catalogue, filters: Filters, number: int, address: Address) -> ListPage:
    """The list; a filter that names nothing known filters nothing."""
    known = _known(catalogue, filters)
    by_effort = [{shown.step.effort.value for shown in entry.shown} for entry in catalogue.entries]
    return ListPage(
        action=address(Filters(), 1),
        sections=tuple(_sections(catalogue, known.section)),
        kinds=_choices(MunicipalityType, [{entry.practice.type.value} for entry in catalogue.entries], known.kind),
        efforts=_choices(Effort, by_effort, known.effort),
        states=_choices(STATES, [{entry.practice.status} for entry in catalogue.entries], known.status),
        examples=_examples(catalogue, known, number, address),
    )


def _examples(catalogue: Catalogue, filters: Filters, number: int, address: Address) -> Examples:
    found = _found(catalogue, filters)
    page = paging(len(found), number, PER_PAGE)
    return Examples(
        groups=tuple(_groups(found[page.start : page.end], catalogue, address)),
        only=tuple(_only(catalogue, filters, address)),
        count=len(found),
        total=len(catalogue.entries),
        municipalities=len({one.entry.practice.municipality for one in found}),
        number=page.number,
        pages=page.pages,
        before=address(filters, page.number - 1) if page.number > 1 else "",
        after=address(filters, page.number + 1) if page.number < page.pages else "",
        all_href=address(Filters(), 1),
    )


def _found(catalogue: Catalogue, filters: Filters) -> list[Found]:
    """What passes, questionnaire by questionnaire as in the catalogue."""
    passing = ((entry, filters.fitting(entry)) for entry in catalogue.entries)
    found = [Found(entry, min(fit, key=lambda shown: (shown.place, shown.level_from))) for entry, fit in passing if fit]
    order = list(dict.fromkeys(one.entry.questionnaire.id for one in found))
    return sorted(found, key=lambda one: (order.index(one.entry.questionnaire.id), *one.place))


def _groups(found: Iterable[Found], catalogue: Catalogue, address: Address) -> Iterator[Group]:
    for key, members in groupby(found, lambda one: one.section):
        group = list(members)
        examples = tuple(example_of(one.entry, catalogue, address) for one in group)
        yield Group(key, words_of(group[0].first.section.title), examples)


def _only(catalogue: Catalogue, filters: Filters, address: Address) -> Iterator[Only]:
    if filters.municipality:
        rest = replace(filters, municipality="")
        yield Only("kommune", filters.municipality, Words(filters.municipality), address(rest, 1))
    if filters.item:
        shown = (shown for entry in catalogue.entries for shown in entry.shown)
        prompt = next(one.item.prompt for one in shown if one.item.id == filters.item)
        yield Only("frage", filters.item, words_of(prompt), address(replace(filters, item=""), 1))


def _sections(catalogue: Catalogue, chosen: str) -> Iterator[Choices]:
    """The sections that examples belong to, by questionnaire."""
    used = [_keys(entry) for entry in catalogue.entries]
    questionnaires = {entry.questionnaire.id: entry.questionnaire for entry in catalogue.entries}
    for questionnaire in questionnaires.values():
        counted = (
            Choice(key, words_of(section.short_title), sum(key in keys for keys in used), key == chosen)
            for section in questionnaire.sections
            for key in [f"{questionnaire.id}.{section.id}"]
        )
        yield Choices(words_of(questionnaire.title), tuple(choice for choice in counted if choice.count))


def _keys(entry: Entry) -> set[str]:
    return {section_key(entry, shown) for shown in entry.shown}


def _known(catalogue: Catalogue, filters: Filters) -> Filters:
    def kept(value: str, known: Iterable[str]) -> str:
        return value if value in set(known) else ""

    return Filters(
        section=kept(filters.section, (key for entry in catalogue.entries for key in _keys(entry))),
        kind=kept(filters.kind, MunicipalityType),
        effort=kept(filters.effort, Effort),
        status=kept(filters.status, STATES),
        municipality=kept(filters.municipality, catalogue.by_municipality),
        item=kept(filters.item, catalogue.by_item),
    )


def _choices(values: Iterable[str], found: Sequence[set[str]], chosen: str) -> tuple[Choice, ...]:
    """The values that lead to at least one example; the template has the words for them."""
    counted = ((str(value), sum(value in some for some in found)) for value in values)
    return tuple(Choice(value, value, count, value == chosen) for value, count in counted if count)
