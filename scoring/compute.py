# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""From answers to a profile: the one entry point of this package."""

from collections.abc import Mapping
from fractions import Fraction

from questionnaires.definition import Questionnaire
from questionnaires.flow import Answers
from scoring.gaps import ALONE, focus_of, priorities_of, support_of
from scoring.inputs import InputError, Inputs, Municipality, Targets, month_problems, target_problems
from scoring.lenses import lens_results
from scoring.levels import section_results
from scoring.profile import SCORING_VERSION, Profile
from scoring.ratings import Counts, ItemResult, rate
from scoring.scenario import scenario_of


def profile_of(
    questionnaire: Questionnaire,
    municipality: Municipality,
    answers: Answers,
    targets: Targets | None = None,
    scenario_date: str | None = None,
) -> Profile:
    """The profile of one filled check. The same input gives the same profile, byte for byte (M13).

    `answers` by item id; a blank item is absent, an answer to an item that is not asked counts nowhere.
    `scenario_date` is a month `YYYY-MM` or None. Raises `InputError` with all problems for targets or a
    month that cannot be; ValueError for a level outside 0 to 4.
    """
    inputs = Inputs(municipality, dict(answers), targets or Targets(), scenario_date)
    problems = (*target_problems(questionnaire, inputs.targets), *month_problems(scenario_date))
    if problems:
        raise InputError(problems)
    return assemble(questionnaire, inputs, rate(questionnaire, municipality.type, answers, inputs.targets))


def assemble(
    questionnaire: Questionnaire,
    inputs: Inputs,
    items: tuple[ItemResult, ...],
    agreement: Mapping[str, Fraction] = ALONE,
) -> Profile:
    """Everything that follows from rated items; `agreement` (A by item id) only where there are several raters."""
    kind, month = inputs.municipality.type, inputs.scenario_date
    priorities = priorities_of(questionnaire, inputs.municipality, items, agreement)
    return Profile(
        items=items,
        sections=section_results(questionnaire, kind, items),
        lenses=lens_results(questionnaire, kind, items),
        questionnaire_id=questionnaire.id,
        questionnaire_version=questionnaire.version,
        questionnaire_digest=questionnaire.digest,
        scoring_version=SCORING_VERSION,
        inputs=inputs,
        counts=Counts.of(items),
        priorities=priorities,
        focus=focus_of(questionnaire, priorities),
        support_list=support_of(items),
        clarification=tuple(item.id for item in items if item.state == "dont_know"),
        not_applicable=tuple(item.id for item in items if item.state == "not_applicable"),
        scenario=scenario_of(questionnaire, kind, items, month) if month else None,
    )
