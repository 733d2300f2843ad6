# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Distributions over the five levels: of all together, and of each block that is shown."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.comparison.marks import Mark
from app.comparison.queries import Comparison
from app.comparison.views.items import Middle, mark_of, members_of, middle_of
from app.results.rounding import mean_level, whole
from scoring.agreement import mean_of, median_of
from scoring.published import Distribution, ItemBlock, ItemTable


@dataclass(frozen=True, slots=True)
class Bar:
    """How many gave a level.

    `height` is the share in this row, in percent of the largest share in any row of the table, `above` the rest to 100.
    """

    level: int
    count: int
    height: int
    above: int


@dataclass(frozen=True, slots=True)
class Row:
    """A distribution; `mark` None: all together."""

    title: str
    mark: Mark | None
    members: tuple[str, ...]
    n: int
    bars: tuple[Bar, ...]
    middle: Middle
    mean: Decimal


def rows_of(comparison: Comparison, item: ItemTable) -> tuple[Row, ...]:
    """All shown answers to a question together, then each block, where there is more than one; () for too few."""
    if item.too_few:
        return ()
    blocks = item.blocks if len(item.blocks) > 1 else ()
    largest = max(map(_largest_share, (item.pooled, *(block.levels for block in blocks))))
    pooled = _row(comparison.texts.gettext("Alle zusammen"), None, (), item.pooled, largest)
    return (pooled, *(_block_row(comparison, item, block, largest) for block in blocks))


def _block_row(comparison: Comparison, item: ItemTable, block: ItemBlock, largest: Fraction) -> Row:
    title = comparison.block_title(block, item.blocks)
    return _row(title, mark_of(comparison, block, title), members_of(comparison, block), block.levels, largest)


def _largest_share(levels: Distribution) -> Fraction:
    return Fraction(max(levels), sum(levels))


def _row(title: str, mark: Mark | None, members: tuple[str, ...], levels: Distribution, largest: Fraction) -> Row:
    total = sum(levels)
    heights = [whole(100 * Fraction(count, total) / largest) for count in levels]
    return Row(
        title=title,
        mark=mark,
        members=members,
        n=total,
        bars=tuple(Bar(level, levels[level], height, 100 - height) for level, height in enumerate(heights)),
        middle=middle_of(median_of(levels)),
        mean=mean_level(mean_of(levels)),
    )
