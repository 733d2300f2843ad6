# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the result pages stand on: one profile, its questionnaire, and where its pages live.

A draft is computed on reading. A submitted check is computed from the same stored answers with the version it
was answered in. In German that gives the snapshot again byte for byte (rule M13); in another language the figures
are the same and the texts are that language's. The example result of the start page comes from an answer file and
uses the same pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from gettext import NullTranslations
from typing import Literal

from sqlmodel import Session

from app import i18n
from app.i18n import Words
from app.permissions import Scope
from app.responses.queries import ResponseState, load_response
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from questionnaires.parts import MunicipalityType, Text
from scoring import Inputs, Profile, profile_of

Status = Literal["draft", "submitted", "example"]


@dataclass(frozen=True)
class Place:
    """Where a result is shown: the address its pages start with, the form's (`""`: nobody edits), the language."""

    base_url: str
    form_url: str = ""
    language: str = i18n.SOURCE


@dataclass(frozen=True)
class ResultContext:
    """One result with everything its pages tell. `notes` None: this reader does not see notes."""

    profile: Profile
    questionnaire: Questionnaire = field(repr=False)
    digest: str
    as_of: date
    status: Status
    place: Place
    notes: Mapping[str, str] | None = field(repr=False)

    @property
    def kind(self) -> MunicipalityType | None:
        """The type of municipality that chooses among the variants of texts."""
        return self.profile.inputs.municipality.type

    @property
    def can_edit(self) -> bool:
        return bool(self.place.form_url)

    def words(self, text: Text) -> Words:
        """A text of the questionnaire for this type of municipality, in the reader's language or else in German."""
        return Words(text.of(self.kind), text.lang)

    @cached_property
    def texts(self) -> NullTranslations:
        """The catalogue of the reader's language, for the few sentences that rules write."""
        return i18n.translations(self.place.language)


def load_result(
    db: Session, scope: Scope, library: Library, place: Place, *, month: str | None = None
) -> ResultContext:
    """The result of a stored response; `month` (`YYYY-MM`) adds the scenario. `NotFound` if it was deleted.

    Notes are for those who hold the code: they may name people, and a link travels.
    """
    state = load_response(db, scope)
    questionnaire = library.in_language(state.questionnaire_id, state.questionnaire_version, place.language)
    return ResultContext(
        profile=_profile(questionnaire, state, month),
        questionnaire=questionnaire,
        digest=state.questionnaire_digest,
        as_of=state.submitted_on or state.changed_on,
        status="submitted" if state.is_submitted else "draft",
        place=place,
        notes=state.notes if scope.can_edit else None,
    )


def result_of(
    questionnaire: Questionnaire,
    inputs: Inputs,
    place: Place,
    *,
    as_of: date,
    notes: Mapping[str, str] | None = None,
    month: str | None = None,
) -> ResultContext:
    """An example result from an answer file: read only, with a month of its own for the scenario."""
    profile = profile_of(questionnaire, inputs.municipality, inputs.answers, inputs.targets, month)
    return ResultContext(profile, questionnaire, questionnaire.digest, as_of, "example", place, notes)


def _profile(questionnaire: Questionnaire, state: ResponseState, month: str | None) -> Profile:
    return profile_of(questionnaire, state.municipality, state.answers, state.targets, month)
