# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who was heard: every group with its counts, which are shown together and why, and who is missing (M7.2)."""

from dataclasses import dataclass

from app.comparison.marks import Mark
from app.comparison.queries import Comparison
from app.comparison.views.items import mark_of
from app.rounds.queries.released import ReleasedGroup


@dataclass(frozen=True, slots=True)
class HeardGroup:
    """A group: how many submitted of how many that were expected (None: not known).

    `mark` is its sign in the pictures, its own or that of „Weitere Gruppen“; None where it has none.
    """

    title: str
    submitted: int
    expected: int | None
    mark: Mark | None

    @property
    def is_unheard(self) -> bool:
        return not self.submitted

    @property
    def is_together(self) -> bool:
        """Whether its sign is that of several groups in one block."""
        return self.mark is not None and not self.mark.key


@dataclass(frozen=True, slots=True)
class Together:
    """Groups in one block: the `small` ones, and those `taken` in so that the small ones cannot be told (M7.2).

    `is_all`: there is no other block.
    """

    small: tuple[str, ...]
    taken: tuple[str, ...]
    is_all: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """All groups in their order; `together` is None where each stands alone."""

    groups: tuple[HeardGroup, ...]
    unheard: tuple[str, ...]
    together: Together | None

    @property
    def has_marks(self) -> bool:
        return any(group.mark for group in self.groups)


def heard_of(comparison: Comparison) -> Heard:
    """Who was heard in this round."""
    submitted = {part.group: part.submitted for part in comparison.table.groups}
    return Heard(
        groups=tuple(
            HeardGroup(group.title, group.submitted, group.expected, _mark(comparison, group))
            for group in comparison.round.groups
        ),
        unheard=tuple(map(comparison.names.of, comparison.table.unheard)),
        together=_together(comparison, submitted),
    )


def _mark(comparison: Comparison, group: ReleasedGroup) -> Mark | None:
    """The sign that stands for this group: its own, or that of those it is shown with."""
    joined = next((block for block in comparison.table.blocks if group.key in block.groups and not block.own), None)
    if joined is None or len(comparison.table.blocks) == 1:
        return comparison.marks.own.get(group.key)
    return mark_of(comparison, joined, comparison.block_title(joined, comparison.table.blocks))


def _together(comparison: Comparison, submitted: dict[str, int]) -> Together | None:
    table = comparison.table
    joined = next((block for block in table.blocks if block.own is None), None)
    if joined is None:
        return None
    small = [group for group in joined.groups if submitted[group] < table.rule.minimum]
    taken = [group for group in joined.groups if group not in small]
    name = comparison.names.of
    return Together(tuple(map(name, small)), tuple(map(name, taken)), len(table.blocks) == 1)
