# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What all pages say of one question: its words, the middle level, how far people agree, the widest gap."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from app.comparison.marks import Mark
from app.comparison.queries import Comparison
from app.comparison.views.dots import Dot, Dots, dots_of
from app.comparison.views.frame import item_address
from app.i18n import Words
from scoring.agreement import Word, median_of
from scoring.perception import Gap
from scoring.published import Block, ItemBlock, ItemTable

PERCENT_PER_LEVEL = 25


@dataclass(frozen=True, slots=True)
class Middle:
    """A median: level `low`, or between `low` and `high`; `number` is it in figures."""

    low: int
    high: int
    number: Decimal


@dataclass(frozen=True, slots=True)
class Apart:
    """M9: the two groups that are furthest apart at a question; `size` in levels."""

    size: Decimal
    flagged: bool
    higher: str
    higher_middle: Middle
    lower: str
    lower_middle: Middle


@dataclass(frozen=True, slots=True)
class Side:
    """A block at a question: its sign, its title, the groups in it (`()`: one group), and its middle level."""

    mark: Mark
    title: str
    members: tuple[str, ...]
    middle: Middle


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """A question on any page. `middle` and `word` None: too few answers; `apart` None: no two groups to compare."""

    id: str
    prompt: Words
    section: Words
    href: str
    target: int
    n: int
    middle: Middle | None
    word: Word | None
    apart: Apart | None
    sides: tuple[Side, ...]
    dots: Dots | None

    @property
    def too_few(self) -> bool:
        return self.middle is None


def item_of(comparison: Comparison, item_id: str) -> ComparedItem:
    """The question with this id; KeyError where it was not asked."""
    result = comparison.profile.item(item_id)
    agreement = comparison.agreements.get(item_id)
    sides = sides_of(comparison, item_id)
    return ComparedItem(
        id=item_id,
        prompt=comparison.words(result.item.prompt),
        section=comparison.words(comparison.questionnaire.section(result.section_id).short_title),
        href=item_address(comparison, item_id),
        target=result.target,
        n=agreement.n if agreement else 0,
        middle=middle_of(agreement.median) if agreement else None,
        word=agreement.word if agreement else None,
        apart=apart_of(comparison, comparison.gaps.get(item_id)),
        sides=sides,
        dots=_dots(f"punkte-{item_id.replace('.', '-')}", sides),
    )


def middle_of(median: Fraction) -> Middle:
    """A median as people read it: whole, or between two levels."""
    return Middle(floor(median), ceil(median), Decimal(median.numerator) / median.denominator)


def apart_of(comparison: Comparison, gap: Gap | None) -> Apart | None:
    """The widest gap of a question in words: the higher group first."""
    if gap is None:
        return None
    ends = [(gap.first_value, gap.first), (gap.second_value, gap.second)]
    (high, higher), (low, lower) = ends if gap.difference >= 0 else reversed(ends)
    return Apart(
        size=middle_of(gap.size).number,
        flagged=gap.flagged,
        higher=comparison.names.of(higher),
        higher_middle=middle_of(high),
        lower=comparison.names.of(lower),
        lower_middle=middle_of(low),
    )


def sides_of(comparison: Comparison, item_id: str) -> tuple[Side, ...]:
    """The published blocks of a question."""
    table = comparison.tables.get(item_id)
    return tuple(_side(comparison, table, block) for block in table.blocks) if table else ()


def _side(comparison: Comparison, table: ItemTable, block: ItemBlock) -> Side:
    title = comparison.block_title(block, table.blocks)
    return Side(
        mark=mark_of(comparison, block, title),
        title=title,
        members=members_of(comparison, block),
        middle=middle_of(median_of(block.levels)),
    )


def mark_of(comparison: Comparison, block: Block, title: str) -> Mark:
    """The sign of a block: its group's, or that of groups together."""
    if block.own is not None:
        return comparison.marks.own[block.own]
    return comparison.marks.joined(title)


def members_of(comparison: Comparison, block: Block) -> tuple[str, ...]:
    """The groups in a block, where they are several."""
    return () if block.own is not None else tuple(map(comparison.names.of, block.groups))


def _dots(chart_id: str, sides: tuple[Side, ...]) -> Dots | None:
    """Where the middle of each block lies between level 0 and 4; None where there is nothing to compare."""
    if len(sides) < 2:
        return None
    places = ((side, float(side.middle.number * PERCENT_PER_LEVEL)) for side in sides)
    return dots_of(chart_id, (Dot(side.mark, place, side.middle.number) for side, place in places))
