# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sums behind a figure, line by line, with words for what each line is about (M13)."""

from dataclasses import dataclass
from decimal import Decimal

from app.i18n import Words
from app.results.queries import ResultContext
from app.results.rounding import cents
from app.results.views.figures import Figure
from scoring.agreement import mean_of
from scoring.explain import Explanation, MeanSum, StageLine, StageSum


@dataclass(frozen=True, slots=True)
class BlockVoice:
    """What a group, or several together, say of one question: the mean of its `count` levels."""

    title: str
    count: int
    mean: Decimal


@dataclass(frozen=True, slots=True)
class SumRow:
    """One line: what it is about, its weight, the answer, and points times weight (None while open).

    In a round `mean` is the mean of the `voices`, one for each published block (M6).
    """

    words: Words
    weight: Decimal
    state: str
    level: int | None
    points: Decimal | None
    amount: Decimal | None
    is_core: bool
    mean: Decimal | None
    voices: tuple[BlockVoice, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """A sum: `numerator` divided by `denominator` is `exact`, rounded half up `rounded`."""

    numerator: Decimal
    denominator: Decimal
    exact: Decimal


@dataclass(frozen=True, slots=True)
class Swung:
    """M4: the furthest single change: whose weight was halved or doubled, and the score that gives."""

    words: Words
    change: str
    exact: Decimal


@dataclass(frozen=True, slots=True)
class Unfolded:
    """One section or lens with its sums; None for what may not be said, and for a band no wider than its score."""

    figure: Figure
    kind: str
    rows: tuple[SumRow, ...]
    score: Total | None
    coverage: Total | None
    low: Total | None
    high: Total | None
    stage: StageSum | None
    least: Swung | None
    most: Swung | None

    @property
    def stage_lines(self) -> tuple[StageLine, ...]:
        return self.stage.lines if self.stage else ()


def unfolded(context: ResultContext, figure: Figure, kind: str, sums: Explanation) -> Unfolded:
    """The sums of a section or lens with their words; `kind` is `section`, or that of the lens."""
    words = _Words(context)
    return Unfolded(
        figure=figure,
        kind=kind,
        rows=words.rows(_widest(sums)),
        score=_total(sums.score),
        coverage=_total(sums.coverage),
        low=_total(sums.band_min) if figure.has_width else None,
        high=_total(sums.band_max) if figure.has_width else None,
        stage=sums.stage,
        least=words.swung(sums.sensitivity_min),
        most=words.swung(sums.sensitivity_max),
    )


def _widest(sums: Explanation) -> MeanSum | None:
    """The sum with a line for every applicable question; for F1 the one over its attributes."""
    return sums.band_min or sums.score or sums.coverage


def _total(sums: MeanSum | None) -> Total | None:
    return None if sums is None else Total(cents(sums.numerator), cents(sums.denominator), cents(sums.result))


@dataclass(frozen=True, slots=True)
class _Words:
    """Puts words to the subjects of sums: the prompt of a question, the title of an attribute."""

    context: ResultContext

    def of(self, subject: str) -> Words:
        if self.context.questionnaire.has_item(subject):
            return self.context.words(self.context.profile.item(subject).item.prompt)
        return self.context.words(self.context.questionnaire.lens(subject).title)

    def rows(self, sums: MeanSum | None) -> tuple[SumRow, ...]:
        """A row for each line; an open answer has no points, and a question of the coverage alone neither."""
        return tuple(
            SumRow(
                words=self.of(line.subject),
                weight=cents(line.weight),
                state=line.state or "level",
                level=line.level,
                points=None if is_open else cents(line.value),
                amount=None if is_open else cents(line.amount),
                is_core=self._is_core(line.subject),
                mean=self._mean(line.subject),
                voices=self._voices(line.subject),
            )
            for line in (sums.lines if sums else ())
            for is_open in [line.state is not None and line.level is None]
        )

    def swung(self, sums: MeanSum | None) -> Swung | None:
        """The changed line, None where no change moves the score that way."""
        changed = next((line for line in sums.lines if line.change), None) if sums else None
        return Swung(self.of(changed.subject), changed.change or "", cents(sums.result)) if sums and changed else None

    def _mean(self, subject: str) -> Decimal | None:
        """B_i, with the two places of every sum."""
        if not self.context.questionnaire.has_item(subject):
            return None
        mean = self.context.profile.item(subject).mean
        return None if mean is None else cents(mean)

    def _voices(self, subject: str) -> tuple[BlockVoice, ...]:
        """M6: the means that B_i is the mean of."""
        found = self.context.round
        table = found.table.item(subject) if found else None
        if found is None or table is None:
            return ()
        return tuple(
            BlockVoice(
                found.names.block(block, table.blocks, self.context.texts), block.n, cents(mean_of(block.levels))
            )
            for block in table.blocks
        )

    def _is_core(self, subject: str) -> bool:
        questionnaire = self.context.questionnaire
        return questionnaire.has_item(subject) and questionnaire.item(subject).core
