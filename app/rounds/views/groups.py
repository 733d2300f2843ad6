# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The step on which the groups of a round are chosen."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import Problem
from app.rounds.catalogue import CATALOGUE, own_keys
from app.rounds.forms.groups import GroupValues, values_of
from app.rounds.plans import GroupPlan
from app.rounds.queries.plan import Planned
from app.rounds.views.outlook import Outlook
from app.rounds.views.plan import FormChoice, Frame


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group to choose. `who` is a German message id, empty for own groups. `is_kept`: the round is open with it."""

    values: GroupValues
    title: str
    who: str
    is_kept: bool


@dataclass(frozen=True)
class GroupsPage:
    """The catalogue, own groups, and what would come of the numbers."""

    frame: Frame
    rows: tuple[GroupRow, ...]
    own: tuple[GroupRow, ...]
    whole: FormChoice
    shorter: tuple[FormChoice, ...]
    outlook: Outlook
    problems: tuple[Problem, ...] = ()


def group_values(plan: Planned) -> tuple[GroupValues, ...]:
    """The fields that show the groups of a round as it is kept."""
    kept = {group.key: group for group in plan.groups}
    plans = (
        GroupPlan(key, group.title, group.expected, None if group.form == plan.basics.form else group.form)
        for key, group in kept.items()
    )
    return tuple(values_of(one) for one in plans)


def group_rows(plan: Planned, values: tuple[GroupValues, ...]) -> tuple[tuple[GroupRow, ...], tuple[GroupRow, ...]]:
    """The catalogue's rows; and those of own groups, with one that is empty."""
    typed = {group.key: group for group in values}
    kept = set() if plan.is_planned else {group.key for group in plan.groups}
    rows = tuple(
        GroupRow(typed.get(key) or GroupValues(key, False, kind.title), kind.title, kind.who, key in kept)
        for key, kind in CATALOGUE.items()
    )
    return rows, _own_rows(typed, kept)


def _own_rows(typed: Mapping[str, GroupValues], kept: set[str]) -> tuple[GroupRow, ...]:
    keys = own_keys()
    named = [key for key in keys if key in typed and (typed[key].is_chosen or key in kept)]
    free = next((key for key in keys if key not in named), None)
    shown = [*named, *((free,) if free else ())]
    return tuple(
        GroupRow(typed.get(key) or GroupValues(key, False), "", "", key in kept)
        for key in sorted(shown, key=keys.index)
    )
