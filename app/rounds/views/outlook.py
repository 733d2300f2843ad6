# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a round could show if everybody came who is expected: said before anybody is invited (D-10). Pure.

It applies the very rule that the gate applies to what was submitted (M7.2).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.rounds.plans import GroupPlan, Protection
from app.rounds.queries.plan import Planned
from scoring.privacy import partition

ROOM = 2
"""Half of those invited may stay away: a group below twice the least number may be merged after all."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A group with the number of people expected of it."""

    title: str
    number: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would be shown.

    `named`: no rule. `empty`: no groups yet. `unknown`: no numbers yet. `too_few`: counts only (M7.1). `one`: all
    groups as one. `merged`: some groups as „Weitere Gruppen“. `all`: each on its own.
    """

    kind: Literal["named", "empty", "unknown", "too_few", "one", "merged", "all"]
    minimum: int
    alone: tuple[Expected, ...] = ()
    small: tuple[Expected, ...] = ()
    absorbed: Expected | None = None
    """A group that is large enough and is merged all the same, because the small ones together are too few."""
    numberless: tuple[str, ...] = ()

    @property
    def is_warning(self) -> bool:
        return self.kind in {"too_few", "one", "merged"}

    @property
    def total(self) -> int:
        taken = (self.absorbed,) if self.absorbed else ()
        return sum(group.number for group in (*self.alone, *self.small, *taken))

    @property
    def close(self) -> tuple[Expected, ...]:
        """Groups that stand alone only if nearly all of them answer."""
        return tuple(group for group in self.alone if group.number < ROOM * self.minimum)


def outlook_of(plan: Planned) -> Outlook:
    """For the round as it is kept."""
    return outlook([(group.title, group.expected) for group in plan.groups], plan.protection)


def outlook_for(groups: Iterable[GroupPlan], protection: Protection) -> Outlook:
    """For groups that are being typed."""
    return outlook([(group.title, group.expected) for group in groups], protection)


def outlook(groups: list[tuple[str, int | None]], protection: Protection) -> Outlook:
    """M7.2 for the numbers expected."""
    minimum = protection.n_min
    if protection.mode == "named":
        return Outlook("named", minimum)
    if not groups:
        return Outlook("empty", minimum)
    known = [Expected(title, number) for title, number in groups if number]
    numberless = tuple(title for title, number in groups if not number)
    if not known:
        return Outlook("unknown", minimum, numberless=numberless)
    return _divided(known, minimum, numberless)


def _divided(known: list[Expected], minimum: int, numberless: tuple[str, ...]) -> Outlook:
    blocks = partition([group.number for group in known], minimum)
    small = tuple(group for group in known if group.number < minimum)
    if not blocks:
        return Outlook("too_few", minimum, small=small, numberless=numberless)
    if not small:
        return Outlook("all", minimum, tuple(known), numberless=numberless)
    alone = tuple(known[block[0]] for block in blocks[:-1])
    others = [known[place] for place in blocks[-1]]
    taken = next((group for group in others if group.number >= minimum), None)
    return Outlook("merged" if alone else "one", minimum, alone, small, taken, numberless)
