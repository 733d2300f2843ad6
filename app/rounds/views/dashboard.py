# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of one round: where it is, what comes next, what happens; who was heard; who moderates; deleting it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from app.accounts.actions.welcoming import Welcomed
from app.errors import Problem
from app.i18n import Words
from app.permissions import Action, RoundScope
from app.rounds.queries.plan import Planned
from app.rounds.queries.rounds import Heard, Moderator

State = Literal["planned", "waiting", "running", "over", "closed", "released"]
"""The status as people see it: an open round waits for its first day, runs, or its last day is past."""


@dataclass(frozen=True)
class RoundPage:
    """One round for whoever looks. `may`: what the role allows; `reads`: the result was released to this account."""

    plan: Planned
    form: Words
    state: State
    may: frozenset[str]
    reads: bool
    submitted: int
    is_new: bool = False
    """It was opened a moment ago."""

    @property
    def expected(self) -> int:
        return sum(group.expected or 0 for group in self.plan.groups)

    @property
    def own_targets(self) -> int:
        return len(self.plan.targets)


@dataclass(frozen=True)
class WatchPage:
    """Who was heard: counts per group and nothing else, as long as nothing is released (M7.8)."""

    plan: Planned
    state: State
    groups: tuple[Heard, ...]
    may: frozenset[str]

    @property
    def unheard(self) -> tuple[Heard, ...]:
        return tuple(group for group in self.groups if not group.submitted)

    @property
    def submitted(self) -> int:
        return sum(group.submitted for group in self.groups)

    @property
    def expected(self) -> int:
        return sum(group.expected or 0 for group in self.groups)

    @property
    def shows_addresses(self) -> bool:
        return any(group.addresses for group in self.groups)

    @property
    def is_finished(self) -> bool:
        """Nobody answers any more, so that nobody is „noch nicht“ heard."""
        return self.state in ("closed", "released")


@dataclass(frozen=True)
class ModeratorsPage:
    """Who moderates, and the form to invite somebody. `welcomed`: what became of an invitation just made."""

    plan: Planned
    moderators: tuple[Moderator, ...]
    values: Mapping[str, str] = field(default_factory=lambda: {"name": "", "email": ""})
    problems: tuple[Problem, ...] = ()
    welcomed: Welcomed | None = None


@dataclass(frozen=True)
class DeletionPage:
    """What is lost, and the title to be typed."""

    plan: Planned
    submitted: int
    typed: str = ""
    problems: tuple[Problem, ...] = ()


def state_of(status: str, opens_on: date, closes_on: date, today: date) -> State:
    """The status on this day."""
    if status == "open":
        return "waiting" if today < opens_on else "over" if today > closes_on else "running"
    return {"planned": "planned", "closed": "closed", "released": "released"}[status]  # type: ignore[return-value]


def state_of_plan(plan: Planned, today: date) -> State:
    return state_of(plan.status, plan.basics.opens_on, plan.basics.closes_on, today)


def allowed(scope: RoundScope) -> frozenset[str]:
    """What the role allows in a round, by the verb: `plan`, `invite`, `watch` …"""
    of_round = (action for action in Action if action.object == "round" and scope.may(action))
    return frozenset(action.value.removeprefix("round.") for action in of_round)
