# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A section with its questions, and the fragment that tells how far it is answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.i18n import Words, words_of
from app.responses.queries import ResponseState
from app.responses.typed import Fault, Typed
from app.responses.views.frame import Frame, frame_of
from app.responses.views.question import Asked, Question, dom_id, notes_of, question_of
from questionnaires.citations import Citation, citations_of
from questionnaires.definition import Item, Questionnaire, Section
from questionnaires.flow import Progress, asked, is_open, progress
from questionnaires.numbering import numbers_in, place_of, sections_of
from questionnaires.origins import Origin


@dataclass(frozen=True, slots=True)
class SectionLink:
    """Another section, by number and title."""

    id: str
    number: int
    title: Words


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that is still open here, to jump to."""

    dom_id: str
    number: str
    prompt: Words


@dataclass(frozen=True, slots=True)
class SectionState:
    """The fragment beside the questions: counts, what is open here, and when it was last saved."""

    section_id: str
    progress: Progress
    open: tuple[OpenQuestion, ...]
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PathView:
    """One of several ways of equal worth."""

    title: Words
    text: Words


@dataclass(frozen=True, slots=True)
class SectionPage:
    """One section (Abschnitt) to answer. `back` names the page to return to after „Ändern“."""

    frame: Frame
    id: str
    number: int
    total: int
    title: Words
    why: Words
    source: Citation
    paths: tuple[PathView, ...]
    questions: tuple[Question, ...]
    section_state: SectionState
    page_id: str
    back: str
    previous: SectionLink | None
    following: SectionLink | None
    origin: Origin | None = None

    @property
    def problems(self) -> tuple[Question, ...]:
        """The questions that the error summary names: a fault, a conflict, or something missing."""
        return tuple(q for q in self.questions if q.faults or q.theirs or (q.strict and q.gaps))


@dataclass(frozen=True, slots=True)
class Posted:
    """A question that could not be kept as it was posted: what was typed, its faults, or a conflict.

    `base` is what the form said the page had shown: in a conflict it stays until somebody has decided.
    """

    typed: Typed
    base: str
    faults: Sequence[Fault] = ()
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Rendering:
    """What is particular to one showing of a section: code, day, the page's random id, and what was posted."""

    code: str | None
    page_id: str
    today: date
    back: str = ""
    posted: Mapping[str, Posted] | None = None
    strict: bool = False
    saved_at: datetime | None = None


def section_page(
    state: ResponseState, questionnaire: Questionnaire, section: Section, rendering: Rendering
) -> SectionPage:
    """The page of a section that asks this municipality something."""
    sections = sections_of(questionnaire, state.kind)
    at = place_of(section, sections) - 1
    return SectionPage(
        frame=frame_of(state, questionnaire, rendering.code, rendering.today),
        id=section.id,
        number=at + 1,
        total=len(sections),
        title=words_of(section.title, state.kind),
        why=words_of(section.why, state.kind),
        source=citations_of(questionnaire, [section.source])[0],
        paths=tuple(PathView(words_of(p.title, state.kind), words_of(p.text, state.kind)) for p in section.paths),
        questions=_questions(state, questionnaire, section, rendering),
        section_state=section_state(state, questionnaire, section, rendering.saved_at),
        page_id=rendering.page_id,
        back=rendering.back,
        previous=_link(sections, at - 1, state),
        following=_link(sections, at + 1, state),
        origin=section.origin,
    )


def section_state(
    state: ResponseState, questionnaire: Questionnaire, section: Section, saved_at: datetime | None = None
) -> SectionState:
    """The progress of one section."""
    items = asked(section, state.kind)
    answers = state.answers_to(items)
    numbers = numbers_in(section, sections_of(questionnaire, state.kind), state.kind)
    return SectionState(
        section.id,
        progress(items, answers),
        tuple(
            OpenQuestion(dom_id(item.id), numbers[item.id], words_of(item.prompt, state.kind))
            for item in items
            if is_open(answers.get(item.id))
        ),
        saved_at,
    )


def single_question(
    state: ResponseState, questionnaire: Questionnaire, item: Item, rendering: Rendering, posted: Posted | None = None
) -> Question:
    """One question as the fragment that answers a save."""
    sections, section = sections_of(questionnaire, state.kind), questionnaire.section_of(item.id)
    number = numbers_in(section, sections, state.kind)[item.id]
    asked_for = _asked_for(state, questionnaire, rendering)
    return _question(state, item, number, asked_for, posted)


def _questions(
    state: ResponseState, questionnaire: Questionnaire, section: Section, rendering: Rendering
) -> tuple[Question, ...]:
    numbers = numbers_in(section, sections_of(questionnaire, state.kind), state.kind)
    posted = rendering.posted or {}
    asked_for = _asked_for(state, questionnaire, rendering)
    return tuple(
        _question(state, item, numbers[item.id], asked_for, posted.get(item.id)) for item in asked(section, state.kind)
    )


def _asked_for(state: ResponseState, questionnaire: Questionnaire, rendering: Rendering) -> Asked:
    return Asked(
        questionnaire,
        state.id,
        state.kind,
        rendering.page_id,
        closed=not state.takes_answers(rendering.today),
        strict=rendering.strict,
        notes=notes_of(state.round),
        delegates=state.may_delegate,
    )


def _question(state: ResponseState, item: Item, number: str, asked_for: Asked, posted: Posted | None) -> Question:
    if posted is None:
        return question_of(item, number, asked_for, state.of(item.id))
    return question_of(
        item,
        number,
        asked_for,
        state.of(item.id),
        typed=posted.typed,
        faults=posted.faults,
        conflict_base=posted.base if posted.conflict else None,
    )


def _link(sections: Sequence[Section], at: int, state: ResponseState) -> SectionLink | None:
    if not 0 <= at < len(sections):
        return None
    return SectionLink(sections[at].id, at + 1, words_of(sections[at].title, state.kind))
