# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The dot pictures: signs that differ, labels that never touch, and numbers that are those of the table (A-50)."""

from decimal import Decimal
from itertools import combinations
from random import Random

from app.comparison.marks import PLAIN, SHAPES, Mark, letters_of
from app.comparison.views.dots import Dot, Dots, dots_of


def mark(number: int, shape: str = "circle") -> Mark:
    return Mark(f"g{number}", f"Gruppe {number}", f"Gr{number}", shape)


def line(*places: float, shape: str = "circle") -> Dots:
    return dots_of("x", [Dot(mark(at, shape), place, Decimal(str(place))) for at, place in enumerate(places)])


def overlapping(dots: Dots) -> list[tuple[str, str]]:
    pairs = combinations(dots.dots, 2)
    return [
        (one.label, other.label)
        for one, other in pairs
        if one.y == other.y and one.extent[0] < other.extent[1] and other.extent[0] < one.extent[1]
    ]


def test_far_apart_they_all_lie_on_the_line() -> None:
    dots = line(10, 50, 95)
    assert {dot.y for dot in dots.dots} == {dots.axis}
    assert (dots.low, dots.high) == (10, 95)
    assert [dot.on_left for dot in dots.dots] == [False, False, True]


def test_the_same_value_stands_above_itself() -> None:
    dots = line(50, 50, 50)
    assert len({dot.y for dot in dots.dots}) == 3
    assert max(dot.y for dot in dots.dots) == dots.axis
    assert min(dot.y for dot in dots.dots) > 0


def test_no_label_touches_another_or_leaves_the_picture() -> None:
    chance = Random(7)
    for _ in range(300):
        shape = chance.choice(["circle", PLAIN])
        dots = line(*(chance.choice([0, 12.5, 25, 50, 51, 99, 100]) for _ in range(chance.randint(1, 10))), shape=shape)
        assert overlapping(dots) == []
        assert all(dot.extent[0] >= -5 and dot.extent[1] <= 106 for dot in dots.dots)
        assert all(0 < dot.y <= dots.axis < dots.height for dot in dots.dots)


def test_every_dot_has_its_letters_however_many_groups_there_are() -> None:
    dots = line(10, 20, 30, 40, 50, 60, 60, 60, shape=PLAIN)
    assert [dot.label for dot in dots.dots] == [f"Gr{number}" for number in range(8)]


def test_groups_together_take_no_part_in_the_span() -> None:
    together = Dot(Mark("", "Weitere Gruppen", "Wei", "ring"), 0, Decimal(0))
    dots = dots_of("x", [Dot(mark(0), 50, Decimal(50)), Dot(mark(1), 75, Decimal(75)), together])
    assert (dots.low, dots.high) == (50, 75)
    alone = dots_of("x", [Dot(mark(0), 50, Decimal(50)), together])
    assert (alone.low, alone.high) == (None, None)


def test_letters_are_short_and_all_different() -> None:
    assert letters_of(["Verwaltungsspitze", "Politik (Rat)", "übrige Fachämter"]) == ("Ver", "Pol", "Fac")
    many = letters_of(["Beirat"] * 30 + ["Be", "", "!!", "42"], "Wei")
    assert len(set(many)) == len(many)
    assert all(many)
    assert "Wei" not in letters_of(["Weiterbildung", "Wei"], "Wei")


def test_there_are_five_shapes_at_most() -> None:
    assert len(set(SHAPES)) == len(SHAPES) == 5
