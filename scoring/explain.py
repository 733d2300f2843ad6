# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Each figure unfolded to the sum behind it (M13).

Nearly every figure of the method is a weighted mean over lines: the score over the answered items, coverage
over the applicable ones (1 or 0), the ends of the band over the applicable ones with 0 or 100 for what is open,
the ends of the sensitivity with one changed weight, F1 over its attributes. A stage is a count per level, a
priority a product. `result` is the profile's figure; the lines are made anew from answers and weights, so that
comparing both is a proof.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from scoring.levels import POINTS, TOP
from scoring.profile import Figures, LensResult, Priority, SectionResult, Sensitivity, StageResult, Support
from scoring.ratings import Degree, ItemResult, State, TargetOrigin

Change = Literal["halved", "doubled"]
CHANGES: dict[Change, Fraction] = {"halved": Fraction(1, 2), "doubled": Fraction(2)}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sum: `weight` times `value`. `subject` is an item, or an attribute in F1's mean."""

    subject: str
    weight: Fraction
    value: Fraction
    state: State | None = None
    level: int | None = None
    change: Change | None = None

    @property
    def amount(self) -> Fraction:
        return self.weight * self.value


@dataclass(frozen=True, slots=True)
class MeanSum:
    """A weighted mean: the lines' amounts divided by the lines' weights give `result`."""

    lines: tuple[Line, ...]
    result: Fraction

    @property
    def numerator(self) -> Fraction:
        return sum((line.amount for line in self.lines), Fraction(0))

    @property
    def denominator(self) -> Fraction:
        return sum((line.weight for line in self.lines), Fraction(0))

    @property
    def adds_up(self) -> bool:
        return self.numerator == self.result * self.denominator


@dataclass(frozen=True, slots=True)
class StageLine:
    """How many core items reach a level for sure, and how many more might (they are open)."""

    level: int
    reached: int
    open: int


@dataclass(frozen=True, slots=True)
class StageSum:
    """M3: the count per level 1 to 4; `need` of `core` must reach a level and all below it."""

    core: int
    need: int
    lines: tuple[StageLine, ...]
    minimum: int
    maximum: int

    @property
    def adds_up(self) -> bool:
        sure = self._prefix(lambda line: line.reached >= self.need)
        possible = self._prefix(lambda line: line.reached + line.open >= self.need)
        return (sure, possible) == (self.minimum, self.maximum)

    def _prefix(self, holds: Callable[[StageLine], bool]) -> int:
        """The highest level up to which every line holds."""
        missed = (line.level for line in self.lines if not holds(line))
        return next(missed, len(self.lines) + 1) - 1


@dataclass(frozen=True, slots=True)
class ProductSum:
    """M5: importance times gap times room; the gap is target less level (in a round less mean), or all where open."""

    target: int
    target_origin: TargetOrigin
    level: int | None
    gap: Degree
    importance: int
    room_factor: Fraction
    result: Fraction
    mean: Fraction | None = None

    @property
    def adds_up(self) -> bool:
        value = self.level if self.mean is None else self.mean
        gap = max(0, self.target - (value or 0))
        return gap == self.gap and self.importance * gap * self.room_factor == self.result


@dataclass(frozen=True, slots=True)
class Explanation:
    """The sums of a section or lens; None for every figure that is not said."""

    score: MeanSum | None
    coverage: MeanSum | None
    band_min: MeanSum | None
    band_max: MeanSum | None
    stage: StageSum | None = None
    sensitivity_min: MeanSum | None = None
    sensitivity_max: MeanSum | None = None


def explain_section(figures: Figures, section_id: str) -> Explanation:
    """The sums of a section, of the profile or of its scenario; KeyError for an unknown id."""
    section = figures.section(section_id)
    applicable = _applicable(figures, section.scored_ids)
    explanation = _basics(section, applicable)
    low, high = _sensitivity(section.sensitivity, applicable)
    return replace(
        explanation,
        stage=_stage(section.stage, applicable),
        sensitivity_min=low,
        sensitivity_max=high,
    )


