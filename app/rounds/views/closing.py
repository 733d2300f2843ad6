# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on which a round ends: counts and what they allow, the release, its readers and links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.clock import months_after
from app.errors import Problem
from app.rounds.queries.closing import Candidate, Ending, ReadingLink
from app.rounds.queries.plan import Planned
from app.rounds.queries.rounds import Heard
from app.rounds.views.unseen import Reached, Unseen, unseen_of
from questionnaires.library import Library
from scoring.privacy import partition

LEAST_NAMED = 1
"""Namentlich im Team: every group is shown, however small (M7)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the counts allow to be shown: groups alone, groups together as „Weitere Gruppen“, and the unheard (M7.2)."""

    alone: tuple[Heard, ...]
    together: tuple[Heard, ...]
    unheard: tuple[Heard, ...]
    submitted: int
    minimum: int

    @property
    def too_few(self) -> bool:
        """M7.1: nothing but the counts."""
        return not self.alone and not self.together

    @property
    def all_as_one(self) -> bool:
        """One block: the round has a profile, and no groups to compare."""
        return not self.alone and bool(self.together)

    @property
    def missing(self) -> int:
        """How many more are needed until anything can be shown."""
        return max(0, self.minimum - self.submitted)


@dataclass(frozen=True)
class ClosingPage:
    """One page for the three states: open, closed, released."""

    round: Ending
    shown: Shown
    candidates: tuple[Candidate, ...]
    links: tuple[ReadingLink, ...]
    unseen: tuple[Unseen, ...]
    """Questions of which nothing can be shown with these counts, though the round has a result (M7.3)."""
    me: str
    """The account of who looks: it reads what it releases."""
    today: date
    problems: tuple[Problem, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    new_link: str = ""
    """The address of a link just made; shown once."""

    @property
    def others(self) -> tuple[Candidate, ...]:
        """Everybody to whom it can be released, but for who looks."""
        return tuple(one for one in self.candidates if one.account_id != self.me)

    @property
    def is_over(self) -> bool:
        """The last day is past, though nobody has closed it."""
        return self.round.status == "open" and self.today > self.round.closes_on

    @property
    def delete_on(self) -> date:
        """The day on which the single answers go (D-15)."""
        return months_after(self.round.closed_on or self.round.closes_on, self.round.raw_months)


def shown_of(turnout: Sequence[Heard], mode: str, n_min: int) -> Shown:
    """What would be shown with these counts, by the very rule that the gate applies."""
    minimum = n_min if mode == "anonym" else LEAST_NAMED
    heard = [group for group in turnout if group.submitted]
    blocks = partition([group.submitted for group in heard], minimum)
    return Shown(
        alone=tuple(heard[block[0]] for block in blocks if len(block) == 1),
        together=tuple(heard[place] for block in blocks if len(block) > 1 for place in block),
        unheard=tuple(group for group in turnout if not group.submitted),
        submitted=sum(group.submitted for group in turnout),
        minimum=minimum,
    )


def unseen_in(shown: Shown, turnout: Sequence[Heard], plan: Planned, library: Library) -> tuple[Unseen, ...]:
    """What stays empty with these counts, because only some groups get it; () where everything does."""
    if shown.too_few:
        return ()
    forms = {group.key: group.form for group in plan.groups if group.form != plan.basics.form}
    groups = [Reached(group.title, group.submitted, forms.get(group.key)) for group in turnout]
    return unseen_of(library, plan.basics.form, plan.kind, groups, shown.minimum)
