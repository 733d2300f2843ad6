# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages with a form: start, resume, import, and the description of the municipality."""

from dataclasses import dataclass
from datetime import date

from app.errors import Problem
from app.i18n import Words, words_of
from app.responses.queries import ResponseState
from app.responses.views.frame import Frame, frame_of
from app.responses.views.question import dom_id
from questionnaires.definition import Item, Questionnaire
from questionnaires.flow import Progress, asked_items, progress
from questionnaires.numbering import numbers_of
from questionnaires.origins import Origin
from questionnaires.parts import MunicipalityType


@dataclass(frozen=True, slots=True)
class Known:
    """A check whose code this browser holds; `round` is the title of the round it was given to."""

    response_id: str
    name: str | None
    round: str | None
    type: MunicipalityType
    progress: Progress


@dataclass(frozen=True, slots=True)
class Choice:
    """A questionnaire that can be started; `origin` is None for a shipped one."""

    id: str
    title: Words
    summary: Words
    questions: int
    minutes: int
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page with a form: what was typed and what is wrong with it. `values` is `forms.Values`."""

    values: object
    problems: tuple[Problem, ...] = ()
    needs_access_code: bool = False
    draft_days: int = 0
    submitted_months: int = 0
    known: tuple[Known, ...] = ()
    choices: tuple[Choice, ...] = ()
    frame: Frame | None = None


@dataclass(frozen=True, slots=True)
class RewordedQuestion:
    """An answered question that reads differently for the new type."""

    section_id: str
    dom_id: str
    number: str
    prompt: Words


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """What a change of the municipality's type did to the questions."""

    frame: Frame
    reworded_questions: tuple[RewordedQuestion, ...]
    dropped: int
    added: int

    @property
    def reworded(self) -> int:
        return len(self.reworded_questions)


def choice_of(questionnaire: Questionnaire) -> Choice:
    """One line of the choice at the start."""
    return Choice(
        questionnaire.id,
        words_of(questionnaire.title, None),
        words_of(questionnaire.summary, None),
        len(questionnaire.items),
        questionnaire.minutes,
        questionnaire.origin,
    )


def known_of(state: ResponseState, questionnaire: Questionnaire) -> Known:
    """One line of the checks on this device."""
    counts = progress(asked_items(questionnaire, state.kind), state.answers)
    title = state.round.title if state.round else None
    return Known(state.id, state.municipality.name, title, state.kind, counts)


def changed_page(
    state: ResponseState, questionnaire: Questionnaire, kind: MunicipalityType, code: str | None, today: date
) -> ChangedPage:
    """What changes when `state` (before the change) becomes a municipality of type `kind`."""
    before, items = state.kind, questionnaire.items
    numbers = numbers_of(questionnaire, kind)
    reworded = [i for i in items if i.id in state.answers and i.id in numbers and reads_differently(i, before, kind)]
    return ChangedPage(
        frame=frame_of(state.of_type(kind), questionnaire, code, today),
        reworded_questions=tuple(
            RewordedQuestion(questionnaire.section_of(i.id).id, dom_id(i.id), numbers[i.id], words_of(i.prompt, kind))
            for i in reworded
        ),
        dropped=sum(i.asked_of(before) and not i.asked_of(kind) for i in items),
        added=sum(i.asked_of(kind) and not i.asked_of(before) for i in items),
    )


def reads_differently(item: Item, one: MunicipalityType, other: MunicipalityType) -> bool:
    """Whether prompt or anchors have other words for the two types."""
    return any(text.of(one) != text.of(other) for text in (item.prompt, *item.anchors))
