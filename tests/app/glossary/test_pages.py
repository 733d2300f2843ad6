# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The glossary: everything, once, in the order of German dictionaries."""

import pytest
from fastapi.testclient import TestClient

from app.glossary.views import glossary_page, sorting
from questionnaires.library import Library
from questionnaires.newest import newest
from tests.markup import Markup


@pytest.mark.parametrize(
    ("words", "ordered"),
    [
        (["Beirat", "Ämter", "Amt"], ["Amt", "Ämter", "Beirat"]),
        (["Übung", "Ziel", "Umland"], ["Übung", "Umland", "Ziel"]),
        (["Maßnahme", "Masse", "Maßstab"], ["Masse", "Maßnahme", "Maßstab"]),
        (["öffnen", "Ost", "Öde"], ["Öde", "öffnen", "Ost"]),
    ],
)
def test_umlauts_sort_like_their_vowels(words: list[str], ordered: list[str]) -> None:
    assert sorted(words, key=sorting) == ordered


def test_every_term_stands_once(client: TestClient, library: Library) -> None:
    wanted = {term.title.default for found in newest(library, "de") for term in found.glossary}
    shown = [element.text for element in Markup(client.get("/glossar").text).all("dt")]
    assert len(wanted) >= 40
    assert sorted(shown) == sorted(wanted)
    assert shown == sorted(shown, key=sorting)


def test_letters_lead_to_their_terms(library: Library) -> None:
    page = glossary_page(newest(library, "de"))
    letters = [group.letter for group in page.letters]
    assert letters == sorted(set(letters))
    assert all(letter.isascii() and letter.isalpha() for letter in letters)
    assert page.count == sum(len(group.terms) for group in page.letters)
