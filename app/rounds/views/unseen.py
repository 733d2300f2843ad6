# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions that can show nothing, because the groups that get them are too few together (D-10, M7.3). Pure.

A group with a shorter questionnaire is not asked everything. What the others are asked has a result only if they alone
are enough: the very rule that the gate applies to each question. It knows counts and forms, and nothing of answers.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.responses.actions import shared_items
from app.rounds.offered import find
from questionnaires.definition import Questionnaire
from questionnaires.flow import asked_items
from questionnaires.library import Library
from questionnaires.origins import Edition
from questionnaires.parts import MunicipalityType
from scoring.privacy import Group, partition


@dataclass(frozen=True, slots=True)
class Expected:
    """A group with the number of people expected of it, or heard."""

    title: str
    number: int


@dataclass(frozen=True, slots=True)
class Reached:
    """A group, how many people of it count (None: nobody knows yet), and its form; None is that of the round."""

    title: str
    number: int | None
    form: Edition | None


@dataclass(frozen=True, slots=True)
class Unseen:
    """So many questions go to these groups alone, and cannot show anything; no groups: nobody is asked them."""

    questions: int
    groups: tuple[Expected, ...]

    @property
    def number(self) -> int:
        return sum(group.number for group in self.groups)


def unseen_of(
    library: Library, form: Edition, kind: MunicipalityType | None, groups: Sequence[Reached], minimum: int
) -> tuple[Unseen, ...]:
    """In the order of the questionnaire; () where a form cannot be had: then the round cannot be opened either."""
    whole = find(library, form)
    asked = _asked(library, whole, groups) if whole else None
    if whole is None or asked is None:
        return ()
    sets = Counter(
        tuple(place for place, group in enumerate(asked) if group.is_asked(item.id))
        for item in asked_items(whole, kind)
    )
    found = (_unseen(count, [groups[place] for place in places], minimum) for places, count in sets.items())
    return tuple(one for one in found if one)


def _asked(library: Library, whole: Questionnaire, groups: Sequence[Reached]) -> list[Group] | None:
    """The groups as the gate knows them: each with the items of its form that count in the round."""
    items: dict[str, frozenset[str] | None] = {}
    for form in (group.form for group in groups):
        found = find(library, form) if form else whole
        if found is None:
            return None
        items[str(form)] = shared_items(found, whole) if form else None
    return [Group(str(place), items[str(group.form)]) for place, group in enumerate(groups)]


def _unseen(questions: int, asked: Sequence[Reached], minimum: int) -> Unseen | None:
    """None where something can be seen, and where a number is missing to say that."""
    if any(group.number is None for group in asked):
        return None
    groups = tuple(Expected(group.title, group.number or 0) for group in asked)
    return None if partition([group.number for group in groups if group.number], minimum) else Unseen(questions, groups)
