# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What passes for an e-mail address, and what is read out of what people paste."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail.addresses import address_key, bare_address, first_address, is_address, wire_address


@pytest.mark.parametrize(
    "address",
    [
        "ada@kommune.de",
        "a.d-a+rat_1@sub.kommune.de",
        "Ada.Beispiel@KOMMUNE.DE",
        "o'neill@kommune.de",
        "info@köln.de",
        "jürgen@kommune.de",
        "x@xn--kln-sna.de",
        "x@123.kommune.berlin",
        "a" * 64 + "@kommune.de",
    ],
)
def test_is_one(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ada",
        "ada@",
        "@kommune.de",
        "ada@kommune",
        "ada@@kommune.de",
        "ada@kommune..de",
        "ada@-kommune.de",
        "ada@kommune-.de",
        "ada@127.0.0.1",
        "ada@[127.0.0.1]",
        ".ada@kommune.de",
        "ada.@kommune.de",
        "a..da@kommune.de",
        "ada beispiel@kommune.de",
        "ada@kommune.de ",
        "ada@kommune.de\n",
        "ada@kommune.de\r\nBcc: eva@kommune.de",
        "ada@kommune.de,eva@kommune.de",
        "<ada@kommune.de>",
        '"ada"@kommune.de',
        "ada@straße.de",
        "a" * 65 + "@kommune.de",
        "ada@" + "a" * 64 + ".de",
        "a@" + ".".join(["kommune"] * 32) + ".de",
        "ada@kommune.de\x00",
        "\ud800@kommune.de",
    ],
)
def test_is_none(address: str) -> None:
    assert not is_address(address)
    with pytest.raises(ValueError, match="no e-mail address"):
        wire_address(address)


@given(st.text() | st.from_regex(r"\A[\w.\s<>,;:\"@-]*@[\w.\s-]*\Z"))
def test_what_passes_is_one_word_with_one_at(text: str) -> None:
    """X-07: no line ends in it, no second address, nothing that a header would take apart."""
    if is_address(text):
        assert text.count("@") == 1
        assert not set(text) & set(' \t\r\n\x00<>,;:"\\()[]')
        assert text.isprintable()
        assert wire_address(text).partition("@")[2].isascii()


def test_domains_go_out_in_ascii() -> None:
    assert wire_address("info@Köln.de") == "info@xn--kln-sna.de"
    assert wire_address("Ada@Kommune.DE") == "Ada@Kommune.DE"


@pytest.mark.parametrize(
    "typed",
    [
        "ada@kommune.de",
        " ada@kommune.de ",
        "<ada@kommune.de>",
        "Ada Beispiel <ada@kommune.de>",
        '"Beispiel, Ada" <ada@kommune.de>',
        "Ada Beispiel <mailto:ada@kommune.de>",
        "mailto:ada@kommune.de",
    ],
)
def test_the_name_is_dropped(typed: str) -> None:
    assert bare_address(typed) == "ada@kommune.de"


def test_letters_size_does_not_matter() -> None:
    assert address_key(" Ada@Kommune.de ") == address_key("ADA@kommune.DE")


def test_the_first_address_in_words() -> None:
    assert first_address("Fragen an Ada Beispiel (ada@kommune.de), Telefon 0541 123.") == "ada@kommune.de"
    assert first_address("Ada Beispiel, Telefon 0541 123") == ""
