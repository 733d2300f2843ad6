# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""One section: its questions with the groups on one line each, the furthest apart first or in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.comparison.marks import Mark
from app.comparison.queries import Comparison
from app.comparison.views.distribution import Row, rows_of
from app.comparison.views.frame import Head, head_of, section_address
from app.comparison.views.items import ComparedItem, item_of
from app.comparison.views.section_chart import SectionRow, section_row
from app.i18n import Words
from scoring.agreement import Word
from scoring.profile import SectionResult

IN_ORDER = "fragebogen"
"""The value of `ordnung` for the order of the questionnaire; anything else is by distance."""


@dataclass(frozen=True, slots=True)
class SectionItem:
    """A question of the section with its distributions: of all together, then of blocks; () for too few answers."""

    item: ComparedItem
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """The numbers of a question: the median of each column's block (None: not shown), of all, and the widest gap."""

    prompt: Words
    cells: tuple[Decimal | None, ...]
    pooled: Decimal | None
    apart: Decimal | None
    word: Word | None


@dataclass(frozen=True, slots=True)
class Order:
    """One of the two orders."""

    key: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The section before or after."""

    title: Words
    href: str


@dataclass(frozen=True, slots=True)
class SectionPage:
    """The page. `row` None: the section has no values for groups; `table` has a cell for each of `columns`."""

    head: Head
    title: Words
    is_context: bool
    row: SectionRow | None
    alone: int
    columns: tuple[Mark, ...]
    table: tuple[TableRow, ...]
    orders: tuple[Order, ...]
    items: tuple[SectionItem, ...]
    following: Neighbour | None


def section_page(comparison: Comparison, section_id: str, order: str) -> SectionPage:
    """The page of this section; `NotFound` where nothing of it was asked."""
    section = comparison.section(section_id)
    gap = comparison.section_gaps.get(section_id)
    items = tuple(_items(comparison, section.item_ids))
    shown = items if order == IN_ORDER else _by_distance(items)
    columns = _columns(comparison, items)
    return SectionPage(
        head=head_of(comparison),
        title=comparison.words(comparison.questionnaire.section(section_id).title),
        is_context=section.kind == "context",
        row=section_row(comparison, gap) if gap else None,
        alone=len(comparison.shown),
        columns=columns,
        table=tuple(_table_row(one.item, columns) for one in shown),
        orders=_orders(comparison, section_id, order),
        items=shown,
        following=_following(comparison, section),
    )


def _items(comparison: Comparison, item_ids: Sequence[str]) -> Sequence[SectionItem]:
    tables = [(item_id, comparison.tables.get(item_id)) for item_id in item_ids]
    return [SectionItem(item_of(comparison, item_id), rows_of(comparison, table)) for item_id, table in tables if table]


def _by_distance(items: tuple[SectionItem, ...]) -> tuple[SectionItem, ...]:
    """The widest gap first; then what has no gap, and last what has too few answers."""
    return tuple(sorted(items, key=_distance))


def _distance(one: SectionItem) -> tuple[bool, bool, Decimal]:
    apart = one.item.apart
    return one.item.too_few, apart is None, -apart.size if apart else Decimal(0)


def _columns(comparison: Comparison, items: Sequence[SectionItem]) -> tuple[Mark, ...]:
    """The groups that stand alone at any of these questions, in their order; groups together come last."""
    found = {side.mark.key: side.mark for one in items for side in one.item.sides if len(one.item.sides) > 1}
    together = found.pop("", None)
    own = tuple(mark for mark in comparison.marks.own.values() if mark.key in found)
    return (*own, together) if together else own


def _table_row(item: ComparedItem, columns: Sequence[Mark]) -> TableRow:
    middles = {side.mark.key: side.middle.number for side in item.sides if len(item.sides) > 1}
    return TableRow(
        prompt=item.prompt,
        cells=tuple(middles.get(mark.key) for mark in columns),
        pooled=item.middle.number if item.middle else None,
        apart=item.apart.size if item.apart else None,
        word=item.word,
    )


def _orders(comparison: Comparison, section_id: str, order: str) -> tuple[Order, ...]:
    href = section_address(comparison, section_id)
    in_order = order == IN_ORDER
    return (Order("abstand", href, not in_order), Order(IN_ORDER, f"{href}?ordnung={IN_ORDER}", in_order))


def _following(comparison: Comparison, section: SectionResult) -> Neighbour | None:
    ids = [one.id for one in comparison.sections]
    after = ids[ids.index(section.id) + 1 :]
    if not after:
        return None
    title = comparison.words(comparison.questionnaire.section(after[0]).short_title)
    return Neighbour(title, section_address(comparison, after[0]))
