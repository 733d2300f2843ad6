# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M2: score, coverage, band and what may be said, for sections."""

from fractions import Fraction

import pytest

from questionnaires.parts import MunicipalityType, Room
from scoring import Municipality
from scoring.levels import Tally
from scoring.profile import Band
from scoring.ratings import exact
from tests.scoring.tiny import ABSENT, UNKNOWN, item, items, levels, profile, profile_with, questionnaire, section


def test_m2_hand_computed_section_with_weights() -> None:
    """Weights 1, 2, 0.5, 1 with levels 4, 1, 2 and one open; a fifth item does not apply."""
    weights = (1.0, 2.0, 0.5, 1.0, 3.0)
    content = [item(f"E1.{name}", weight=w) for name, w in zip("abcde", weights, strict=True)]
    result = profile(questionnaire(section("E1", content)), levels("E1", 4, 1, 2, None, ABSENT)).section("E1")
    # (1*100 + 2*25 + 0.5*50) / 3.5, 3.5/4.5, 175/4.5 and that plus 100*(1 - 3.5/4.5)
    assert result.statement == "score"
    assert result.score == 50
    assert result.coverage == Fraction(7, 9)
    assert result.band == Band(Fraction(350, 9), Fraction(550, 9))


def test_m2_weights_are_read_as_the_decimals_they_are_written_as() -> None:
    assert exact(0.1) + exact(0.2) == exact(0.3) == Fraction(3, 10)
    content = [item("E1.a", weight=0.1), item("E1.b", weight=0.2), item("E1.c", weight=0.3)]
    result = profile(questionnaire(section("E1", content)), levels("E1", 4, 4, 0)).section("E1")
    assert result.score == 50


@pytest.mark.parametrize(
    ("answered", "open_items", "statement"),
    [(2, 1, "score"), (665, 335, "band"), (667, 333, "score"), (1, 1, "band"), (499, 501, "none"), (1, 0, "score")],
)
def test_m2_thresholds_are_exact(answered: int, open_items: int, statement: str) -> None:
    assert Tally(levels=0, answered=answered, applicable=answered + open_items).statement == statement


def test_m2_thresholds_are_exact_in_weights_that_no_double_holds() -> None:
    """0.1 + 0.1 of 0.3 is exactly two thirds; doubles would say 0.2 / 0.30000000000000004."""
    three = items("E1", 3, weight=0.1)
    at_two_thirds = profile(questionnaire(section("E1", three)), levels("E1", 1, 1))
    assert at_two_thirds.section("E1").statement == "score"
    two = [item("E1.a", weight=0.3), item("E1.b", weight=0.1), item("E1.c", weight=0.2)]
    at_half = profile(questionnaire(section("E1", two)), levels("E1", 1))
    assert at_half.section("E1").coverage == Fraction(1, 2)
    assert at_half.section("E1").statement == "band"


def test_m2_two_thirds_say_score_and_band() -> None:
    result = profile_with(2, 4, None).section("E1")
    assert (result.statement, result.score, result.band) == (
        "score",
        Fraction(75),
        Band(Fraction(50), Fraction(250, 3)),
    )


def test_m2_below_two_thirds_only_the_band_is_said() -> None:
    result = profile_with(2, UNKNOWN).section("E1")
    assert (result.statement, result.score) == ("band", None)
    assert result.band == Band(Fraction(25), Fraction(75))
    assert result.coverage == Fraction(1, 2)


def test_m2_below_a_half_nothing_is_said_but_the_coverage() -> None:
    result = profile_with(2, None, UNKNOWN).section("E1")
    assert (result.statement, result.score, result.band, result.stage, result.sensitivity) == ("none",) + (None,) * 4
    assert result.coverage == Fraction(1, 3)


def test_m2_nothing_applicable_has_no_coverage() -> None:
    result = profile_with(ABSENT, ABSENT, core=True).section("E1")
    assert (result.statement, result.score, result.band, result.coverage, result.stage) == ("none",) + (None,) * 4


def test_m2_not_applicable_leaves_numerator_and_denominator() -> None:
    with_it, without = profile_with(1, 3, ABSENT).section("E1"), profile_with(1, 3).section("E1")
    assert (with_it.score, with_it.coverage, with_it.band) == (without.score, without.coverage, without.band)


def test_m2_items_of_others_stand_in_no_score_and_no_count() -> None:
    content = [*items("E1", 2), item("E1.c", room=Room.OTHERS, core=True)]
    result = profile(questionnaire(section("E1", content)), levels("E1", 2, 2, 0)).section("E1")
    assert (result.score, result.coverage, result.stage) == (Fraction(50), Fraction(1), None)
    assert (result.counts.applicable, result.counts.answered) == (2, 2)
    assert (result.item_ids, result.scored_ids) == (("E1.a", "E1.b", "E1.c"), ("E1.a", "E1.b"))


def test_m2_only_items_this_municipality_is_asked_count() -> None:
    content = [*items("E1", 2), item("E1.c", applies_to=(MunicipalityType.LANDKREIS,))]
    form = questionnaire(section("E1", content))
    given = levels("E1", 1, 1, 4)
    assert profile(form, given).section("E1").score == 25
    county = Municipality(type=MunicipalityType.LANDKREIS)
    assert profile(form, given, municipality=county).section("E1").score == 50
    assert profile(form, given, municipality=Municipality()).section("E1").score == 50


def test_m2_a_context_section_has_counts_and_nothing_else() -> None:
    content = items("R", 3, core=True)
    result = profile(questionnaire(section("R", content, kind="context")), levels("R", 1, 2, 3)).section("R")
    assert (result.statement, result.score, result.band, result.coverage) == ("none", None, None, None)
    assert (result.stage, result.sensitivity) == (None, None)
    assert (result.counts.applicable, result.counts.answered) == (3, 3)
