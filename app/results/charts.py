# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The data of the pictures. Templates in `templates/charts/` draw them, tables beside them show the same numbers.

All lengths are in percent of the picture's width and equal the whole numbers that people read, so that picture
and table cannot differ (A-50). A radar is an extra and needs points on a circle, which are computed here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, pi, sin

from app.results.views.figures import Figure

RADIUS = 100.0
"""Of the radar's outer ring, in units of its view box; the centre is 0, 0."""

LABEL_RADIUS = 116.0
RINGS = (25, 50, 75, 100)
AXES_NEEDED = 3
"""A net of fewer values shows nothing."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: what is, what would be in the scenario (`then`), and where its reasons stand (`href`).

    `target` is in points 0 to 100, None where there is none.
    """

    figure: Figure
    target: int | None = None
    then: Figure | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Rows on one scale. `common_target` is named on the axis where all rows share it."""

    id: str
    rows: tuple[Bar, ...]

    @property
    def drawn(self) -> tuple[Bar, ...]:
        """The rows that have a picture: where nothing may be said, a sentence stands instead."""
        return tuple(row for row in self.rows if row.figure.statement != "none")

    @property
    def common_target(self) -> int | None:
        targets = {row.target for row in self.drawn}
        return targets.pop() if len(targets) == 1 else None

    @property
    def has_targets(self) -> bool:
        return any(row.target is not None for row in self.drawn)

    @property
    def of_round(self) -> bool:
        return any(row.figure.of_round for row in self.rows)

    @property
    def has_scenario(self) -> bool:
        return any(row.then for row in self.rows)

    @property
    def has_bands(self) -> bool:
        """Whether any row shows a whisker; a band of one point shows none."""
        return any(row.figure.has_width for row in self.rows)


@dataclass(frozen=True, slots=True)
class Axis:
    """One direction of the radar: its end on the outer ring, its label, and its point if there is a value."""

    figure: Figure
    end: tuple[str, str]
    label: tuple[str, str]
    anchor: str
    point: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Radar:
    """Axes, rings and the lines between neighbouring values; there is no line to or from a missing value."""

    id: str
    axes: tuple[Axis, ...]
    rings: tuple[str, ...]
    lines: tuple[tuple[tuple[str, str], tuple[str, str]], ...]
    area: str
    """The points of the whole shape, `""` where a value is missing."""


def radar_of(chart_id: str, figures: Iterable[Figure]) -> Radar | None:
    """The net of these figures' scores, None for fewer than three that may be said."""
    shown = tuple(figures)
    if sum(figure.score is not None for figure in shown) < AXES_NEEDED:
        return None
    axes = tuple(_axis(figure, place, len(shown)) for place, figure in enumerate(shown))
    points = [axis.point for axis in axes]
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return Radar(
        id=chart_id,
        axes=axes,
        rings=tuple(_outline([_on_circle(place, len(shown), ring) for place in range(len(shown))]) for ring in RINGS),
        lines=tuple((start, end) for start, end in pairs if start and end),
        area=_outline([point for point in points if point]) if all(points) else "",
    )


def _axis(figure: Figure, place: int, count: int) -> Axis:
    sideways = round(sin(2 * pi * place / count), 6)
    return Axis(
        figure=figure,
        end=_on_circle(place, count, RADIUS),
        label=_on_circle(place, count, LABEL_RADIUS),
        anchor="middle" if not sideways else "start" if sideways > 0 else "end",
        point=None if figure.score is None else _on_circle(place, count, figure.score),
    )


def _on_circle(place: int, count: int, radius: float) -> tuple[str, str]:
    """Clockwise from the top."""
    angle = 2 * pi * place / count
    across, down = radius * sin(angle), -radius * cos(angle)
    return f"{round(across, 1) + 0.0:.1f}", f"{round(down, 1) + 0.0:.1f}"  # + 0.0: no „-0.0“


def _outline(points: Iterable[tuple[str, str]]) -> str:
    return " ".join(",".join(point) for point in points)
