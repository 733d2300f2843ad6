# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Codes and tokens: random, readable, forgiving, one-way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tokens import (
    ALPHABET,
    digest,
    grouped,
    is_token,
    new_code,
    new_token,
    normalise,
    view_digest,
    view_token,
)

CODE = "ABCDEFGHJKMNPQRS"


def test_a_code_has_80_bits_and_readable_letters() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert {len(code) for code in codes} == {16}
    assert set("".join(codes)) <= set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)


def test_it_is_shown_in_groups() -> None:
    assert grouped(CODE) == "ABCD-EFGH-JKMN-PQRS"


@pytest.mark.parametrize(
    "typed", ["abcd-efgh-jkmn-pqrs", " ABCD EFGH JKMN PQRS\n", "ABCD–EFGH‑JKMN.PQRS", "abcdefghjkmnpqrs"]
)
def test_case_spaces_and_dashes_do_not_matter(typed: str) -> None:
    assert normalise(typed) == CODE


def test_misread_letters_are_understood() -> None:
    assert normalise("O0oI-1iLl-ABCD-EFGH") == "00011111ABCDEFGH"


@pytest.mark.parametrize("typed", ["", "ABCD", CODE + "A", "ABCD-EFGH-JKMN-PQRU", "ÄBCD-EFGH-JKMN-PQRS", "x" * 4000])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert normalise(typed) is None


@given(st.text(max_size=40))
def test_no_text_breaks_it(typed: str) -> None:
    assert normalise(typed) is None or len(normalise(typed) or "") == 16


@given(st.text(alphabet=ALPHABET, min_size=16, max_size=16))
def test_what_is_shown_can_be_typed(code: str) -> None:
    assert normalise(grouped(code).lower()) == code


def test_a_token_for_an_address_has_130_bits_and_readable_letters() -> None:
    tokens = {new_token() for _ in range(500)}
    assert len(tokens) == 500
    assert all(is_token(token) and is_token(token.upper()) for token in tokens)
    assert set("".join(tokens)) == set(ALPHABET.lower())
    # None of its places is always the same, as those would be that hold no random bits.
    assert all(len({token[place] for token in tokens}) > 16 for place in range(26))


@pytest.mark.parametrize("typed", ["", "a" * 25, "a" * 27, "u" * 26, "ß" * 26, "ａ" * 26, "a" * 25 + "\n"])
def test_what_cannot_be_a_token_is_none(typed: str) -> None:
    assert not is_token(typed)


def test_token_and_digests_do_not_show_the_code() -> None:
    token = view_token(CODE)
    assert len(token) == 26
    assert token == view_token(CODE)
    assert view_digest(token.upper()) == view_digest(token)
    assert len({digest(CODE), view_digest(token), digest(token.upper())}) == 3
    assert len(digest("ü")) == 64
