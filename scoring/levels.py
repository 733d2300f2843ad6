# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M2 to M4: score, coverage, band, stage (Stufe) and what holds it back, sensitivity."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Self

from questionnaires.definition import Questionnaire, Section
from questionnaires.parts import LEVELS, MunicipalityType
from scoring.profile import Band, Notice, SectionResult, Sensitivity, StageResult, Statement
from scoring.ratings import Counts, Degree, ItemResult

SCORE_FROM = Fraction(2, 3)
"""M2: the coverage from which score and band may be said."""

BAND_FROM = Fraction(1, 2)
"""M2: the coverage from which the band may be said."""

NOTICE_ABOVE = Fraction(1, 3)
"""M1: the share of asked items that do not apply above which a notice is raised."""

POINTS = 25
"""M2: s_i = 25 x_i, so that levels 0 to 4 give 0 to 100."""

TOP = LEVELS[-1]


@dataclass(frozen=True, slots=True)
class Tally:
    """M2: the sums behind a score, in units of weight; `levels` is the sum of weight times level."""

    levels: Degree
    answered: int
    applicable: int

    @classmethod
    def of(cls, items: Iterable[ItemResult]) -> Self:
        """Over items that stand in scores (room not `others`)."""
        levels: Degree = 0
        answered = applicable = 0
        for item in items:
            if item.state != "not_applicable":
                applicable += item.units
            if (value := item.value) is not None:
                answered += item.units
                levels += item.units * value
        return cls(levels, answered, applicable)

    @property
    def mean(self) -> Fraction | None:
        """S_f, 0 to 100; None where nothing is answered."""
        return Fraction(POINTS * self.levels, self.answered) if self.answered else None

    @property
    def coverage(self) -> Fraction | None:
        """C_f, 0 to 1; None where nothing is applicable."""
        return Fraction(self.answered, self.applicable) if self.applicable else None

    @property
    def band(self) -> Band | None:
        """min_f and max_f: every open item 0, every open item 4; None where nothing is applicable."""
        if not self.applicable:
            return None
        open_units = self.applicable - self.answered
        return Band(
            Fraction(POINTS * self.levels, self.applicable),
            Fraction(POINTS * (self.levels + TOP * open_units), self.applicable),
        )

    @property
    def statement(self) -> Statement:
        """What may be said at this coverage."""
        coverage = self.coverage
        if coverage is None or coverage < BAND_FROM:
            return "none"
        return "score" if coverage >= SCORE_FROM else "band"


def section_results(
    questionnaire: Questionnaire, kind: MunicipalityType | None, items: Sequence[ItemResult]
) -> tuple[SectionResult, ...]:
    """All sections in order. A context section keeps its counts and says nothing (M2)."""
    asked: dict[str, list[ItemResult]] = {section.id: [] for section in questionnaire.sections}
    for item in items:
        asked[item.section_id].append(item)
    scored = {
        section.id: [item for item in asked[section.id] if item.item.scored] for section in questionnaire.sections
    }
    swings = sensitivities({s.id: scored[s.id] for s in questionnaire.sections if s.kind == "recommendation"})
    return tuple(
        _section_result(section, kind, asked[section.id], scored[section.id], swings.get(section.id))
        for section in questionnaire.sections
    )


def _section_result(
    section: Section,
    kind: MunicipalityType | None,
    asked: Sequence[ItemResult],
    scored: Sequence[ItemResult],
    sensitivity: Sensitivity | None,
) -> SectionResult:
    tally = Tally.of(scored if section.kind == "recommendation" else ())
    statement = tally.statement
    return SectionResult(
        id=section.id,
        title=section.title.of(kind),
        short_title=section.short_title.of(kind),
        kind=section.kind,
        statement=statement,
        score=tally.mean if statement == "score" else None,
        band=None if statement == "none" else tally.band,
        coverage=tally.coverage,
        stage=None if statement == "none" else stage_of(scored),
        counts=Counts.of(scored),
        sensitivity=sensitivity,
        notices=notices_of(asked),
        item_ids=tuple(item.id for item in asked),
        scored_ids=tuple(item.id for item in scored),
    )


def notices_of(asked: Sequence[ItemResult]) -> tuple[Notice, ...]:
    """M1: more than a third of the section's asked items (all of them, room `others` too) do not apply."""
    absent = sum(item.state == "not_applicable" for item in asked)
    return ("many_not_applicable",) if asked and Fraction(absent, len(asked)) > NOTICE_ABOVE else ()


def stage_of(scored: Iterable[ItemResult]) -> StageResult | None:
    """M3: the stage over the applicable core items; None where there are none."""
    core = [item for item in scored if item.item.core and item.state != "not_applicable"]
    if not core:
        return None
    need = needed(len(core))
    minimum = stage_reached([0 if item.level is None else item.level for item in core], need)
    return StageResult(
        core=len(core),
        need=need,
        minimum=minimum,
        maximum=stage_reached([TOP if item.level is None else item.level for item in core], need),
        holding=tuple(item.id for item in core if item.level is not None and item.level <= minimum < TOP),
        open_core=tuple(item.id for item in core if item.level is None),
    )


def needed(core: int) -> int:
    """M3: ceil(4n/5), in whole numbers."""
    return -(-4 * core // 5)


def stage_reached(levels: Sequence[int], need: int) -> int:
    """M3: the highest l in 1..4 for which every level 1..l is reached by at least `need`; otherwise 0.

    What reaches a level reaches all below it, so the first level that is missed ends the count.
    """
    reached = 0
    while reached < TOP and sum(level > reached for level in levels) >= need:
        reached += 1
    return reached


@dataclass(frozen=True, slots=True)
class Swing:
    """M4: a section's score, and how far one changed weight can move it."""

    score: Fraction
    min: Fraction
    max: Fraction

    def can_leave(self, other: Fraction) -> bool:
        """Whether one change in this section changes the sign of its difference to `other` (a tie is one)."""
        if self.score > other:
            return self.min <= other
        if self.score < other:
            return self.max >= other
        return self.min < self.max


def sensitivities(sections: Mapping[str, Sequence[ItemResult]]) -> dict[str, Sensitivity]:
    """M4 for every section whose score may be said; a change in one compares with the others unchanged."""
    tallies = {section_id: Tally.of(items) for section_id, items in sections.items()}
    swings = {
        section_id: swing_of(sections[section_id], tally)
        for section_id, tally in tallies.items()
        if tally.statement == "score"
    }
    moving = set()
    for (one, first), (two, second) in combinations(swings.items(), 2):
        if first.can_leave(second.score) or second.can_leave(first.score):
            moving |= {one, two}
    return {section_id: Sensitivity(swing.min, swing.max, section_id in moving) for section_id, swing in swings.items()}


def swing_of(items: Iterable[ItemResult], tally: Tally) -> Swing:
    """M4: the smallest and largest score when one answered item's weight is halved or doubled.

    Whole numbers throughout: halving one weight is doubling all others, which leaves the ratio as it is.
    """
    low = high = (tally.levels, tally.answered)
    for units, value in {(item.units, value) for item in items if (value := item.value) is not None}:
        halved = (2 * tally.levels - units * value, 2 * tally.answered - units)
        doubled = (tally.levels + units * value, tally.answered + units)
        for change in (halved, doubled):
            if change[0] * low[1] < low[0] * change[1]:
                low = change
            if change[0] * high[1] > high[0] * change[1]:
                high = change
    score, smallest, largest = (
        Fraction(POINTS * levels, weights) for levels, weights in ((tally.levels, tally.answered), low, high)
    )
    return Swing(score, smallest, largest)
