# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M12: „Wenn Projekte auslaufen“."""

from fractions import Fraction

import pytest

from questionnaires.answers import Answer, Budget, Level
from questionnaires.parts import MunicipalityType, Room
from scoring.profile import Band, Ended, Scenario
from tests.scoring.tiny import (
    UNKNOWN,
    item,
    items,
    lens,
    levels,
    profile,
    project,
    questionnaire,
    section,
)


def _scenario(*given: int | Answer | None, month: str = "2028-01", room: Room = Room.OWN) -> Scenario:
    content = items("E1", len(given), core=True, lenses=("A1",), room=room)
    form = questionnaire(section("E1", content), lenses=[lens("A1")])
    found = profile(form, levels("E1", *given), scenario_date=month).scenario
    assert found is not None
    return found


@pytest.mark.parametrize(("until", "score"), [("2027-12", 25), ("2028-01", 100), ("2028-02", 100), ("2019-06", 25)])
def test_m12_a_project_carries_until_its_month_is_over(until: str, score: int) -> None:
    assert _scenario(project(4, until)).section("E1").score == score


@pytest.mark.parametrize(("level", "counted"), [(0, 0), (1, 1), (2, 1), (4, 1)])
def test_m12_counts_as_at_most_one(level: int, counted: int) -> None:
    found = _scenario(project(level, "2027-12"))
    assert found.item("E1.a").level == counted
    assert found.ended == (Ended("E1.a", "2027-12", level, counted),)


def test_m12_budget_and_no_statement_stay() -> None:
    found = _scenario(Level(4, Budget()), 4)
    assert found.section("E1").score == 100
    assert found.ended == ()


def test_m12_score_band_stage_and_lenses_a_second_time() -> None:
    content = items("E1", 3, core=True, lenses=("A1",))
    form = questionnaire(section("E1", content), lenses=[lens("A1")])
    found = profile(form, levels("E1", 3, project(3, "2027-06"), None), scenario_date="2028-01")
    assert found.scenario is not None
    now, then = found.section("E1"), found.scenario.section("E1")
    assert (now.score, now.band) == (Fraction(75), Band(Fraction(50), Fraction(250, 3)))
    assert (then.score, then.band) == (Fraction(50), Band(Fraction(100, 3), Fraction(200, 3)))
    assert now.coverage == then.coverage == Fraction(2, 3)
    assert now.stage is not None
    assert then.stage is not None
    assert (now.stage.maximum, then.stage.maximum) == (3, 1)
    assert (found.lens("A1").score, found.scenario.lens("A1").score) == (Fraction(75), Fraction(50))


def test_m12_is_never_used_for_priorities() -> None:
    form = questionnaire(section("E1", items("E1", 2)))
    given = levels("E1", project(4, "2027-06"), project(2, "2027-06"))
    with_it, without = profile(form, given, scenario_date="2028-01"), profile(form, given)
    assert with_it.priorities == without.priorities
    assert (with_it.focus, with_it.support_list) == (without.focus, without.support_list)
    assert without.scenario is None


def test_m12_share_without_statement_counts_levels_of_asked_items() -> None:
    county = (MunicipalityType.LANDKREIS,)
    content = [*items("E1", 4), item("E1.e", applies_to=county), item("E1.f", room=Room.OTHERS)]
    given = levels("E1", 0, Level(2, Budget()), project(3, "2027-01"), UNKNOWN, 4, 1)
    found = profile(questionnaire(section("E1", content)), given, scenario_date="2028-01").scenario
    assert found is not None
    assert found.without_statement == Fraction(2, 4)


def test_m12_without_levels_there_is_no_share() -> None:
    assert _scenario(UNKNOWN, None).without_statement is None


def test_m12_without_ended_projects_the_figures_are_the_same() -> None:
    form = questionnaire(section("E1", items("E1", 3, core=True, lenses=("A1",))), lenses=[lens("A1")])
    found = profile(form, levels("E1", 1, project(3, "2030-01"), 2), scenario_date="2028-01")
    assert found.scenario is not None
    assert (found.scenario.sections, found.scenario.lenses) == (found.sections, found.lenses)
