# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""From exact figures to the numbers people see: half up (rule M2), never the half-even of formatting libraries."""

from decimal import Decimal
from fractions import Fraction
from math import floor


def whole(value: Fraction) -> int:
    """The nearest whole number, halves up: 62.5 is 63."""
    return floor(value + Fraction(1, 2))


def whole_or_none(value: Fraction | None) -> int | None:
    """`whole`, or None for what may not be said."""
    return None if value is None else whole(value)


def cents(value: Fraction) -> Decimal:
    """Two places, halves up, for the sums behind a figure."""
    if value.denominator == 1:  # most weights and points are whole: a tenth of the work
        return Decimal(value.numerator)
    return Decimal(floor(value * 100 + Fraction(1, 2))) / 100


def mean_level(value: Fraction) -> Decimal:
    """A mean of levels (M6) with one place, halves up, which never reads as a whole level that it does not reach.

    2.25 is 2.3; 1.96 stays 1.96 beside „Stufe 1“, and 1.999 is 1.99.
    """
    tenths = Decimal(floor(value * 10 + Fraction(1, 2))) / 10
    return tenths if tenths < floor(value) + 1 else Decimal(floor(value * 100)) / 100
