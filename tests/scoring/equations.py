# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Linear equations over exact numbers: what a system of them determines."""

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction

Row = dict[Hashable, Fraction]


class System:
    """Left sides of equations. What they determine does not depend on the right sides, which are true of the round."""

    def __init__(self) -> None:
        self._echelon: dict[Hashable, Row] = {}

    def add(self, unknowns: Iterable[Hashable]) -> None:
        """The sum of these unknowns is known."""
        row = self._reduced(dict.fromkeys(unknowns, Fraction(1)))
        if row:
            pivot, first = next(iter(row.items()))
            self._echelon[pivot] = {key: value / first for key, value in row.items()}

    def determines(self, unknowns: Iterable[Hashable]) -> bool:
        """Whether the sum of these unknowns follows from the equations."""
        return not self._reduced(dict.fromkeys(unknowns, Fraction(1)))

    def _reduced(self, row: Mapping[Hashable, Fraction]) -> Row:
        """The row less multiples of the equations, until no pivot is left in it."""
        left = dict(row)
        while pivot := next((key for key in left if key in self._echelon), None):
            factor = left[pivot]
            for key, value in self._echelon[pivot].items():
                left[key] = left.get(key, Fraction(0)) - factor * value
                if not left[key]:
                    del left[key]
        return left
