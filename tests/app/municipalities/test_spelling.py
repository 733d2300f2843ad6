# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Folding, searching and sorting of names (U-26, R-04)."""

import pytest

from app.municipalities.spelling import folded, search_key, sort_key


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("München", "munchen"),
        ("Mu\u0308nchen", "munchen"),
        ("Großräschen", "grossraschen"),
        ("GROẞ-Gerau", "gross gerau"),
        ("Bad Muskau/Mužakow", "bad muskau muzakow"),
        ("Łužyca", "luzyca"),
        ("St. Ingbert", "st ingbert"),
        ("Halle (Saale)", "halle saale"),
        ("100 % _x_", "100 x"),
        ("  ", ""),
    ],
)
def test_folded(written: str, plain: str) -> None:
    assert folded(written) == plain


def test_every_way_to_write_an_umlaut_begins_a_word_of_the_key() -> None:
    for typed in ("muenchen", "München", "Munchen", "MÜNCHEN", "Mu\u0308n"):
        assert f" {folded(typed)}" in f" {search_key('München', 120)}"
    assert search_key("Belm", 120) == "belm"
    assert search_key("Ü" * 50, 120).endswith("ue")
    assert len(search_key("Ü" * 50, 120)) == 120


ORDERED = ["Aachen", "Ahlen", "Ährenfeld", "Mul", "Munchen", "München", "München Ost", "Murnau", "Ötisheim", "Zürich"]


def test_german_order() -> None:
    """DIN 5007-1: naive sorting puts Ährenfeld and Ötisheim behind Zürich."""
    assert sorted(sorted(ORDERED), key=sort_key) == ORDERED
    assert sorted(sorted(ORDERED), key=lambda name: search_key(name, 120)) == ORDERED
    assert sorted(ORDERED) != ORDERED
