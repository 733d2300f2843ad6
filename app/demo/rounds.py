# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What forty-one invented people of a fictional municipality say, group by group, to show a round (Durchgang) with.

Everybody starts from the municipality's own demo check. A group leans to its side, in some sections more, and each
person a little further; both come from digests of plain words, so that they are the same on every machine. Groups,
leanings and comments stand in `lindenau-durchgang.json`.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.demo import Example
from questionnaires.answers import Answer, DontKnow, Level, NotApplicable
from questionnaires.definition import Item, Questionnaire

SPREAD = 0.9
"""How far two people of a group can be apart, in levels."""
DOUBT = 0.6
"""How likely it is to know no level where the demo check knows none."""


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person: answers and comments by item id."""

    answers: Mapping[str, Answer]
    notes: Mapping[str, str]


@dataclass(frozen=True)
class DemoGroup:
    """A group of the catalogue: how many were asked and how many answered, and how they see things.

    `leaning` is in levels, `leanings` beside it by section; `unsure`: how likely „weiß ich nicht“ is.
    """

    key: str
    people: int
    expected: int
    leaning: float
    unsure: float
    leanings: Mapping[str, float]


@dataclass(frozen=True)
class DemoRound:
    """What was answered, and a round to try out beside it; both notes say that it is no true municipality."""

    title: str
    note: str
    open_title: str
    open_note: str
    groups: tuple[DemoGroup, ...]
    comments: Sequence[Mapping[str, Any]]


def demo_round() -> DemoRound:
    """The one there is, of Lindenau."""
    raw = json.loads((Path(__file__).parent / "lindenau-durchgang.json").read_text(encoding="utf-8"))
    groups = tuple(DemoGroup(**group) for group in raw.pop("groups"))
    return DemoRound(groups=groups, **raw)


def people_of(found: DemoRound, group: DemoGroup, form: Questionnaire, example: Example) -> Iterator[Person]:
    """Everybody of a group, with answers to the questions of the form that the demo check has answered too."""
    for number in range(group.people):
        given = {item.id: _answer(group, number, item, example) for item in form.items}
        answers = {item_id: answer for item_id, answer in given.items() if answer is not None}
        yield Person(answers, _notes(found, group, number))


def _notes(found: DemoRound, group: DemoGroup, number: int) -> dict[str, str]:
    mine = (one for one in found.comments if (one["group"], one["person"]) == (group.key, number))
    return {one["item"]: one["text"] for one in mine}


def _answer(group: DemoGroup, number: int, item: Item, example: Example) -> Answer | None:
    """A level near that of the demo check; what does not apply there applies to nobody."""
    known = example.inputs.answers.get(item.id)
    if known is None or isinstance(known, NotApplicable):
        return known
    is_unsure = _chance("unsure", group.key, number, item.id) < (DOUBT if isinstance(known, DontKnow) else group.unsure)
    return DontKnow() if is_unsure else Level(_level(group, number, item, known))


def _level(group: DemoGroup, number: int, item: Item, known: Answer) -> int:
    centre = known.level if isinstance(known, Level) else 1
    own = _chance("person", group.key, number) + _chance("level", group.key, number, item.id) - 1
    seen = centre + group.leaning + group.leanings.get(_section(item), 0.0) + SPREAD * own
    return min(4, max(0, int(seen + 0.5)))


def _section(item: Item) -> str:
    return item.id.partition(".")[0]


def _chance(*words: str | int) -> float:
    """A number from 0 up to 1 that these words always give."""
    return int(hashlib.sha256("/".join(map(str, words)).encode()).hexdigest()[:8], 16) / 2**32
