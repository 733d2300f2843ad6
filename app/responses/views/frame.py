# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What all pages of one check share: whose it is, how far it is, and what can be done with it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from app.i18n import Words, words_of
from app.responses.queries import ResponseState
from app.responses.within import RoundOf
from questionnaires.definition import Questionnaire
from questionnaires.flow import Progress, asked_items, progress
from questionnaires.parts import MunicipalityType


@dataclass(frozen=True)
class Frame:
    """Head of every page of a check. `code` is grouped for reading, None where it is not known.

    `count` counts how far the whole check is, for the pages that tell it. `takes_answers`: not submitted, and the
    round it belongs to, if any, is open. `may_delegate`: questions can be given to colleagues.
    """

    response_id: str
    code: str | None
    questionnaire_title: Words
    questionnaire_version: str
    municipality_name: str | None
    municipality_type: MunicipalityType
    population: int | None
    submitted_on: date | None
    takes_answers: bool
    may_delegate: bool
    round: RoundOf | None
    person: str
    count: Callable[[], Progress] = field(repr=False)

    @cached_property
    def progress(self) -> Progress:
        return self.count()

    @property
    def is_submitted(self) -> bool:
        return self.submitted_on is not None


def frame_of(state: ResponseState, questionnaire: Questionnaire, code: str | None, today: date) -> Frame:
    """The frame of a response as it is now."""
    return Frame(
        response_id=state.id,
        code=code,
        questionnaire_title=words_of(questionnaire.title, state.kind),
        questionnaire_version=questionnaire.version,
        municipality_name=state.municipality.name,
        municipality_type=state.kind,
        population=state.municipality.population,
        submitted_on=state.submitted_on,
        takes_answers=state.takes_answers(today),
        may_delegate=state.may_delegate,
        round=state.round,
        person=state.person,
        count=lambda: progress(asked_items(questionnaire, state.kind), state.answers),
    )
