# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading inputs: every problem is named with its place, none comes from deep inside."""

from typing import Any

import pytest

from questionnaires.answers import Level, Project
from questionnaires.parts import MunicipalityType
from scoring import InputError, Inputs, Municipality, Targets
from scoring.reading import read, read_targets
from tests.scoring.tiny import items, profile, questionnaire, section

POPULATION = "municipality.population"
FORM = questionnaire(section("E1", items("E1", 2)))
GOOD: dict[str, Any] = {
    "municipality": {"type": "landkreis", "population": 120_000, "name": "Kreis Muster"},
    "answers": {"E1.a": {"level": 2, "carried_by": {"project_until": "2027-06"}}, "E1.b": None},
    "targets": {"default": 2, "sections": {"E1": 4}, "items": {"E1.b": 1}},
    "scenario_date": "2028-01",
}


def _problems(raw: object) -> list[tuple[str, str]]:
    found = read(FORM, raw)
    assert isinstance(found, tuple)
    return [(problem.place, problem.code) for problem in found]


def test_a_whole_input() -> None:
    assert read(FORM, GOOD) == Inputs(
        Municipality(MunicipalityType.LANDKREIS, 120_000, "Kreis Muster"),
        {"E1.a": Level(2, Project("2027-06"))},
        Targets(2, {"E1": 4}, {"E1.b": 1}),
        "2028-01",
    )


@pytest.mark.parametrize("extra", [{}, {"targets": None, "scenario_date": None}, {"targets": {}}])
def test_targets_and_scenario_may_be_missing(extra: dict[str, object]) -> None:
    found = read(FORM, {"municipality": {"type": "landkreis"}, "answers": {}} | extra)
    assert found == Inputs(Municipality(MunicipalityType.LANDKREIS), {}, Targets(3))


@pytest.mark.parametrize(
    ("changes", "place", "code"),
    [
        ({"answer": {}}, "input.answer", "unknown-key"),
        ({"municipality": None}, "municipality", "not-an-object"),
        ({"municipality": {}}, "municipality.type", "unknown-type"),
        ({"municipality": {"type": "dorf"}}, "municipality.type", "unknown-type"),
        ({"municipality": {"type": ["landkreis"]}}, "municipality.type", "unknown-type"),
        ({"municipality": {"type": "landkreis", "size": 1}}, "municipality.size", "unknown-key"),
        ({"municipality": {"type": "landkreis", "population": 0}}, POPULATION, "population-unreadable"),
        ({"municipality": {"type": "landkreis", "population": True}}, POPULATION, "population-unreadable"),
        ({"municipality": {"type": "landkreis", "population": "9"}}, POPULATION, "population-unreadable"),
        ({"municipality": {"type": "landkreis", "name": 1}}, "municipality.name", "name-not-text"),
        ({"answers": None}, "answers", "not-an-object"),
        ({"answers": [1]}, "answers", "not-an-object"),
        ({"answers": {"E9.a": 1}}, "answers.E9.a", "unknown-item"),
        ({"answers": {"E1.a": 5}}, "answers.E1.a", "level-out-of-range"),
        ({"targets": 3}, "targets", "not-an-object"),
        ({"targets": {"standard": 3}}, "targets.standard", "unknown-key"),
        ({"targets": {"default": 0}}, "targets.default", "target-out-of-range"),
        ({"targets": {"default": True}}, "targets.default", "target-out-of-range"),
        ({"targets": {"default": None}}, "targets.default", "target-out-of-range"),
        ({"targets": {"sections": {"E1": 2.0}}}, "targets.sections.E1", "target-out-of-range"),
        ({"targets": {"sections": {"E99": 2}}}, "targets.sections.E99", "unknown-section"),
        ({"targets": {"items": {"E1.z": 2}}}, "targets.items.E1.z", "unknown-item"),
        ({"targets": {"items": {"E1.a": 5}}}, "targets.items.E1.a", "target-out-of-range"),
        ({"targets": {"items": []}}, "targets.items", "not-an-object"),
        ({"scenario_date": "2028-13"}, "scenario_date", "month-unreadable"),
        ({"scenario_date": "2028-01-01"}, "scenario_date", "month-unreadable"),
        ({"scenario_date": "2028-01\n"}, "scenario_date", "month-unreadable"),
        ({"scenario_date": 2028}, "scenario_date", "month-unreadable"),
    ],
)  # fmt: skip
def test_each_problem_has_its_place(changes: dict[str, object], place: str, code: str) -> None:
    assert _problems(GOOD | changes) == [(place, code)]


def test_all_problems_are_told_at_once() -> None:
    raw = {"municipality": {}, "answers": {"E9.a": 1}, "targets": {"default": 9}, "scenario_date": ""}
    assert [place for place, _ in _problems(raw)] == [
        "municipality.type",
        "answers.E9.a",
        "targets.default",
        "scenario_date",
    ]


@pytest.mark.parametrize("raw", [None, [], "x", 3])
def test_something_else_is_no_input(raw: object) -> None:
    assert ("input", "not-an-object") in _problems(raw)


def test_targets_alone() -> None:
    assert read_targets(FORM, {"sections": {"E1": 4}}) == Targets(3, {"E1": 4})
    found = read_targets(FORM, {"sections": {"E2": 4}})
    assert isinstance(found, tuple)
    assert [problem.place for problem in found] == ["targets.sections.E2"]


def test_m5_profile_of_refuses_targets_that_cannot_be() -> None:
    with pytest.raises(InputError, match=r"targets\.sections\.E7: .*no section") as caught:
        profile(FORM, {}, targets=Targets(5, sections={"E7": 1}), scenario_date="bald")
    places = [problem.place for problem in caught.value.problems]
    assert places == ["targets.default", "targets.sections.E7", "scenario_date"]


def test_answers_to_unknown_items_count_nowhere() -> None:
    """An answer set may be older than a draft: what is no longer asked is left aside, not an error."""
    assert profile(FORM, {"E9.z": Level(4)}).counts.answered == 0
