# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M6 and M8: what several raters say of one item, from published distributions only.

A distribution is how many gave each level, lowest first; every level is listed, empty ones too. All exact; the
standard deviation alone is a double, being a root.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from math import sqrt
from typing import Literal

from scoring.published import Distribution, ItemTable, PublishedTable
from scoring.ratings import Degree

Word = Literal["agreed", "two_camps", "scattered"]
"""M8: einig, zwei Lager, gestreut."""

Heap = Literal["act", "discuss", "check_evidence", "appreciate"]
"""M8: handeln, besprechen, Belege prüfen, würdigen."""

SAID_FROM = 5
"""M8: with fewer ratings there is no word, and priorities put the item last (M5)."""

AGREED_FROM = Fraction(7, 10)
ADJACENT_FROM = Fraction(9, 10)


@dataclass(frozen=True, slots=True)
class ItemAgreement:
    """M6 and M8 for one item with at least one published block.

    `balanced` is B_i, one voice per block; all else is over all `n` raters: `median`, `mean`, the lowest and highest
    level given, `agreement` A from -1 to 1, `word` None below five ratings. `deviation` is None for one rating.
    """

    item_id: str
    n: int
    levels: Distribution
    balanced: Fraction
    median: Fraction
    mean: Fraction
    low: int
    high: int
    deviation: float | None
    agreement: Fraction
    word: Word | None

    @property
    def range(self) -> int:
        """How many levels lie between the lowest and the highest."""
        return self.high - self.low

    def heap(self, target: int) -> Heap | None:
        """The heap for the agenda, against the item's target; None where there is no word."""
        return heap_of(self.median, target, self.word)


def agreements_of(table: PublishedTable) -> dict[str, ItemAgreement]:
    """By item id, in the order of the questionnaire; items with „zu wenige Antworten“ are not in it."""
    return {item.item_id: agreement_of(item) for item in table.items if item.blocks}


def agreement_of(item: ItemTable) -> ItemAgreement:
    """ValueError for an item without a block."""
    levels = item.pooled
    given = [level for level, count in enumerate(levels) if count]
    agreement = van_der_eijk(levels)
    return ItemAgreement(
        item_id=item.item_id,
        n=sum(levels),
        levels=levels,
        balanced=balanced_mean(block.levels for block in item.blocks),
        median=median_of(levels),
        mean=mean_of(levels),
        low=given[0],
        high=given[-1],
        deviation=deviation_of(levels),
        agreement=agreement,
        word=word_of(levels, agreement),
    )


def mean_of(levels: Sequence[int]) -> Fraction:
    """ValueError where nobody gave a level, as in all of these."""
    return Fraction(sum(level * count for level, count in enumerate(levels)), _total(levels))


def median_of(levels: Sequence[int]) -> Fraction:
    """M6: of an even count the mean of the two middle levels."""
    total = _total(levels)
    return Fraction(_ranked(levels, (total + 1) // 2) + _ranked(levels, total // 2 + 1), 2)


def balanced_mean(blocks: Iterable[Sequence[int]]) -> Fraction:
    """M6, B_i: the mean of the published blocks' means."""
    means = [mean_of(levels) for levels in blocks]
    if not means:
        raise ValueError("no block is published")
    return sum(means, Fraction(0)) / len(means)


def deviation_of(levels: Sequence[int]) -> float | None:
    """M8: the standard deviation with n - 1; None for one rating."""
    total, mean = _total(levels), mean_of(levels)
    if total == 1:
        return None
    squares = sum((count * (level - mean) ** 2 for level, count in enumerate(levels)), Fraction(0))
    return sqrt(squares / (total - 1))


def van_der_eijk(levels: Sequence[int]) -> Fraction:
    """M8: agreement A, -1 (two camps at the ends) to 1 (all the same), over all listed levels.

    The distribution is cut into layers of equal height; each counts with the share of ratings in it. Source: van der
    Eijk 2001, Quality & Quantity 35.
    """
    total = _total(levels)
    left, found = list(levels), Fraction(0)
    while any(left):
        pattern = [count > 0 for count in left]
        height = min(count for count in left if count)
        found += Fraction(height * sum(pattern), total) * _layer(pattern)
        left = [count - height * used for count, used in zip(left, pattern, strict=True)]
    return found


def word_of(levels: Sequence[int], agreement: Fraction) -> Word | None:
    """M8: einig from A 0.7 with nine tenths in two adjacent levels; zwei Lager below 0; otherwise gestreut."""
    total = _total(levels)
    if total < SAID_FROM:
        return None
    together = Fraction(max(low + high for low, high in pairwise(levels)), total)
    if agreement >= AGREED_FROM and together >= ADJACENT_FROM:
        return "agreed"
    return "two_camps" if agreement < 0 else "scattered"


def heap_of(median: Degree, target: int, word: Word | None) -> Heap | None:
    """M8: below target or not, einig or not; None without a word."""
    if word is None:
        return None
    agreed = word == "agreed"
    if median < target:
        return "act" if agreed else "discuss"
    return "appreciate" if agreed else "check_evidence"


def _layer(pattern: Sequence[bool]) -> Fraction:
    """U (1 - (S-1)/(K-1)) of one layer: how far it has one peak, less the more levels it spreads over."""
    width, used = len(pattern), sum(pattern)
    triples = list(combinations(pattern, 3))
    up = sum(triple in ((True, True, False), (False, True, True)) for triple in triples)
    down = triples.count((True, False, True))
    spread = 1 - Fraction(used - 1, width - 1)
    if used == 1 or not up + down:
        return spread
    return spread * Fraction((width - 2) * up - (width - 1) * down, (width - 2) * (up + down))


def _ranked(levels: Sequence[int], rank: int) -> int:
    """The level of the `rank`-th rating, counted from 1 upwards."""
    passed = 0
    for level, count in enumerate(levels):
        passed += count
        if passed >= rank:
            return level
    raise ValueError(f"no rating has rank {rank}")


def _total(levels: Sequence[int]) -> int:
    total = sum(levels)
    if not total:
        raise ValueError("nobody gave a level")
    return total
