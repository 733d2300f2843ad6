# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lists a page at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.paging import Paging, paging, read_number


@pytest.mark.parametrize(
    ("count", "number", "expected"),
    [
        (0, 1, Paging(1, 1, 0, 20)),
        (20, 1, Paging(1, 1, 0, 20)),
        (21, 2, Paging(2, 2, 20, 40)),
        (21, 99, Paging(2, 2, 20, 40)),
        (21, -3, Paging(1, 2, 0, 20)),
    ],
)
def test_the_nearest_page_there_is(count: int, number: int, expected: Paging) -> None:
    assert paging(count, number, 20) == expected


@given(count=st.integers(0, 300), size=st.integers(1, 50))
def test_every_entry_stands_on_one_page(count: int, size: int) -> None:
    entries = list(range(count))
    pages = [paging(count, number, size) for number in range(1, paging(count, 1, size).pages + 1)]
    assert [entry for page in pages for entry in entries[page.start : page.end]] == entries
    assert all(entries[page.start : page.end] for page in pages if count)


@pytest.mark.parametrize(
    ("typed", "number"), [("2", 2), ("", 1), ("0", 1), ("-1", 1), ("zwei", 1), ("²", 1), ("1" * 99, 1)]
)
def test_what_an_address_asks_for(typed: str, number: int) -> None:
    assert read_number({"seite": typed}) == number


def test_no_page_is_the_first() -> None:
    assert read_number({}) == 1
