# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The groups of a section on one line, in points, and all sections below each other (M7.5, M9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from app.comparison.marks import Mark
from app.comparison.queries import Comparison
from app.comparison.views.dots import Dot, Dots, dots_of
from app.comparison.views.frame import section_address
from app.comparison.views.sentence import is_near
from app.i18n import Words
from app.results.rounding import whole
from scoring.perception import SECTION_FLAG, Gap, GroupSection


@dataclass(frozen=True, slots=True)
class SectionRow:
    """M7.5: a section with a value of every group shown, in points; `apart` is the widest gap between two."""

    title: Words
    href: str
    items: int
    scored: int
    dots: Dots
    apart: Decimal
    flagged: bool
    near: bool


@dataclass(frozen=True, slots=True)
class SectionChart:
    """The picture of all sections that can be compared, the widest gap first, with the groups in its columns."""

    id: str
    groups: tuple[Mark, ...]
    rows: tuple[SectionRow, ...]


def section_chart(comparison: Comparison) -> SectionChart | None:
    """The sections side by side, None where there are not two groups with values."""
    rows = [section_row(comparison, gap) for gap in comparison.section_gaps.values()]
    if not rows:
        return None
    groups = tuple(comparison.marks.own[group] for group in comparison.shown)
    return SectionChart("abschnitte", groups, tuple(rows))


def section_row(comparison: Comparison, gap: Gap) -> SectionRow:
    """One section of the picture; `gap` is its widest."""
    part = comparison.section_values[gap.subject]
    dots = tuple(_dots(comparison, part))
    return SectionRow(
        title=short_title(comparison, part.section_id),
        href=section_address(comparison, part.section_id),
        items=len(part.item_ids),
        scored=part.scored,
        dots=dots_of(f"punkte-{part.section_id}", dots),
        apart=points_apart(gap),
        flagged=gap.flagged,
        near=is_near(gap),
    )


def points_apart(gap: Gap) -> Decimal:
    """A gap in whole points, halves up; with a place where it would read as the 25 that it does not reach (M9)."""
    rounded = Decimal(whole(gap.size))
    if gap.flagged or rounded < SECTION_FLAG:
        return rounded
    return Decimal(floor(10 * gap.size)) / 10


def _dots(comparison: Comparison, part: GroupSection) -> Iterable[Dot]:
    for group, value in part.values.items():
        shown = whole(Fraction(value))
        yield Dot(comparison.marks.own[group], shown, Decimal(shown))


def short_title(comparison: Comparison, section_id: str) -> Words:
    """A section as the pictures name it."""
    return comparison.words(comparison.questionnaire.section(section_id).short_title)
