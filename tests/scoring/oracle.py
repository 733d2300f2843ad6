# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The formulas of M2 to M4 once more, as slowly and literally as the method writes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Given:
    """An item as the formulas know it: w_i, and x_i if there is one."""

    weight: Fraction
    level: int | None
    applicable: bool = True


def score(items: list[Given]) -> Fraction | None:
    """S_f = sum(w_i s_i, Ans) / sum(w_i, Ans)"""
    answered = [(i.weight, i.level) for i in items if i.applicable and i.level is not None]
    total = sum((w for w, _ in answered), Fraction(0))
    return sum((w * 25 * x for w, x in answered), Fraction(0)) / total if answered else None


def coverage(items: list[Given]) -> Fraction | None:
    """C_f = sum(w_i, Ans) / sum(w_i, App)"""
    applicable = sum((i.weight for i in items if i.applicable), Fraction(0))
    answered = sum((i.weight for i in items if i.applicable and i.level is not None), Fraction(0))
    return answered / applicable if applicable else None


def with_open_as(items: list[Given], level: int) -> Fraction | None:
    """min_f and max_f: every open item would be 0, or 4."""
    return score([Given(i.weight, level if i.level is None else i.level, i.applicable) for i in items])


def stage(levels: list[int]) -> int:
    """The highest l in 1..4 for which every level 1..l is reached by at least ceil(4n/5); otherwise 0."""
    need = next(k for k in range(len(levels) + 1) if 5 * k >= 4 * len(levels))
    held = {x for x in range(1, 5) if len([level for level in levels if level >= x]) >= need}
    return max([x for x in range(1, 5) if set(range(1, x + 1)) <= held], default=0)


def single_changes(items: list[Given]) -> Iterator[Fraction]:
    """S_f unchanged, and with one answered item's weight halved or doubled."""
    for place, one in enumerate(items):
        if one.applicable and one.level is not None:
            for factor in (Fraction(1), Fraction(1, 2), Fraction(2)):
                changed = [*items]
                changed[place] = Given(one.weight * factor, one.level)
                found = score(changed)
                assert found is not None
                yield found


def sign(difference: Fraction) -> int:
    return (difference > 0) - (difference < 0)


def order_depends(one: list[Given], other: list[Given]) -> bool:
    """Whether the sign of the difference changes under one single change in either section."""
    first, second = score(one), score(other)
    assert first is not None
    assert second is not None
    signs = {sign(changed - second) for changed in single_changes(one)}
    signs |= {sign(first - changed) for changed in single_changes(other)}
    return signs != {sign(first - second)}
