# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M5: which practice examples stand beside a step."""

import pytest

from questionnaires.catalogues import Practice
from questionnaires.parts import MunicipalityType
from scoring import Municipality
from scoring.practices import match_kind, size_class
from scoring.profile import PracticeMatch
from tests.scoring.tiny import item, levels, practice, profile, questionnaire, section

SMALL = MunicipalityType.KLEINE_STADT_GEMEINDE
COUNTY = MunicipalityType.LANDKREIS


def _found(level: int, *practices: Practice) -> tuple[PracticeMatch, ...]:
    form = questionnaire(section("E1", [item("E1.a"), item("E1.b")]), practices=practices)
    return profile(form, levels("E1", level, 3)).priorities[0].practices


def test_m5_only_examples_of_exactly_this_step() -> None:
    shown = [practice("p0", ("E1.a", 0)), practice("p1", ("E1.a", 1)), practice("p2", ("E1.b", 1))]
    assert _found(1, *shown) == (PracticeMatch("p1", "other"),)


def test_m5_an_example_may_show_several_steps_of_one_item() -> None:
    shown = practice("p", ("E1.a", 0), ("E1.a", 1))
    assert _found(0, shown) == _found(1, shown) == (PracticeMatch("p", "other"),)
    assert _found(2, shown) == ()


def test_m5_same_type_first_then_similar_size_then_others_done_before_planned() -> None:
    shown = [
        practice("other_done", ("E1.a", 0), population=600_000),
        practice("size_planned", ("E1.a", 0), type=COUNTY, population=40_000, status="planned"),
        practice("size_done", ("E1.a", 0), type=COUNTY, population=30_000),
        practice("type_planned", ("E1.a", 0), type=SMALL, status="planned"),
        practice("type_done_b", ("E1.a", 0), type=SMALL, population=60_000),
        practice("type_done_a", ("E1.a", 0), type=SMALL),
    ]
    assert [(found.practice_id, found.match) for found in _found(0, *shown)] == [
        ("type_done_b", "same_type"),
        ("type_done_a", "same_type"),
        ("type_planned", "same_type"),
        ("size_done", "similar_size"),
        ("size_planned", "similar_size"),
        ("other_done", "other"),
    ]


@pytest.mark.parametrize(
    ("population", "size"),
    [(None, None), (1, 0), (49_999, 0), (50_000, 1), (200_000, 1), (200_001, 2)],
)
def test_m5_size_classes(population: int | None, size: int | None) -> None:
    assert size_class(population) == size


def test_m5_unknown_size_or_type_never_matches() -> None:
    without_size = practice("p", ("E1.a", 0))
    assert match_kind(without_size, Municipality(type=SMALL)) == "other"
    assert match_kind(without_size, Municipality()) == "other"
    assert match_kind(practice("p", ("E1.a", 0), population=300_000), Municipality(None, 250_000)) == "similar_size"
