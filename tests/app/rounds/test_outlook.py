# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is said before anybody is invited, in the cases that M7.2 knows (D-10). Pure."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.rounds.plans import Protection
from app.rounds.views.outlook import Outlook, outlook
from app.rounds.views.unseen import Reached, unseen_of
from questionnaires.answers import Level
from questionnaires.flow import asked_items
from questionnaires.library import Library
from questionnaires.origins import Edition
from questionnaires.parts import MunicipalityType
from scoring.privacy import Group, Submitted, partition, publish
from scoring.published import Rule
from tests.app.rounds.conftest import LONG, SHORT

ANONYM = Protection()


def of(*groups: tuple[str, int | None], protection: Protection = ANONYM) -> Outlook:
    return outlook(list(groups), protection)


def titles(groups: tuple[object, ...]) -> list[str]:
    return [group.title for group in groups]  # type: ignore[attr-defined]


def test_each_group_that_is_large_enough_stands_alone() -> None:
    found = of(("Rat", 5), ("Amt", 12))
    assert (found.kind, found.is_warning) == ("all", False)
    assert titles(found.alone) == ["Rat", "Amt"]
    assert titles(found.close) == ["Rat"]  # half of them may stay away


def test_small_groups_that_are_enough_together_are_shown_together() -> None:
    found = of(("Amt", 12), ("Beirat", 3), ("Wirtschaft", 2))
    assert (found.kind, found.is_warning, found.absorbed) == ("merged", True, None)
    assert titles(found.small) == ["Beirat", "Wirtschaft"]
    assert titles(found.alone) == ["Amt"]


def test_small_groups_that_are_too_few_take_in_the_smallest_other() -> None:
    found = of(("Amt", 12), ("Rat", 9), ("Beirat", 3))
    assert found.kind == "merged"
    assert found.absorbed
    assert (found.absorbed.title, titles(found.small), titles(found.alone)) == ("Rat", ["Beirat"], ["Amt"])


@pytest.mark.parametrize("groups", [(("Rat", 9), ("Beirat", 3)), (("Rat", 3), ("Beirat", 3))])
def test_nothing_is_compared_where_all_come_together(groups: tuple[tuple[str, int | None], ...]) -> None:
    found = of(*groups)
    assert (found.kind, found.alone) == ("one", ())
    assert found.total == sum(number or 0 for _, number in groups)


def test_too_few_in_all_gives_counts_only() -> None:
    found = of(("Rat", 2), ("Beirat", 2))
    assert (found.kind, found.total, found.is_warning) == ("too_few", 4, True)


def test_groups_without_a_number_are_named_and_not_counted() -> None:
    assert of(("Rat", 6), ("Beirat", None)).numberless == ("Beirat",)
    assert of(("Rat", None)).kind == "unknown"
    assert of().kind == "empty"


def test_a_named_round_knows_no_minimum() -> None:
    assert of(("Rat", 1), protection=Protection("named")).kind == "named"


@given(st.lists(st.integers(1, 40), min_size=1, max_size=10), st.integers(3, 12))
def test_it_says_what_the_gate_does(sizes: list[int], minimum: int) -> None:
    """Whoever comes as expected, sees afterwards what was said before."""
    found = of(*((str(place), size) for place, size in enumerate(sizes)), protection=Protection(n_min=minimum))
    blocks = partition(sizes, minimum)
    assert [group.title for group in found.alone] == [
        str(block[0]) for block in blocks if len(block) == 1 and sizes[block[0]] >= minimum
    ]
    together = {str(place) for block in blocks for place in block} - set(titles(found.alone))
    taken = {found.absorbed.title} if found.absorbed else set()
    assert together == (set() if found.kind == "too_few" else set(titles(found.small)) | taken)
    assert (found.kind == "too_few") == (not blocks)


TOWN = MunicipalityType.KLEINE_STADT_GEMEINDE


def unseen(
    library: Library, *groups: tuple[str, int | None, Edition | None], minimum: int = 5
) -> list[tuple[int, list[str], int]]:
    found = unseen_of(library, LONG, TOWN, [Reached(*group) for group in groups], minimum)
    return [(one.questions, titles(one.groups), one.number) for one in found]


def alone(library: Library) -> int:
    """How many questions only the long form has."""
    short = {item.id for item in library.get(SHORT.id, SHORT.version).items}
    return sum(item.id not in short for item in asked_items(library.get(LONG.id, LONG.version), TOWN))


def test_questions_that_only_a_few_get_are_counted_with_who_gets_them(library: Library) -> None:
    found = unseen(library, ("Spitze", 3, None), ("Politik", 20, SHORT))
    assert found == [(61, ["Spitze"], 3)] == [(alone(library), ["Spitze"], 3)]
    # Two that are small are enough together, and so is one that is large.
    assert unseen(library, ("Spitze", 3, None), ("Amt", 2, None), ("Politik", 20, SHORT)) == []
    assert unseen(library, ("Spitze", 5, None), ("Politik", 20, SHORT)) == []
    assert unseen(library, ("Spitze", 3, LONG), ("Politik", 20, SHORT)) == found


def test_questions_that_nobody_gets_are_told_even_without_numbers(library: Library) -> None:
    assert unseen(library, ("Rat", None, SHORT), ("Amt", 9, SHORT), minimum=1) == [(alone(library), [], 0)]


def test_where_a_number_is_missing_nothing_is_claimed(library: Library) -> None:
    assert unseen(library, ("Spitze", None, None), ("Beirat", 2, None), ("Politik", 20, SHORT)) == []


def test_a_form_that_cannot_be_had_claims_nothing(library: Library) -> None:
    gone = Edition(id="kurzcheck", version="99.0")
    assert unseen(library, ("Spitze", 3, None), ("Politik", 20, gone)) == []


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 7), st.booleans()), min_size=1, max_size=4), st.integers(3, 6))
def test_the_gate_shows_nothing_of_just_these_questions(
    library: Library, groups: list[tuple[int, bool]], minimum: int
) -> None:
    """Everybody comes and answers everything: whatever then has no block in the published table, was counted."""
    long, short = library.get(LONG.id, LONG.version), library.get(SHORT.id, SHORT.version)
    shared = frozenset(item.id for item in short.items)
    asked = [Group(str(place), shared if is_short else None) for place, (_, is_short) in enumerate(groups)]
    everything = {item.id: Level(2) for item in long.items}
    people = [Submitted(str(place), everything) for place, (size, _) in enumerate(groups) for _ in range(size)]
    table = publish(long, TOWN, asked, people, Rule(n_min=minimum))
    told = unseen(
        library,
        *((str(place), size, SHORT if is_short else None) for place, (size, is_short) in enumerate(groups)),
        minimum=minimum,
    )
    empty = sum(not item.blocks for item in table.items) if table.blocks else len(asked_items(long, TOWN))
    assert sum(questions for questions, _, _ in told) == empty
