# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which examples there are: those of the newest version of every questionnaire, each once."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from app.errors import NotFound
from questionnaires.catalogues import Practice
from questionnaires.definition import Item, Questionnaire, Section, Step
from questionnaires.library import BrokenQuestionnaireError, Library
from questionnaires.newest import newest

FIRST = "weltoffene-kommune"
"""Its recommendations come first; the other questionnaires look deeper into some of them."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One step of one question that an example illustrates: from `level_from` to the level above.

    `place` is the question's among all of its questionnaire.
    """

    place: int
    section: Section
    item: Item
    level_from: int
    step: Step


@dataclass(frozen=True, slots=True)
class Entry:
    """An example (Praxisbeispiel) with the questionnaire it belongs to and the steps it illustrates."""

    practice: Practice
    questionnaire: Questionnaire
    shown: tuple[Shown, ...]


@dataclass(frozen=True)
class Catalogue:
    """All examples, by questionnaire and in the order they are written down there."""

    entries: tuple[Entry, ...]

    @cached_property
    def by_item(self) -> Counter[str]:
        """How many examples illustrate a step of a question."""
        return Counter(item for entry in self.entries for item in {shown.item.id for shown in entry.shown})

    @cached_property
    def by_municipality(self) -> Counter[str]:
        """How many examples a municipality gives."""
        return Counter(entry.practice.municipality for entry in self.entries)


def catalogue(library: Library, language: str) -> Catalogue:
    """All examples; what a short check takes over from a long one stands with the long one."""
    entries: dict[str, Entry] = {}
    for questionnaire in sorted(newest(library, language), key=lambda one: one.id != FIRST):
        for practice in questionnaire.practices:
            entries.setdefault(practice.id, _entry(practice, questionnaire))
    return Catalogue(tuple(entries.values()))


def entry_of(library: Library, practice_id: str, language: str) -> Entry:
    """One example, also one that only an older version has: results that link to it last. `NotFound` if none."""
    for questionnaire in chain(newest(library, language), _all(library, language)):
        for practice in questionnaire.practices:
            if practice.id == practice_id:
                return _entry(practice, questionnaire)
    raise NotFound


def _all(library: Library, language: str) -> Iterator[Questionnaire]:
    for edition in reversed(library.editions()):
        try:
            yield library.in_language(edition.id, edition.version, language)
        except BrokenQuestionnaireError:
            continue


def _entry(practice: Practice, questionnaire: Questionnaire) -> Entry:
    places = {item.id: place for place, item in enumerate(questionnaire.items)}
    shown = (
        _shown(questionnaire, places[illustration.item], illustration.level_from) for illustration in practice.items
    )
    return Entry(practice, questionnaire, tuple(shown))


def _shown(questionnaire: Questionnaire, place: int, level: int) -> Shown:
    item = questionnaire.items[place]
    return Shown(place, questionnaire.section_of(item.id), item, level, item.steps[level])
