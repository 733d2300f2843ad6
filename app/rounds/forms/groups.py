# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be sent about the groups of a round: which of the catalogue, which own ones, how many people, which form.

Fields are named by the group's key: `in-…`, `title-…`, `expected-…`, `form-…`. An own group is there if it has a
title. An empty `form-…` means the questionnaire of the round.
"""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from app.errors import Problem
from app.fields import one_line
from app.i18n import N_
from app.rounds.catalogue import CATALOGUE, own_keys
from app.rounds.plans import GROUP_TITLE_LENGTH, MOST_EXPECTED, GroupPlan
from questionnaires.origins import Edition

_NUMBER = re.compile(r"[0-9]{1,6}|[0-9]{1,3}\.[0-9]{3}")


@dataclass(frozen=True, slots=True)
class GroupValues:
    """The fields of one group as they were typed."""

    key: str
    is_chosen: bool
    title: str = ""
    expected: str = ""
    form: str = ""


def values_of(group: GroupPlan) -> GroupValues:
    """The fields that show this."""
    expected = "" if group.expected is None else str(group.expected)
    return GroupValues(group.key, True, group.title, expected, str(group.form or ""))


def groups_from(fields: Mapping[str, str], kept: Container[str] = ()) -> tuple[GroupValues, ...]:
    """All groups that the form asks, chosen or not; those `kept` cannot be left out any more."""
    return tuple(_values(key, fields, key in kept) for key in (*CATALOGUE, *own_keys()))


def read_groups(
    values: Iterable[GroupValues], editions: Iterable[Edition]
) -> tuple[tuple[GroupPlan, ...], tuple[Problem, ...]]:
    """The groups that were chosen, as far as they can be read, and what is wrong."""
    offered: dict[str, Edition | None] = {"": None} | {str(edition): edition for edition in editions}
    chosen = [group for group in values if group.is_chosen]
    problems = [problem for group in chosen for problem in _problems(group, offered)]
    problems += _twice(chosen)
    plans = (
        GroupPlan(group.key, group.title, read_expected(group.expected) or None, offered.get(group.form))
        for group in chosen
    )
    return tuple(plans), tuple(problems)


def read_expected(typed: str) -> int | None:
    """A number of people; 0 for none, None for what is no number."""
    if not typed:
        return 0
    number = int(typed.replace(".", "")) if _NUMBER.fullmatch(typed) else 0
    return number if 1 <= number <= MOST_EXPECTED else None


def _values(key: str, fields: Mapping[str, str], is_kept: bool) -> GroupValues:
    title, expected, form = (one_line(fields.get(f"{name}-{key}", "")) for name in ("title", "expected", "form"))
    if key in CATALOGUE:
        is_chosen = is_kept or f"in-{key}" in fields
        return GroupValues(key, is_chosen, title or CATALOGUE[key].title, expected, form)
    return GroupValues(key, is_kept or bool(title), title, expected, form)


def _problems(group: GroupValues, offered: Mapping[str, Edition | None]) -> list[Problem]:
    found = []
    if not group.title:
        found.append(Problem(f"title-{group.key}", N_("Bitte geben Sie der Gruppe einen Namen.")))
    if len(group.title) > GROUP_TITLE_LENGTH:
        message = N_("Dieser Name ist zu lang. Bitte kürzen Sie ihn auf 80 Zeichen.")
        found.append(Problem(f"title-{group.key}", message))
    if read_expected(group.expected) is None:
        message = N_("„{group}“: Bitte schreiben Sie die Zahl nur mit Ziffern, zum Beispiel 12.")
        found.append(Problem(f"expected-{group.key}", message, {"group": group.title}))
    if group.form not in offered:
        message = N_(
            "„{group}“: Dieser Fragebogen hat keine Frage mit dem des Durchgangs gemeinsam, oder es gibt ihn nicht. "
            "Bitte wählen Sie einen aus der Liste."
        )
        found.append(Problem(f"form-{group.key}", message, {"group": group.title}))
    return found


def _twice(chosen: Iterable[GroupValues]) -> list[Problem]:
    """Two groups of one name could not be told apart."""
    seen: set[str] = set()
    found = []
    for group in chosen:
        name = group.title.casefold()
        if name in seen:
            message = N_("„{group}“ gibt es zweimal. Bitte geben Sie einer der Gruppen einen anderen Namen.")
            found.append(Problem(f"title-{group.key}", message, {"group": group.title}))
        seen.add(name)
    return found
