# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fields that many forms have: what is kept of what was typed, and what is said about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Problem
from app.fields import name_problem, one_line, plain, read_population


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada \t Lovelace ", "Ada Lovelace"),
        ("Ada\r\nLovelace", "Ada Lovelace"),
        ("Ada\x00\x07\x7f\x9b", "Ada"),
        ("Ada\x85Lovelace", "Ada Lovelace"),
        ("Bad \u202eflodlluN\u202c\u2067\u200f", "Bad flodlluN"),
        ("\ud800Ada", "Ada"),
    ],
)
def test_one_line(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


@given(st.text())
def test_what_was_read_once_reads_the_same_again(typed: str) -> None:
    """What a form shows again and sends again is unchanged (and an untouched question is never written)."""
    assert plain(plain(typed)) == plain(typed)
    assert one_line(one_line(typed)) == one_line(typed)


def test_lines_of_a_text_stay() -> None:
    assert plain(" eins\r\nzwei\rdrei\x00 ") == "eins\nzwei\ndrei"


def test_a_name_is_needed_where_that_is_said_and_is_no_longer_than_its_column() -> None:
    assert name_problem("person", "") is None
    assert name_problem("person", "", "Bitte schreiben Sie Ihren Namen.") == Problem(
        "person", "Bitte schreiben Sie Ihren Namen."
    )
    assert name_problem("person", "x" * 120) is None
    long = name_problem("person", "x" * 121)
    assert long is not None
    assert (long.field, long.message) == ("person", "Der Name ist zu lang. Bitte kürzen Sie ihn auf 120 Zeichen.")


@pytest.mark.parametrize(
    ("typed", "number"),
    [("", None), ("9000", 9_000), ("9.000", 9_000), ("1 234 567", 1_234_567), ("9\u202f000", 9_000), ("1", 1)],
)
def test_a_number_of_people_as_people_write_it(typed: str, number: int | None) -> None:
    assert read_population(typed) == number


@pytest.mark.parametrize("typed", ["0", "neun", "9.00", "-5", "9,5", "٣٠٠", "100000000", "9000\n"])
def test_no_number_of_people(typed: str) -> None:
    assert isinstance(read_population(typed), Problem)
