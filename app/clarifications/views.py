# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of whoever fills in the check, and the page of the colleague with the link."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.clarifications.forms import Asking, Proposing, field_of
from app.clarifications.queries import Proposed, Request
from app.errors import Problem
from app.i18n import Words, words_of
from app.responses.queries import ResponseState
from app.responses.typed import Typed
from questionnaires.definition import Item, Questionnaire
from questionnaires.flow import asked_items
from questionnaires.numbering import numbers_of
from questionnaires.parts import MunicipalityType


@dataclass(frozen=True, slots=True)
class AskableQuestion:
    """A question that can be given away; those marked „weiß ich nicht“ and open ones stand first."""

    item_id: str
    number: str
    prompt: Words
    is_unclear: bool
    is_open: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer in words: `choice` as in the form, `anchor` where it is a level."""

    choice: str
    level: int | None
    anchor: Words | None
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class ProposalView:
    """One question of a request with what the check says now and what is proposed."""

    item_id: str
    number: str
    prompt: Words
    status: str
    proposer: str
    proposed_on: date | None
    now: AnswerView
    proposed: AnswerView


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request with its questions."""

    id: str
    asked: str
    created_on: date
    waiting: int
    proposals: tuple[ProposalView, ...]


@dataclass(frozen=True)
class AskingPage:
    """Where questions are given to colleagues and proposals are decided on. `link` is shown once."""

    response_id: str
    title: str
    requests: tuple[RequestView, ...]
    questions: tuple[AskableQuestion, ...]
    values: Asking
    takes_answers: bool
    link: str = ""

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.values.problems

    @property
    def unclear(self) -> tuple[AskableQuestion, ...]:
        """The questions one would ask somebody about."""
        return tuple(one for one in self.questions if one.is_unclear or one.is_open or one.is_chosen)

    @property
    def others(self) -> tuple[AskableQuestion, ...]:
        return tuple(one for one in self.questions if one not in self.unclear)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as the colleague sees it. `settled`: it was decided on, and cannot be changed."""

    item_id: str
    field: str
    number: str
    prompt: Words
    help: Words
    anchors: tuple[Words, ...]
    allow_not_applicable: bool
    typed: Typed
    settled: str


@dataclass(frozen=True)
class ProposingPage:
    """What the colleague with the link was asked. `is_kept`: the proposals were just kept."""

    token: str
    municipality: str
    asked: str
    asker: str
    message: str
    questions: tuple[AskedQuestion, ...]
    proposer: str
    problems: tuple[Problem, ...]
    takes_answers: bool
    is_kept: bool = False

    @property
    def is_settled(self) -> bool:
        return all(question.settled for question in self.questions)


def asking_page(
    state: ResponseState,
    questionnaire: Questionnaire,
    requests: tuple[Request, ...],
    values: Asking,
    today: date,
    link: str = "",
) -> AskingPage:
    """`questionnaire` in the reader's language."""
    numbers = numbers_of(questionnaire, state.kind)
    items = {item.id: item for item in asked_items(questionnaire, state.kind)}
    return AskingPage(
        response_id=state.id,
        title=questionnaire.title.of(state.kind),
        requests=tuple(_request(one, state, items, numbers) for one in requests),
        questions=tuple(_askable(item, numbers[item.id], state, values) for item in items.values()),
        values=values,
        takes_answers=state.takes_answers(today),
        link=link,
    )


def proposing_page(
    found: Request,
    state: ResponseState,
    questionnaire: Questionnaire,
    today: date,
    *,
    token: str,
    posted: Proposing | None = None,
    is_kept: bool = False,
) -> ProposingPage:
    """What was asked, with what was proposed before or was just typed."""
    numbers = numbers_of(questionnaire, state.kind)
    items = {item.id: item for item in asked_items(questionnaire, state.kind)}
    before = next((item.proposer for item in found.items if item.proposer), "")
    return ProposingPage(
        token=token,
        municipality=state.municipality.name or "",
        asked=found.asked,
        asker=found.asker,
        message=found.message,
        questions=tuple(
            _asked(one, items[one.item_id], numbers[one.item_id], state.kind, posted)
            for one in sorted(found.items, key=lambda one: _place(one, items))
            if one.item_id in items
        ),
        proposer=posted.proposer if posted else before,
        problems=posted.problems if posted else (),
        takes_answers=state.takes_answers(today),
        is_kept=is_kept,
    )


def _place(one: Proposed, items: Mapping[str, Item]) -> int:
    return list(items).index(one.item_id) if one.item_id in items else len(items)


def _askable(item: Item, number: str, state: ResponseState, values: Asking) -> AskableQuestion:
    answer = state.of(item.id).typed.answer
    return AskableQuestion(
        item.id,
        number,
        words_of(item.prompt, state.kind),
        is_unclear=answer == "dont_know",
        is_open=not answer,
        is_chosen=item.id in values.items,
    )


def _request(
    found: Request, state: ResponseState, items: Mapping[str, Item], numbers: Mapping[str, str]
) -> RequestView:
    known = sorted((one for one in found.items if one.item_id in items), key=lambda one: _place(one, items))
    return RequestView(
        found.id,
        found.asked,
        found.created_on,
        found.waiting,
        tuple(
            ProposalView(
                one.item_id,
                numbers[one.item_id],
                words_of(items[one.item_id].prompt, state.kind),
                one.status,
                one.proposer,
                one.proposed_on,
                _answer(items[one.item_id], state.of(one.item_id).typed, state.kind),
                _answer(items[one.item_id], one.typed, state.kind),
            )
            for one in known
        ),
    )


def _answer(item: Item, typed: Typed, kind: MunicipalityType) -> AnswerView:
    level = int(typed.answer) if typed.answer.isdigit() else None
    anchor = None if level is None else words_of(item.anchors[level], kind)
    return AnswerView(typed.answer, level, anchor, typed.reason, typed.note)


def _asked(one: Proposed, item: Item, number: str, kind: MunicipalityType, posted: Proposing | None) -> AskedQuestion:
    typed = posted.typed.get(item.id, one.typed) if posted else one.typed
    return AskedQuestion(
        item_id=item.id,
        field=field_of(item.id),
        number=number,
        prompt=words_of(item.prompt, kind),
        help=words_of(item.help, kind),
        anchors=tuple(words_of(anchor, kind) for anchor in item.anchors),
        allow_not_applicable=item.allow_not_applicable,
        typed=one.typed if one.is_settled else typed,
        settled=one.status if one.is_settled else "",
    )
