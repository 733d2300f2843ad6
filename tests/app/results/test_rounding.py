# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M2: screens round half up to whole numbers."""

from decimal import Decimal
from fractions import Fraction

import pytest

from app.results.rounding import cents, whole, whole_or_none


@pytest.mark.parametrize(
    ("exact", "shown"),
    [("0", 0), ("1/2", 1), ("25/2", 13), ("75/2", 38), ("125/2", 63), ("62.4999", 62), ("100", 100)],
)
def test_halves_go_up(exact: str, shown: int) -> None:
    assert whole(Fraction(exact)) == shown


def test_what_may_not_be_said_stays_unsaid() -> None:
    assert whole_or_none(None) is None
    assert whole_or_none(Fraction(5, 2)) == 3


@pytest.mark.parametrize(("exact", "shown"), [("1/3", "0.33"), ("1/200", "0.01"), ("5", "5"), ("83.335", "83.34")])
def test_sums_show_two_places(exact: str, shown: str) -> None:
    assert cents(Fraction(exact)) == Decimal(shown)
