# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is said before anybody is invited, in the cases that M7.2 knows (D-10). Pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rounds.plans import Protection
from app.rounds.views.outlook import Outlook, outlook
from scoring.privacy import partition

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
