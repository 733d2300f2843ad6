# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M12: „Wenn Projekte auslaufen“: the same figures once more, for a month after some projects' end."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from questionnaires.answers import Level, Project
from questionnaires.definition import Questionnaire
from questionnaires.parts import MunicipalityType
from scoring.lenses import lens_results
from scoring.levels import section_results
from scoring.profile import Ended, Scenario
from scoring.ratings import ItemResult

CAP = 1
"""M12: what only a project carried counts at most as „planned or single cases“ once it has ended."""


def scenario_of(
    questionnaire: Questionnaire,
    kind: MunicipalityType | None,
    items: Sequence[ItemResult],
    month: str,
) -> Scenario:
    """Figures for `month` (`YYYY-MM`); shown beside the profile, never used for priorities."""
    ended = tuple(end for item in items if (end := _ended(item, month)))
    counted = {end.item_id: end.counted for end in ended}
    then = tuple(replace(item, level=counted[item.id]) if item.id in counted else item for item in items)
    return Scenario(
        items=then,
        sections=section_results(questionnaire, kind, then),
        lenses=lens_results(questionnaire, kind, then),
        date=month,
        without_statement=without_statement(items),
        ended=ended,
    )


def without_statement(items: Sequence[ItemResult]) -> Fraction | None:
    """The share of asked items with a level that say nothing of what carries it; None without any level."""
    levels = [item.answer for item in items if isinstance(item.answer, Level)]
    silent = sum(answer.carried_by is None for answer in levels)
    return Fraction(silent, len(levels)) if levels else None


def _ended(item: ItemResult, month: str) -> Ended | None:
    """The item's project, if it ended before `month`; a project that runs until `month` still carries."""
    match item.answer:
        case Level(level=level, carried_by=Project(until=until)) if until < month:
            return Ended(item.id, until, level, min(level, CAP))
    return None
