# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M5: which practice examples (Praxisbeispiele) fit a step and the municipality, best first."""

from questionnaires.catalogues import Practice
from questionnaires.definition import Questionnaire
from scoring.inputs import Municipality
from scoring.profile import MatchKind, PracticeMatch

SIZE_BOUNDS = (50_000, 200_000)
"""Size classes: below the first, from the first up to and including the second, above the second."""

_MATCH_ORDER: dict[MatchKind, int] = {"same_type": 0, "similar_size": 1, "other": 2}


def practices_for(
    questionnaire: Questionnaire, item_id: str, level: int, municipality: Municipality
) -> tuple[PracticeMatch, ...]:
    """The examples that show exactly the step `level` to `level + 1` of an item; others are not listed.

    Order: same type of municipality, then same size class, then others; within these done before planned, then
    the order of the catalogue.
    """
    found = [
        (match_kind(practice, municipality), practice)
        for practice in questionnaire.practices_of(item_id)
        if _shows(practice, item_id, level)
    ]
    found.sort(key=lambda pair: (_MATCH_ORDER[pair[0]], pair[1].status != "done"))
    return tuple(PracticeMatch(practice.id, match) for match, practice in found)


def match_kind(practice: Practice, municipality: Municipality) -> MatchKind:
    """How near the example's municipality is; without inhabitants on both sides the size says nothing."""
    if practice.type == municipality.type:
        return "same_type"
    size = size_class(practice.population)
    return "similar_size" if size is not None and size == size_class(municipality.population) else "other"


def size_class(population: int | None) -> int | None:
    """0 below 50,000, 1 from 50,000 to 200,000, 2 above 200,000 inhabitants; None where not known."""
    if population is None:
        return None
    return (population >= SIZE_BOUNDS[0]) + (population > SIZE_BOUNDS[1])


def _shows(practice: Practice, item_id: str, level: int) -> bool:
    """Not `Practice.illustrates`: an example may show several steps of one item."""
    return any(
        (shown.item, shown.level_from, shown.level_to) == (item_id, level, level + 1) for shown in practice.items
    )