def explain_lens(figures: Figures, lens_id: str) -> Explanation:
    """The sums of a lens, of the profile or of its scenario; KeyError for an unknown id."""
    lens = figures.lens(lens_id)
    explanation = _basics(lens, _applicable(figures, lens.scored_ids))
    if not lens.parts or lens.score is None:
        return explanation
    return replace(explanation, score=_parts_mean(figures, lens, lens.score))


def explain_priority(entry: Priority) -> ProductSum:
    """Why a recommendation stands where it stands."""
    return ProductSum(
        target=entry.target,
        target_origin=entry.target_origin,
        level=entry.level,
        gap=entry.gap,
        importance=entry.importance,
        room_factor=entry.room_factor,
        result=entry.priority,
        mean=entry.mean,
    )


def explain_support(figures: Figures, wish: Support) -> ProductSum:
    """Why a wish to Land, Bund and associations stands where it stands; room plays no part there."""
    return ProductSum(
        target=wish.target,
        target_origin=figures.item(wish.item_id).target_origin,
        level=wish.level,
        gap=wish.gap,
        importance=wish.importance,
        room_factor=Fraction(1),
        result=Fraction(wish.priority),
        mean=wish.mean,
    )


def _applicable(figures: Figures, ids: Iterable[str]) -> list[ItemResult]:
    return [item for item in map(figures.item, ids) if item.state != "not_applicable"]


def _basics(result: SectionResult | LensResult, applicable: list[ItemResult]) -> Explanation:
    answered = [item for item in applicable if item.level is not None]
    return Explanation(
        score=_mean(answered, result.score, _points(0)),
        coverage=_mean(applicable, result.coverage, lambda item: int(item.level is not None)),
        band_min=_mean(applicable, result.band.min if result.band else None, _points(0)),
        band_max=_mean(applicable, result.band.max if result.band else None, _points(TOP)),
    )


def _points(when_open: int) -> Callable[[ItemResult], Degree]:
    return lambda item: POINTS * (when_open if (value := item.value) is None else value)


def _mean(
    items: Iterable[ItemResult], result: Fraction | None, value: Callable[[ItemResult], Degree]
) -> MeanSum | None:
    if result is None:
        return None
    return MeanSum(tuple(_line(item, Fraction(value(item))) for item in items), result)


def _line(item: ItemResult, value: Fraction) -> Line:
    return Line(item.id, item.weight, value, item.state, item.level)


def _parts_mean(figures: Figures, lens: LensResult, result: Fraction) -> MeanSum:
    scores = [(part, figures.lens(part).score) for part in lens.parts_said]
    lines = (Line(part, Fraction(1), score) for part, score in scores if score is not None)
    return MeanSum(tuple(lines), result)


def _stage(stage: StageResult | None, applicable: list[ItemResult]) -> StageSum | None:
    if stage is None:
        return None
    levels = [item.level for item in applicable if item.item.core]
    lines = tuple(
        StageLine(
            level,
            reached=sum(given is not None and given >= level for given in levels),
            open=levels.count(None),
        )
        for level in range(1, TOP + 1)
    )
    return StageSum(stage.core, stage.need, lines, stage.minimum, stage.maximum)


def _sensitivity(
    sensitivity: Sensitivity | None, applicable: list[ItemResult]
) -> tuple[MeanSum | None, MeanSum | None]:
    """M4: the two single changes that move the score furthest (the first found, where several do)."""
    if sensitivity is None:
        return None, None
    lines = tuple(_line(item, Fraction(_points(0)(item))) for item in applicable if item.level is not None)
    return _furthest(lines, sensitivity.min), _furthest(lines, sensitivity.max)


def _furthest(lines: tuple[Line, ...], end: Fraction) -> MeanSum:
    """The sum that gives `end`: the unchanged one, or the first with a single weight halved or doubled."""
    unchanged = MeanSum(lines, end)
    if unchanged.adds_up:
        return unchanged
    numerator, denominator = unchanged.numerator, unchanged.denominator
    place, change = next(
        (place, change)
        for place, line in enumerate(lines)
        for change, factor in CHANGES.items()
        if line.weight * (factor - 1) * (line.value - end) == end * denominator - numerator
    )
    changed = replace(lines[place], weight=lines[place].weight * CHANGES[change], change=change)
    return MeanSum((*lines[:place], changed, *lines[place + 1 :]), end)
