# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The result of a single check: a stored one, or the example of the start page from an answer file.

A draft is computed on reading. A submitted check is computed from the same stored answers with the version it
was answered in. In German that gives the snapshot again byte for byte (rule M13); in another language the figures
are the same and the texts are that language's.
"""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from app.permissions import Scope
from app.responses.queries import ResponseState, load_response
from app.results.queries.context import Place, ResultContext
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from scoring import Inputs, Profile, profile_of


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
        part_of=state.round.title if state.round else "",
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
