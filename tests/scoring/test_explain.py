# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M13: figures unfolded by hand-computed examples (that all add up is a property)."""

from dataclasses import replace
from fractions import Fraction

import pytest

from questionnaires.parts import Room
from scoring.explain import (
    Explanation,
    Line,
    MeanSum,
    ProductSum,
    StageLine,
    StageSum,
    explain_lens,
    explain_priority,
    explain_section,
    explain_support,
)
from tests.scoring.tiny import ABSENT, item, items, lens, levels, profile, profile_with, project, questionnaire, section


def _values(found: MeanSum | None) -> list[tuple[str, int, int]]:
    assert found is not None
    return [(line.subject, int(line.weight), int(line.value)) for line in found.lines]


def test_m2_score_coverage_and_band_as_lines() -> None:
    content = [item("E1.a", weight=2.0), item("E1.b"), item("E1.c"), item("E1.d")]
    found = explain_section(profile(questionnaire(section("E1", content)), levels("E1", 3, 1, None, ABSENT)), "E1")
    assert _values(found.score) == [("E1.a", 2, 75), ("E1.b", 1, 25)]
    assert _values(found.coverage) == [("E1.a", 2, 1), ("E1.b", 1, 1), ("E1.c", 1, 0)]
    assert _values(found.band_min) == [("E1.a", 2, 75), ("E1.b", 1, 25), ("E1.c", 1, 0)]
    assert _values(found.band_max) == [("E1.a", 2, 75), ("E1.b", 1, 25), ("E1.c", 1, 100)]
    assert found.score is not None
    assert (found.score.numerator, found.score.denominator) == (Fraction(175), Fraction(3))
    assert found.score.lines[0] == Line("E1.a", Fraction(2), Fraction(75), "level", 3)
    assert found.score.lines[0].amount == 150


def test_m2_what_is_not_said_has_no_sum() -> None:
    found = explain_section(profile_with(1, None, None), "E1")
    assert found.coverage is not None
    assert found == Explanation(score=None, coverage=found.coverage, band_min=None, band_max=None)


def test_m2_f1_is_explained_by_its_attributes() -> None:
    attributes = ("A1", "A2", "A3", "A4", "A5")
    content = [item(f"E1.{n}", lenses=(a,)) for n, a in zip("abcde", attributes, strict=True)]
    form = questionnaire(section("E1", content), lenses=[lens("F1", *attributes), *map(lens, attributes)])
    found = explain_lens(profile(form, levels("E1", 1, 2, 3, 4, None)), "F1")
    assert _values(found.score) == [("A1", 1, 25), ("A2", 1, 50), ("A3", 1, 75), ("A4", 1, 100)]
    assert found.score is not None
    assert found.score.result == Fraction(125, 2)
    assert [value for _, _, value in _values(found.coverage)] == [1, 1, 1, 1, 0]
    assert (found.band_min, found.band_max) == (None, None)


def test_m3_stage_as_a_count_per_level() -> None:
    found = explain_section(profile_with(1, 3, 3, 4, None, core=True), "E1").stage
    lines = (StageLine(1, 4, 1), StageLine(2, 3, 1), StageLine(3, 3, 1), StageLine(4, 1, 1))
    assert found == StageSum(core=5, need=4, lines=lines, minimum=1, maximum=3)
    assert found.adds_up


def test_m4_sensitivity_names_the_changed_weight() -> None:
    found = explain_section(profile_with(0, 2, 4), "E1")
    assert found.sensitivity_min is not None
    assert found.sensitivity_max is not None
    low = [(line.subject, line.change) for line in found.sensitivity_min.lines if line.change]
    high = [(line.subject, line.change) for line in found.sensitivity_max.lines if line.change]
    assert (low, high) == ([("E1.a", "doubled")], [("E1.c", "doubled")])


def test_m4_without_swing_the_unchanged_sum_is_shown() -> None:
    found = explain_section(profile_with(2, 2), "E1")
    assert found.sensitivity_min == found.sensitivity_max == found.score


def test_m5_priority_as_a_product() -> None:
    (entry,) = profile_with(1, importance=3, room=Room.SHARED).priorities
    assert explain_priority(entry) == ProductSum(
        target=3,
        target_origin="default",
        level=1,
        gap=2,
        importance=3,
        room_factor=Fraction(1, 2),
        result=Fraction(3),
    )


def test_m5_a_wish_counts_open_as_the_full_gap() -> None:
    found = profile_with(None, importance=2, room=Room.OTHERS)
    product = explain_support(found, found.support_list[0])
    assert (product.level, product.gap, product.result) == (None, 3, Fraction(6))
    assert product.adds_up


def test_m12_the_scenario_is_explained_with_its_own_levels() -> None:
    form = questionnaire(section("E1", items("E1", 2)))
    found = profile(form, levels("E1", 4, project(4, "2027-06")), scenario_date="2028-01")
    assert found.scenario is not None
    assert _values(explain_section(found.scenario, "E1").score) == [("E1.a", 1, 100), ("E1.b", 1, 25)]
    assert _values(explain_section(found, "E1").score) == [("E1.a", 1, 100), ("E1.b", 1, 100)]


def test_m13_a_wrong_figure_does_not_add_up() -> None:
    """So that the property can fail."""
    found = explain_section(profile_with(1, 2, core=True), "E1")
    assert found.score is not None
    assert found.stage is not None
    assert not replace(found.score, result=found.score.result + 1).adds_up
    assert not replace(found.stage, minimum=found.stage.minimum + 1).adds_up
    assert not replace(found.stage, maximum=found.stage.maximum - 1).adds_up
    (first, _) = profile_with(1, 2).priorities
    assert not replace(explain_priority(first), result=Fraction(7)).adds_up
    assert not replace(explain_priority(first), gap=1).adds_up


def test_m13_unknown_ids_are_key_errors() -> None:
    found = profile_with(1)
    with pytest.raises(KeyError):
        explain_section(found, "E9")
    with pytest.raises(KeyError):
        explain_lens(found, "A9")
