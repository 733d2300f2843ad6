# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The four heaps as a proposal for an agenda (M8): handeln, besprechen, Belege prüfen, würdigen."""

from dataclasses import dataclass
from fractions import Fraction

from app.comparison.queries import Comparison
from app.comparison.views.frame import Head, head_of
from app.comparison.views.items import ComparedItem, item_of
from app.i18n import Words
from scoring.agreement import Heap
from scoring.gaps import ROOM_FACTORS
from scoring.rounds import heaps_of

SHOWN = 5
"""So many questions of a heap stand on the agenda; the rest is one click away."""

BELOW_TARGET: tuple[Heap, ...] = ("act", "discuss")
"""The heaps of questions below their target, which need a next step."""


@dataclass(frozen=True, slots=True)
class Point:
    """A question on the agenda. `action` is the next step, `""` where none is needed."""

    item: ComparedItem
    action: Words


@dataclass(frozen=True, slots=True)
class Pile:
    """One heap, the most important first."""

    key: Heap
    shown: tuple[Point, ...]
    rest: tuple[Point, ...]

    @property
    def total(self) -> int:
        return len(self.shown) + len(self.rest)


@dataclass(frozen=True, slots=True)
class AgendaPage:
    """The page; `few` questions have too few answers for a word and stand in no heap."""

    head: Head
    piles: tuple[Pile, ...]
    few: int

    @property
    def is_empty(self) -> bool:
        return not any(pile.total for pile in self.piles)


def agenda_page(comparison: Comparison) -> AgendaPage:
    """The four heaps of this round."""
    heaps = heaps_of(comparison.profile, comparison.agreements)
    placed = sum(map(len, heaps.values()))
    return AgendaPage(
        head=head_of(comparison, "agenda"),
        piles=tuple(_pile(comparison, key, ids) for key, ids in heaps.items()),
        few=len(comparison.profile.items) - placed,
    )


def _pile(comparison: Comparison, key: Heap, item_ids: tuple[str, ...]) -> Pile:
    ordered = sorted(item_ids, key=lambda item_id: rank_of(comparison, item_id))
    points = tuple(_point(comparison, item_id, has_steps=key in BELOW_TARGET) for item_id in ordered)
    return Pile(key, points[:SHOWN], points[SHOWN:])


def rank_of(comparison: Comparison, item_id: str) -> tuple[Fraction, int, Fraction]:
    """Most important first: priority (M5, without a gap 0), then importance, then the less agreed; ties stay in order.

    What only others can change has no priority in the list of steps; here it ranks by importance times gap.
    """
    result = comparison.profile.item(item_id)
    importance = result.item.importance
    factor = ROOM_FACTORS.get(result.item.room, Fraction(1))
    return -importance * Fraction(result.gap or 0) * factor, -importance, comparison.agreements[item_id].agreement


def _point(comparison: Comparison, item_id: str, *, has_steps: bool) -> Point:
    result = comparison.profile.item(item_id)
    step = result.item.step_from(result.level or 0) if has_steps else None
    return Point(item_of(comparison, item_id), comparison.words(step.action) if step else Words(""))
