# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M6 and M8: median, means, agreement, words and heaps."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.agreement import (
    Heap,
    Word,
    agreement_of,
    agreements_of,
    balanced_mean,
    deviation_of,
    heap_of,
    mean_of,
    median_of,
    van_der_eijk,
    word_of,
)
from scoring.published import Rule
from tests.scoring.round_cases import one_item

DISTRIBUTIONS = st.lists(st.integers(0, 9), min_size=5, max_size=5).filter(any)
PROPERTY = settings(max_examples=200, deadline=None)


def counted(*ratings: int) -> tuple[int, ...]:
    return tuple(ratings.count(level) for level in range(5))


def test_m8_the_check_of_the_source_has_seven_levels() -> None:
    assert round(van_der_eijk((30, 40, 210, 130, 530, 50, 10)), 4) == Fraction("0.6113")


@pytest.mark.parametrize(
    ("ratings", "agreement"),
    [
        ((2, 2, 2, 2, 2), Fraction(1)),
        ((2, 2, 3, 3, 2), Fraction(4, 5)),
        ((1, 2, 3, 4, 2), Fraction(2, 5)),
        ((0, 1, 2, 3, 4), Fraction(0)),
        ((0, 0, 4, 4), Fraction(-1)),
        ((1, 1, 1, 1, 4), Fraction(13, 30)),
        ((3,), Fraction(1)),
    ],
)
def test_m8_the_table_of_the_method(ratings: tuple[int, ...], agreement: Fraction) -> None:
    assert van_der_eijk(counted(*ratings)) == agreement


@PROPERTY
@given(DISTRIBUTIONS, st.integers(2, 5))
def test_m8_agreement_lies_between_its_ends_and_knows_neither_direction_nor_number(
    levels: list[int], times: int
) -> None:
    found = van_der_eijk(levels)
    assert -1 <= found <= 1
    assert van_der_eijk(levels[::-1]) == found
    assert van_der_eijk([times * count for count in levels]) == found
    assert (found == 1) == (sum(map(bool, levels)) == 1)


@pytest.mark.parametrize(
    ("ratings", "median", "mean"),
    [
        ((0,), Fraction(0), Fraction(0)),
        ((1, 2), Fraction(3, 2), Fraction(3, 2)),
        ((0, 1, 4), Fraction(1), Fraction(5, 3)),
        ((0, 0, 3, 4), Fraction(3, 2), Fraction(7, 4)),
        ((0, 2, 2, 4), Fraction(2), Fraction(2)),
    ],
)
def test_m6_median_and_mean(ratings: tuple[int, ...], median: Fraction, mean: Fraction) -> None:
    assert (median_of(counted(*ratings)), mean_of(counted(*ratings))) == (median, mean)


@PROPERTY
@given(DISTRIBUTIONS)
def test_m6_the_balanced_mean_of_one_block_is_its_mean(levels: list[int]) -> None:
    assert balanced_mean([levels]) == mean_of(levels)


def test_m6_the_balanced_mean_gives_each_block_one_voice() -> None:
    table = one_item(a=[4] * 5, b=[0] * 15)
    found = agreements_of(table)["E1.a"]
    assert (found.balanced, found.mean, found.median) == (Fraction(2), Fraction(1), Fraction(0))


def test_m6_the_pooled_median_is_over_all_raters() -> None:
    assert agreements_of(one_item(a=[4] * 5, b=[0] * 6))["E1.a"].median == 0


def test_m8_range_and_deviation() -> None:
    found = agreements_of(one_item(a=[1, 2, 3, 4, 2]))["E1.a"]
    assert (found.n, found.low, found.high, found.range) == (5, 1, 4, 3)
    assert found.deviation == pytest.approx(1.1402, abs=0.0001)
    assert deviation_of((0, 0, 1, 0, 0)) is None


@pytest.mark.parametrize(
    ("ratings", "word"),
    [
        ((2, 2, 2, 2), None),
        ((2, 2, 2, 2, 2), "agreed"),
        ((2, 2, 3, 3, 2), "agreed"),
        ((0, 0, 4, 4, 4), "two_camps"),
        ((1, 2, 3, 4, 2), "scattered"),
        ((0, 1, 2, 3, 4), "scattered"),
        ((2,) * 9 + (3,), "agreed"),
        ((2,) * 17 + (3,) + (4,) * 2, "agreed"),
        ((2,) * 16 + (3,) + (4,) * 3, "scattered"),
    ],
)
def test_m8_words(ratings: tuple[int, ...], word: Word | None) -> None:
    levels = counted(*ratings)
    assert word_of(levels, van_der_eijk(levels)) == word


def test_m8_agreed_asks_for_both_conditions_exactly() -> None:
    assert word_of((0, 0, 9, 0, 1), Fraction(7, 10)) == "agreed"
    assert word_of((0, 0, 9, 0, 1), Fraction(69, 100)) == "scattered"
    assert word_of((0, 0, 89, 0, 11), Fraction(7, 10)) == "scattered"
    assert word_of((5, 0, 0, 0, 5), Fraction(-1, 100)) == "two_camps"


@pytest.mark.parametrize(
    ("median", "word", "heap"),
    [
        (Fraction(5, 2), "agreed", "act"),
        (Fraction(2), "two_camps", "discuss"),
        (Fraction(2), "scattered", "discuss"),
        (Fraction(3), "scattered", "check_evidence"),
        (Fraction(4), "two_camps", "check_evidence"),
        (Fraction(3), "agreed", "appreciate"),
        (Fraction(3), None, None),
    ],
)
def test_m8_heaps_against_a_target_of_three(median: Fraction, word: Word | None, heap: Heap | None) -> None:
    assert heap_of(median, 3, word) == heap


def test_m8_items_with_too_few_answers_have_no_agreement() -> None:
    table = one_item(a=[1, 2, None, None, None])
    assert agreements_of(table) == {}
    with pytest.raises(ValueError, match="nobody"):
        agreement_of(table.items[0])


def test_m8_below_five_ratings_there_is_no_word_and_no_heap() -> None:
    found = agreements_of(one_item(Rule(n_min=3), a=[1, 1, 1]))["E1.a"]
    assert (found.agreement, found.word, found.heap(3)) == (1, None, None)


@pytest.mark.parametrize("figure", [mean_of, median_of, van_der_eijk])
def test_nothing_is_said_of_nobody(figure: object) -> None:
    empty: Sequence[int] = (0, 0, 0, 0, 0)
    with pytest.raises(ValueError, match="nobody"):
        figure(empty)  # type: ignore[operator]
    with pytest.raises(ValueError, match="no block"):
        balanced_mean([])
