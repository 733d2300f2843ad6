# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which questionnaires a round can ask, and which a single group of it may get instead. Pure."""

from dataclasses import dataclass

from app.responses.actions import shared_items
from questionnaires.definition import Questionnaire
from questionnaires.flow import asked_items
from questionnaires.library import BrokenQuestionnaireError, Library, UnknownQuestionnaireError
from questionnaires.origins import Edition
from questionnaires.parts import MunicipalityType


@dataclass(frozen=True)
class Offer:
    """A questionnaire that can be chosen: how many questions this municipality is asked, and how many are shared."""

    questionnaire: Questionnaire
    questions: int
    shared: int

    @property
    def edition(self) -> Edition:
        return Edition(id=self.questionnaire.id, version=self.questionnaire.version)

    @property
    def is_shared(self) -> bool:
        """Whether at least one question counts for the common picture."""
        return self.shared > 0


def find(library: Library, edition: Edition) -> Questionnaire | None:
    """A version, or None where it cannot be had."""
    try:
        return library.get(edition.id, edition.version)
    except (UnknownQuestionnaireError, BrokenQuestionnaireError):
        return None


def latest_of_all(library: Library) -> tuple[Questionnaire, ...]:
    """The newest version of each questionnaire that can be read, the one with most questions first."""
    found = [questionnaire for name in library.ids() if (questionnaire := _latest(library, name))]
    return tuple(sorted(found, key=lambda one: (-len(one.items), one.id)))


def offer_of(questionnaire: Questionnaire, of_round: Questionnaire, kind: MunicipalityType | None) -> Offer:
    """What a group with this questionnaire answers, and how much of it counts in the round."""
    asked = {item.id for item in asked_items(questionnaire, kind)}
    in_round = {item.id for item in asked_items(of_round, kind)}
    return Offer(questionnaire, len(asked), len(shared_items(questionnaire, of_round) & asked & in_round))


def shorter_forms(library: Library, of_round: Questionnaire, kind: MunicipalityType | None) -> tuple[Offer, ...]:
    """Questionnaires that ask less than that of the round and share questions with it."""
    whole = offer_of(of_round, of_round, kind)
    found = [offer_of(one, of_round, kind) for one in latest_of_all(library) if one.id != of_round.id]
    return tuple(offer for offer in found if offer.is_shared and offer.questions < whole.questions)


def _latest(library: Library, name: str) -> Questionnaire | None:
    try:
        return library.latest(name)
    except (UnknownQuestionnaireError, BrokenQuestionnaireError):
        return None
