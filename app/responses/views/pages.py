# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages around the questions: overview, check, receipt, description of the municipality."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.clock import months_after
from app.i18n import Words, words_of
from app.responses.queries import ResponseState
from app.responses.views.frame import Frame
from app.responses.views.question import dom_id
from questionnaires.answers import Answer, DontKnow, Level, NotApplicable
from questionnaires.definition import Item, Questionnaire, Section
from questionnaires.flow import Progress, asked, asked_items, is_open, next_open, progress
from questionnaires.numbering import numbers_of, sections_of


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One line of the task list. `is_next` marks the section that carries the button."""

    id: str
    number: int
    title: Words
    summary: Words
    kind: str
    progress: Progress
    is_next: bool


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """Where to go on: the first open question."""

    section_id: str
    dom_id: str


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How long things are kept: days for drafts, months for submitted checks, and this one's day."""

    draft_days: int
    submitted_months: int
    delete_on: date


@dataclass(frozen=True, slots=True)
class Onward:
    """Another questionnaire that shares questions with this one; `answered` of them have an answer here."""

    id: str
    title: Words
    questions: int
    answered: int


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """The sections as a task list."""

    frame: Frame
    rows: tuple[SectionRow, ...]
    following: NextQuestion | None
    deadlines: Deadlines
    no_longer_asked: int = 0
    limits: Words | None = None
    onward: tuple[Onward, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """One line of „Antworten prüfen“. `state`: level, dont_know, not_applicable or open."""

    item_id: str
    dom_id: str
    number: str
    prompt: Words
    state: str
    level: int | None
    answer: Words | None
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class CheckedSection:
    """A section with its answers."""

    id: str
    number: int
    title: Words
    progress: Progress
    answers: tuple[CheckedAnswer, ...]

    @property
    def pending(self) -> tuple[CheckedAnswer, ...]:
        """What is open, to be clarified or not applicable: the lines that a person should look at."""
        return tuple(answer for answer in self.answers if answer.state != "level")

    @property
    def settled(self) -> tuple[CheckedAnswer, ...]:
        """The other lines: those with a level."""
        return tuple(answer for answer in self.answers if answer.state == "level")

    def count(self, state: str) -> int:
        """How many lines are in this state."""
        return sum(answer.state == state for answer in self.answers)


@dataclass(frozen=True, slots=True)
class CheckPage:
    """„Antworten prüfen“ before submitting."""

    frame: Frame
    sections: tuple[CheckedSection, ...]
    deadlines: Deadlines


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """What was submitted, how to come back, and when it is deleted. `view_url` is the read-only address.

    `can_withdraw`: it was given to a round that is not closed yet.
    """

    frame: Frame
    view_url: str
    deadlines: Deadlines

    @property
    def can_withdraw(self) -> bool:
        return self.frame.round is not None and not self.frame.round.is_closed


@dataclass(frozen=True, slots=True)
class CodePage:
    """The code, to print or write down, with the address where it is typed."""

    frame: Frame
    resume_url: str
    view_url: str
    deadlines: Deadlines


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page of a check that needs no more than its frame."""

    frame: Frame


def overview_page(
    state: ResponseState,
    questionnaire: Questionnaire,
    frame: Frame,
    deadlines: Deadlines,
    others: Sequence[Questionnaire] = (),
) -> OverviewPage:
    """The task list; the next open section carries the button. `others` can take over answers."""
    item = next_open(questionnaire, state.kind, state.answers)
    following = NextQuestion(questionnaire.section_of(item.id).id, dom_id(item.id)) if item else None
    rows = tuple(
        SectionRow(
            section.id,
            number,
            words_of(section.title, state.kind),
            words_of(section.summary, state.kind),
            section.kind,
            progress(asked(section, state.kind), state.answers),
            following is not None and following.section_id == section.id,
        )
        for number, section in enumerate(sections_of(questionnaire, state.kind), 1)
    )
    unasked = sum(not item.asked_of(state.kind) for item in questionnaire.items if item.id in state.answers)
    return OverviewPage(
        frame,
        rows,
        following,
        deadlines,
        unasked,
        words_of(questionnaire.limits, state.kind) if questionnaire.limits else None,
        tuple(onward for other in others if (onward := _onward(state, other)).answered and _asks_more(state, onward)),
    )


def _onward(state: ResponseState, other: Questionnaire) -> Onward:
    items = asked_items(other, state.kind)
    answered = sum(item.id in state.answers for item in items)
    return Onward(other.id, words_of(other.title, state.kind), len(items), answered)


def _asks_more(state: ResponseState, onward: Onward) -> bool:
    """After the long check a short one would be a step back: it asks less than is answered already."""
    return onward.questions > len(state.answers)


def check_page(state: ResponseState, questionnaire: Questionnaire, frame: Frame, deadlines: Deadlines) -> CheckPage:
    """All answers, section by section."""
    sections = tuple(
        _checked_section(state, questionnaire, section, number)
        for number, section in enumerate(sections_of(questionnaire, state.kind), 1)
    )
    return CheckPage(frame, sections, deadlines)


def deadlines_of(state: ResponseState, draft_days: int, submitted_months: int) -> Deadlines:
    """Drafts are kept from their last change, submitted checks from their submission, of a round from its end."""
    if state.submitted_on is not None and state.round is not None:
        return Deadlines(draft_days, submitted_months, state.round.delete_on)
    if state.submitted_on is not None:
        return Deadlines(draft_days, submitted_months, months_after(state.submitted_on, submitted_months))
    return Deadlines(draft_days, submitted_months, state.changed_on + timedelta(days=draft_days))


def _checked_section(
    state: ResponseState, questionnaire: Questionnaire, section: Section, number: int
) -> CheckedSection:
    items = asked(section, state.kind)
    numbers = numbers_of(questionnaire, state.kind)
    return CheckedSection(
        section.id,
        number,
        words_of(section.title, state.kind),
        progress(items, state.answers),
        tuple(_checked(item, numbers[item.id], state) for item in items),
    )


def _checked(item: Item, number: str, state: ResponseState) -> CheckedAnswer:
    kept = state.of(item.id).typed
    answer = kept.answered
    level = answer.level if isinstance(answer, Level) else None
    return CheckedAnswer(
        item_id=item.id,
        dom_id=dom_id(item.id),
        number=number,
        prompt=words_of(item.prompt, state.kind),
        state=_state_of(answer),
        level=level,
        answer=None if level is None else words_of(item.anchors[level], state.kind),
        reason=kept.reason if isinstance(answer, NotApplicable) else "",
        note=kept.note,
    )


def _state_of(answer: Answer | None) -> str:
    if is_open(answer):
        return "open"
    if isinstance(answer, DontKnow):
        return "dont_know"
    return "level" if isinstance(answer, Level) else "not_applicable"
