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
