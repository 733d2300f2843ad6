# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M2 for lenses: the same formulas across sections, and F1 as a mean of attributes."""

from fractions import Fraction

import pytest

from questionnaires.answers import Answer
from questionnaires.definition import Questionnaire
from questionnaires.parts import Room
from scoring.profile import Band, LensResult
from tests.scoring.tiny import ABSENT, item, lens, levels, profile, questionnaire, section

ATTRIBUTES = ("A1", "A2", "A3", "A4", "A5", "A6")


def test_m2_a_lens_goes_across_sections_context_included() -> None:
    form = questionnaire(
        section("E1", [item("E1.a", lenses=("A1",)), item("E1.b")]),
        section("R", [item("R.a", lenses=("A1",), weight=2.0)], kind="context"),
        lenses=[lens("A1")],
    )
    result = profile(form, levels("E1", 4, 0) | levels("R", 1)).lens("A1")
    assert (result.statement, result.score, result.coverage) == ("score", Fraction(50), Fraction(1))
    assert result.band == Band(Fraction(50), Fraction(50))
    assert result.scored_ids == ("E1.a", "R.a")


def test_m2_a_lens_leaves_out_rooms_of_others() -> None:
    form = questionnaire(
        section("E1", [item("E1.a", lenses=("A1",)), item("E1.b", lenses=("A1",), room=Room.OTHERS)]),
        lenses=[lens("A1")],
    )
    result = profile(form, levels("E1", 3, 0)).lens("A1")
    assert (result.score, result.counts.applicable, result.counts.answered) == (Fraction(75), 1, 1)


@pytest.mark.parametrize(
    ("given", "statement", "score", "low", "high"),
    [
        ((4, 4, None), "score", 100, Fraction(200, 3), 100),
        ((4, None), "band", None, 50, 100),
        ((4, None, None), "none", None, None, None),
        ((ABSENT,), "none", None, None, None),
    ],
)
def test_m2_a_lens_says_what_its_coverage_allows(
    given: tuple[int | Answer | None, ...],
    statement: str,
    score: int | None,
    low: Fraction | int | None,
    high: int | None,
) -> None:
    content = [item(f"E1.{chr(97 + place)}", lenses=("A1",)) for place in range(len(given))]
    result = profile(questionnaire(section("E1", content), lenses=[lens("A1")]), levels("E1", *given)).lens("A1")
    assert (result.statement, result.score) == (statement, score)
    assert (result.band and result.band.min, result.band and result.band.max) == (low, high)


def _factor(*given: int | None) -> LensResult:
    """F1 where each attribute is carried by one item of weight 2, plus one item of A1 and A2 together."""
    return profile(_form(), levels("E1", *given)).lens("F1")


def _form() -> Questionnaire:
    single = [item(f"E1.{chr(97 + n)}", lenses=(a,), weight=2.0) for n, a in enumerate(ATTRIBUTES)]
    both = item("E1.g", lenses=("A1", "A2"))
    return questionnaire(section("E1", [*single, both]), lenses=[lens("F1", *ATTRIBUTES), *map(lens, ATTRIBUTES)])


def test_m2_f1_is_the_mean_of_its_attributes_not_of_their_items() -> None:
    result = _factor(4, 4, 0, 0, 0, 0, 1)
    # A1 = A2 = (2*100 + 25)/3 = 75, the other four 0
    assert (result.statement, result.score, result.band) == ("score", Fraction(25), None)
    assert result.parts_said == ATTRIBUTES


def test_m2_f1_from_four_attributes_with_a_score() -> None:
    result = _factor(4, 3, 2, 3, None, None, None)
    assert result.score == Fraction(100 + 75 + 50 + 75, 4)
    assert result.parts_said == ("A1", "A2", "A3", "A4")


def test_m2_f1_says_nothing_with_three_attributes() -> None:
    result = _factor(4, 4, 4, None, None, None, None)
    assert (result.statement, result.score, result.band) == ("none", None, None)
    assert result.parts_said == ("A1", "A2", "A3")


def test_m2_f1_an_attribute_with_a_band_only_has_no_score() -> None:
    """Half of A1 is answered: a band, no score, so only three attributes carry the factor."""
    content = [item("E1.a", lenses=("A1",)), item("E1.b", lenses=("A1",))]
    content += [item(f"E1.{name}", lenses=(a,)) for name, a in zip("cde", ATTRIBUTES[1:4], strict=True)]
    form = questionnaire(section("E1", content), lenses=[lens("F1", *ATTRIBUTES), *map(lens, ATTRIBUTES)])
    result = profile(form, levels("E1", 4, None, 4, 4, 4))
    assert result.lens("A1").statement == "band"
    assert result.lens("F1").statement == "none"


def test_m2_f1_covers_the_union_of_items_each_once() -> None:
    result = _factor(4, 4, 4, 4, None, None, 4)
    assert result.coverage == Fraction(9, 13)
    assert (result.counts.applicable, result.counts.answered) == (7, 5)


def test_m2_lenses_stand_in_the_order_of_the_questionnaire() -> None:
    assert [found.id for found in profile(_form(), {}).lenses] == ["F1", *ATTRIBUTES]


def test_m2_a_lens_without_items_says_nothing() -> None:
    result = profile(questionnaire(section("E1", [item("E1.a")]), lenses=[lens("A1")]), levels("E1", 1)).lens("A1")
    assert (result.statement, result.coverage, result.counts.applicable) == ("none", None, 0)
