# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a round could show if everybody came who is expected: said before anybody is invited (D-10). Pure.

It applies the very rule that the gate applies to what was submitted (M7.2).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.rounds.plans import GroupPlan, Protection
from app.rounds.queries.plan import Planned
from app.rounds.views.unseen import Expected, Reached, Unseen, unseen_of
from questionnaires.library import Library
from questionnaires.origins import Edition
from scoring.privacy import partition
from scoring.published import Rule

ROOM = 2
"""Half of those invited may stay away: a group below twice the least number may be merged after all."""


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
    unseen: tuple[Unseen, ...] = ()
    """Questions that only some groups get, too few for anything to be shown of them."""

    @property
    def is_warning(self) -> bool:
        return self.kind in {"too_few", "one", "merged"} or bool(self.unseen)

    @property
    def total(self) -> int:
        taken = (self.absorbed,) if self.absorbed else ()
        return sum(group.number for group in (*self.alone, *self.small, *taken))

    @property
    def close(self) -> tuple[Expected, ...]:
        """Groups that stand alone only if nearly all of them answer."""
        return tuple(group for group in self.alone if group.number < ROOM * self.minimum)


def outlook_of(plan: Planned, library: Library, protection: Protection | None = None) -> Outlook:
    """For the round as it is kept, or with a protection that is being chosen."""
    groups = [Reached(group.title, group.expected, _own(group.form, plan)) for group in plan.groups]
    return _whole(groups, plan, library, protection or plan.protection)


def outlook_for(groups: Iterable[GroupPlan], plan: Planned, library: Library) -> Outlook:
    """For groups that are being typed."""
    reached = [Reached(group.title, group.expected, _own(group.form, plan)) for group in groups]
    return _whole(reached, plan, library, plan.protection)


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


def _own(form: Edition | None, plan: Planned) -> Edition | None:
    return None if form == plan.basics.form else form


def _whole(groups: Sequence[Reached], plan: Planned, library: Library, protection: Protection) -> Outlook:
    """M7.2 for the round, and M7.3 for the questions that not everybody gets."""
    found = outlook([(group.title, group.number) for group in groups], protection)
    if found.kind in {"empty", "too_few"}:
        return found
    minimum = Rule(protection.mode, protection.n_min).minimum
    return replace(found, unseen=unseen_of(library, plan.basics.form, plan.kind, groups, minimum))


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
