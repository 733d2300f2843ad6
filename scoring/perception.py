# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M9: where groups see different things (Wahrnehmungslücke), from the published table alone.

Groups are those that are a block of their own in the round; „Weitere Gruppen“ is not one. Wording is „Hier sehen Sie
Unterschiedliches“: neither group is wrong.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from questionnaires.definition import Item, Questionnaire
from questionnaires.flow import asked
from questionnaires.parts import MunicipalityType
from scoring.agreement import mean_of, median_of
from scoring.levels import POINTS
from scoring.published import Distribution, PublishedTable
from scoring.ratings import exact

ITEM_FLAG = 1
"""M9: levels between two medians from which an item is flagged."""

SECTION_FLAG = 25
"""M9: points between two groups' sections from which a section is flagged."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What separates two groups at an item (levels) or a section (points, 0 to 100).

    `difference` is `first_value` less `second_value`; `first` stands before `second` in the order of the groups.
    """

    subject: str
    first: str
    second: str
    first_value: Fraction
    second_value: Fraction
    flagged: bool

    @property
    def difference(self) -> Fraction:
        return self.first_value - self.second_value

    @property
    def size(self) -> Fraction:
        return abs(self.difference)


@dataclass(frozen=True, slots=True)
class GroupSection:
    """M7.5: a section's values of the groups, 0 to 100, all over the same `item_ids`; `scored` it has in all."""

    section_id: str
    item_ids: tuple[str, ...]
    scored: int
    values: Mapping[str, Fraction]


def shown_groups(table: PublishedTable) -> tuple[str, ...]:
    """The groups that are a block of their own in the round, in order."""
    return tuple(group for block in table.blocks if (group := block.own) is not None)


def item_gaps(table: PublishedTable) -> tuple[Gap, ...]:
    """M9, D_i(g,h): for all pairs of groups that are blocks of their own at the item; the widest first."""
    medians = ((item, {group: median_of(levels) for group, levels in item.own.items()}) for item in table.items)
    return _widest_first(gap for item, values in medians for gap in _gaps(item.item_id, values, ITEM_FLAG))


def section_gaps(questionnaire: Questionnaire, kind: MunicipalityType | None, table: PublishedTable) -> tuple[Gap, ...]:
    """M9: for all pairs of groups in the sections that have values for groups; the widest first."""
    sections = group_sections(questionnaire, kind, table)
    return _widest_first(gap for part in sections for gap in _gaps(part.section_id, part.values, SECTION_FLAG))


def group_sections(
    questionnaire: Questionnaire, kind: MunicipalityType | None, table: PublishedTable
) -> tuple[GroupSection, ...]:
    """M7.5: recommendation sections in which every shown group is a block of its own in half the items or more.

    The items of a section are those of M2: asked, and not of room `others`.
    """
    shown = shown_groups(table)
    tables = {item.item_id: item.own for item in table.items}
    found = []
    for section in questionnaire.sections if shown else ():
        scored = [item for item in asked(section, kind) if item.scored]
        common = [item for item in scored if tables.get(item.id, {}).keys() >= set(shown)]
        if section.kind == "recommendation" and common and 2 * len(common) >= len(scored):
            values = {group: _score(common, tables, group) for group in shown}
            found.append(GroupSection(section.id, tuple(item.id for item in common), len(scored), values))
    return tuple(found)


def _score(items: Sequence[Item], tables: Mapping[str, Mapping[str, Distribution]], group: str) -> Fraction:
    """M2 with the group's means in place of levels."""
    weights = {item.id: exact(item.weight) for item in items}
    total = sum((weight * mean_of(tables[item_id][group]) for item_id, weight in weights.items()), Fraction(0))
    return POINTS * total / sum(weights.values())


def _gaps(subject: str, values: Mapping[str, Fraction], flag_from: int) -> Iterator[Gap]:
    for (first, one), (second, two) in combinations(values.items(), 2):
        yield Gap(subject, first, second, one, two, flagged=abs(one - two) >= flag_from)


def _widest_first(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Of the same size in the order of the questionnaire, then of the groups."""
    return tuple(sorted(gaps, key=lambda gap: -gap.size))
