# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts for people: sentences of the program, marked for translation, and words that know their language."""

from typing import Self

from app.i18n.languages import SOURCE
from questionnaires.parts import MunicipalityType, Text


class Words(str):
    """A text with the tag of the language it is in, so that a page can mark it (WCAG 3.1.2)."""

    __slots__ = ("lang",)
    lang: str

    def __new__(cls, text: str, lang: str = SOURCE) -> Self:
        words = super().__new__(cls, text)
        words.lang = lang
        return words


def words_of(text: Text, kind: MunicipalityType | None = None) -> Words:
    """A questionnaire's text for this type of municipality, in the reader's language or else in German."""
    return Words(text.of(kind), text.lang)


def lang_of(text: str) -> str:
    """The language tag of a text; one that does not say is German, as everything that is not translated."""
    return getattr(text, "lang", SOURCE)


def N_(text: str) -> str:  # noqa: N802  the name that gettext's tools know
    """Marks a sentence for the translators' list; it is translated where it is shown."""
    return text
