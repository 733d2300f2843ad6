# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The glossary in words: every term once, by letter."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from app.i18n import Words
from questionnaires.definition import Questionnaire


@dataclass(frozen=True, slots=True)
class TermView:
    """A word of the field and its explanation."""

    title: Words
    text: Words


@dataclass(frozen=True, slots=True)
class Letter:
    """The terms that begin with a letter."""

    letter: str
    terms: tuple[TermView, ...]


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """All terms by letter."""

    letters: tuple[Letter, ...]
    count: int


def glossary_page(questionnaires: Iterable[Questionnaire]) -> GlossaryPage:
    """The terms of all questionnaires; one that several explain stands once, as the first explains it."""
    terms: dict[str, TermView] = {}
    for questionnaire in questionnaires:
        for term in questionnaire.glossary:
            title = Words(term.title.default, term.title.lang)
            terms.setdefault(sorting(title), TermView(title, Words(term.text.default, term.text.lang)))
    ordered = [terms[key] for key in sorted(terms)]
    grouped = groupby(ordered, lambda term: sorting(term.title)[:1].upper())
    return GlossaryPage(tuple(Letter(letter, tuple(found)) for letter, found in grouped), len(ordered))


def sorting(title: str) -> str:
    """As German dictionaries sort (DIN 5007-1): Ä like A, ß like ss, upper and lower case alike."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))
