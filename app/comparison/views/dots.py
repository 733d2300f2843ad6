# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The data of the dot pictures: groups as dots on one line. `templates/charts/dots.svg` draws them.

All places are in percent of the picture's width and come from the numbers that people read in the table beside it
(A-50). Each dot has its letters beside it; where dots lie close together they stand above each other, so that none
hides another and every label belongs to one dot, also on a phone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from app.comparison.marks import Mark

HALF_DOT = 2.3
CHARACTER = 2.3
"""Half a dot and a character of a label, in percent of the picture on a phone of 360 px."""

SPACE = 0.5
LANE = 19
"""Height of a lane in pixels: a dot and a little air."""

ROOM = 24
"""What the lowest lane needs above and below itself."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A group's value: `place` in percent, `value` as people read it.

    `y` in pixels, `label` the letters beside the dot, on its left at the right end of the picture.
    """

    mark: Mark
    place: float
    value: Decimal
    y: int = 0
    label: str = ""
    on_left: bool = False

    @property
    def extent(self) -> tuple[float, float]:
        """What the dot and its label take up, in percent."""
        width = HALF_DOT + CHARACTER * len(self.label) + SPACE
        if self.on_left:
            return self.place - width, self.place + HALF_DOT
        return self.place - HALF_DOT, self.place + width


@dataclass(frozen=True, slots=True)
class Dots:
    """One line with its dots. `low` and `high` are the ends of the span between groups that stand alone (M9).

    `axis` is where the line lies and `height` how high the picture is, in pixels.
    """

    id: str
    dots: tuple[Dot, ...]
    low: float | None
    high: float | None
    axis: int
    height: int


def dots_of(chart_id: str, dots: Iterable[Dot]) -> Dots:
    """The line of these dots, each with its letters, however many they are."""
    labelled = [_labelled(dot) for dot in dots]
    lanes = _lanes(labelled)
    axis = ROOM // 2 + LANE * max(lanes, default=0)
    places = [dot.place for dot in labelled if dot.mark.key]
    spans = len(places) > 1
    return Dots(
        id=chart_id,
        dots=tuple(replace(dot, y=axis - LANE * lane) for dot, lane in zip(labelled, lanes, strict=True)),
        low=min(places) if spans else None,
        high=max(places) if spans else None,
        axis=axis,
        height=axis + ROOM // 2,
    )


def _labelled(dot: Dot) -> Dot:
    """The dot with its letters, on the side where there is room."""
    named = replace(dot, label=dot.mark.letters)
    return replace(named, on_left=named.extent[1] > 100)


def _lanes(dots: Sequence[Dot]) -> list[int]:
    """For each dot the lowest lane in which it touches no other, from the left to the right."""
    found: dict[int, int] = {}
    for at in sorted(range(len(dots)), key=lambda at: dots[at].place):
        taken = {lane for other, lane in found.items() if _touch(dots[at], dots[other])}
        found[at] = next(lane for lane in range(len(dots)) if lane not in taken)
    return [found[at] for at in range(len(dots))]


def _touch(one: Dot, other: Dot) -> bool:
    (start, end), (begins, ends) = one.extent, other.extent
    return start < ends and begins < end
