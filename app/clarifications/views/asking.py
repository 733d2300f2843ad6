# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of whoever fills in the check: give questions to colleagues, decide on what they propose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.clarifications.forms import Asking, proposal_field
from app.clarifications.queries import Request
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
    """One question of a request with what the check says now and what is proposed. `field`: its id in the page."""

    item_id: str
    section_id: str
    field: str
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
        requests=tuple(_request(one, state, questionnaire, items, numbers) for one in requests),
        questions=tuple(_askable(item, numbers[item.id], state, values) for item in items.values()),
        values=values,
        takes_answers=state.takes_answers(today),
        link=link,
    )


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
    found: Request,
    state: ResponseState,
    questionnaire: Questionnaire,
    items: Mapping[str, Item],
    numbers: Mapping[str, str],
) -> RequestView:
    return RequestView(
        found.id,
        found.asked,
        found.created_on,
        found.waiting,
        tuple(
            ProposalView(
                item.id,
                questionnaire.section_of(item.id).id,
                proposal_field(found.id, item.id),
                numbers[item.id],
                words_of(item.prompt, state.kind),
                one.status,
                one.proposer,
                one.proposed_on,
                now=_answer(item, state.of(item.id).typed, state.kind),
                proposed=_answer(item, one.typed, state.kind),
            )
            for item, one in found.in_order(items.values())
        ),
    )


def _answer(item: Item, typed: Typed, kind: MunicipalityType) -> AnswerView:
    level = int(typed.answer) if typed.answer.isdigit() else None
    anchor = None if level is None else words_of(item.anchors[level], kind)
    return AnswerView(typed.answer, level, anchor, typed.reason, typed.note)
