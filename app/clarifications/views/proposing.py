# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of the colleague with the link: what was asked, and what to propose."""

from dataclasses import dataclass
from datetime import date

from app.clarifications.forms import Proposing, field_of
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
    asks_notes: bool
    is_kept: bool = False

    @property
    def is_settled(self) -> bool:
        return all(question.settled for question in self.questions)


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
            _asked(one, item, numbers[item.id], state.kind, posted) for item, one in found.in_order(items.values())
        ),
        proposer=posted.proposer if posted else before,
        problems=posted.problems if posted else (),
        takes_answers=state.takes_answers(today),
        asks_notes=state.asks_notes,
        is_kept=is_kept,
    )


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
