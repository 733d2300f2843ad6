# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is asked of this municipality, what is answered, what is missing, and what comes next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from questionnaires.answers import Answer, DontKnow, NotApplicable
from questionnaires.definition import Item, Questionnaire, Section
from questionnaires.parts import MunicipalityType

Answers = Mapping[str, Answer]
"""Answers by item id; a blank item is simply absent."""


@dataclass(frozen=True)
class Progress:
    """Counts of asked items: `done` count, `open` are blank, `unclear` are „weiß ich nicht“."""

    asked: int
    done: int
    unclear: int

    @property
    def open(self) -> int:
        return self.asked - self.done - self.unclear

    @property
    def state(self) -> str:
        """`not_started`, `started`, `unclear` (nothing is open, yet something is to be clarified) or `complete`."""
        if self.open == self.asked and self.asked:
            return "not_started"
        if self.open:
            return "started"
        return "unclear" if self.unclear else "complete"


def asked(section: Section, kind: MunicipalityType | None) -> tuple[Item, ...]:
    """The items of a section that a municipality of this type is asked."""
    return section.items_by_kind[kind]


def asked_items(questionnaire: Questionnaire, kind: MunicipalityType | None) -> tuple[Item, ...]:
    """All items that a municipality of this type is asked, in order."""
    return tuple(item for section in questionnaire.sections for item in asked(section, kind))


def is_open(answer: Answer | None) -> bool:
    """Blank, or „trifft nicht zu“ without a reason (rule M1)."""
    return answer is None or (isinstance(answer, NotApplicable) and not answer.counts)


def progress(items: Iterable[Item], answers: Answers) -> Progress:
    """How far these items are answered."""
    asked = unclear = done = 0
    for item in items:
        answer = answers.get(item.id)
        asked += 1
        if isinstance(answer, DontKnow):
            unclear += 1
        elif not is_open(answer):
            done += 1
    return Progress(asked, done, unclear)


def next_open(questionnaire: Questionnaire, kind: MunicipalityType | None, answers: Answers) -> Item | None:
    """The first open item in the order of the questionnaire, None when nothing is open."""
    return next((item for item in asked_items(questionnaire, kind) if is_open(answers.get(item.id))), None)
