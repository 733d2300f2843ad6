# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A section's or lens's figures as people read them: whole numbers, half up, and nothing that rule M2 forbids."""

from dataclasses import dataclass

from app.i18n import Words
from app.results.queries import ResultContext
from app.results.rounding import whole, whole_or_none
from scoring.profile import LensResult, SectionResult, StageResult, Statement

POINTS_PER_LEVEL = 25


@dataclass(frozen=True, slots=True)
class Stage:
    """„Stufe 2“, or „Stufe 1 bis 2“ while core questions are open; how many questions hold it back."""

    minimum: int
    maximum: int
    holding: int

    @property
    def certain(self) -> bool:
        return self.minimum == self.maximum


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of figures: points and ends of the band 0 to 100, coverage in percent; None where not said.

    `of_round`: answered is what enough people of a round gave a level (M6).
    """

    id: str
    title: Words
    short_title: Words
    statement: Statement
    score: int | None
    low: int | None
    high: int | None
    coverage: int | None
    answered: int
    applicable: int
    stage: Stage | None = None
    of_round: bool = False

    @property
    def has_width(self) -> bool:
        """Whether the band is wider than a point; with every question answered it is the score itself."""
        return self.low is not None and self.low != self.high

    @property
    def span(self) -> int:
        """Width of the band in points; 0 where there is none."""
        return 0 if self.low is None or self.high is None else self.high - self.low


def figure_of(context: ResultContext, result: SectionResult | LensResult) -> Figure:
    """The figures of a section or lens, of the profile or of its scenario."""
    find = context.questionnaire.section if isinstance(result, SectionResult) else context.questionnaire.lens
    named = find(result.id)
    return Figure(
        id=result.id,
        title=context.words(named.title),
        short_title=context.words(named.short_title),
        statement=result.statement,
        score=whole_or_none(result.score),
        low=whole(result.band.min) if result.band else None,
        high=whole(result.band.max) if result.band else None,
        coverage=None if result.coverage is None else whole(100 * result.coverage),
        answered=result.counts.answered,
        applicable=result.counts.applicable,
        stage=_stage(result.stage) if isinstance(result, SectionResult) else None,
        of_round=context.round is not None,
    )


def _stage(stage: StageResult | None) -> Stage | None:
    return None if stage is None else Stage(stage.minimum, stage.maximum, len(stage.holding))
