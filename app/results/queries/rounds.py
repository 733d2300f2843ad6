# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The result of a released round (Durchgang): the profile of its published table, one voice per group (M6).

Everything comes from what was frozen at closing, so the cost does not depend on how many answered, and the same
round gives the same bytes again (M7.8).
"""

import json

from sqlmodel import Session

from app.permissions import ReadingScope
from app.results.groups import GroupNames
from app.results.queries.context import OfRound, Place, ResultContext
from app.rounds.queries.released import ReleasedRound, released_round
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from scoring.document import record
from scoring.rounds import profile_of_round


def load_round_result(db: Session, scope: ReadingScope, library: Library, place: Place) -> ResultContext:
    """The result of this round in the reader's language. `NotFound` if it is not released any more."""
    shown = released_round(db, scope)
    table = shown.table
    questionnaire = library.in_language(table.questionnaire_id, table.questionnaire_version, place.language)
    return round_result(shown, questionnaire, place)


def round_result(shown: ReleasedRound, questionnaire: Questionnaire, place: Place) -> ResultContext:
    """The result of a round that was read already."""
    return ResultContext(
        profile=profile_of_round(questionnaire, shown.municipality, shown.table, shown.targets),
        questionnaire=questionnaire,
        digest=shown.table.questionnaire_digest,
        as_of=shown.closed_on,
        status="round",
        place=place,
        notes=None,
        round=OfRound(shown.title, shown.table, GroupNames(shown.titles), shown.asks_comments),
    )


def round_document(db: Session, scope: ReadingScope, library: Library) -> str:
    """The published table and the profile as JSON, the same bytes for every reader and in every language (M13)."""
    shown = released_round(db, scope)
    questionnaire = library.get(shown.table.questionnaire_id, shown.table.questionnaire_version)
    result = round_result(shown, questionnaire, Place(""))
    groups = [{"id": group.key, "title": group.title, "expected": group.expected} for group in shown.groups]
    about = {"title": shown.title, "closed_on": shown.closed_on.isoformat(), "groups": groups}
    document = {"round": about, **record(result.profile)}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"
