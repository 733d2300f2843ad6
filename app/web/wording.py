# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words and sentences in templates, translated once instead of each time they are shown.

Every language has its own environment, so ``{{ _("Speichern") }}`` can only ever become one text there: it is
translated when the template is compiled. A sentence with values (``{% trans %}``) is taken apart when it is first
shown, and only put together after that. Both used to be a third of a page's work.
"""

import re
from collections.abc import Iterator
from functools import cache
from gettext import NullTranslations

from jinja2 import Environment
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup, escape

from app import i18n

_CALL = ("name", "lparen", "string", "rparen")


class FixedWords(Extension):
    """Replaces ``_("…")`` by ``"translation"|safe``: our own words may hold markup, as with gettext itself."""

    priority = 1  # before the i18n extension

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The template's tokens, with each call on fixed words replaced."""
        window: list[Token] = []
        for token in stream:
            window.append(token)
            if self._is_call(window[-len(_CALL) :]):
                window[-len(_CALL) :] = self._translated(window[-2])
        yield from window

    def _is_call(self, tokens: list[Token]) -> bool:
        return tuple(token.type for token in tokens) == _CALL and tokens[0].value == "_"

    def _translated(self, words: Token) -> list[Token]:
        translations = i18n.translations(str(self.environment.globals["language"]))
        # The % as gettext's newstyle calls do it: a sign for percent is written %% in the catalogue.
        text = Markup(translations.gettext(words.value)) % {}  # noqa: S704  our own words and our translators'
        return [
            Token(words.lineno, "string", str(text)),
            Token(words.lineno, "pipe", "|"),
            Token(words.lineno, "name", "safe"),
        ]


class Sentences:
    """Sentences with values for one language, as the i18n extension calls them in its new style."""

    def __init__(self, translations: NullTranslations) -> None:
        self._translations = translations
        self._parts = cache(_parts)

    def install(self, environment: Environment) -> None:
        """Take the place of the extension's own functions."""
        environment.globals.update(gettext=self.gettext, ngettext=self.ngettext, _=self.gettext)

    def gettext(self, sentence: str, /, **values: object) -> Markup:
        """The sentence in this language; values are escaped unless they are markup."""
        return self._filled(self._translations.gettext(sentence), values)

    def ngettext(self, one: str, many: str, number: int, /, **values: object) -> Markup:
        """The sentence for this number of things; ``num`` is the number unless it is said."""
        return self._filled(self._translations.ngettext(one, many, number), {"num": number, **values})

    def _filled(self, sentence: str, values: dict[str, object]) -> Markup:
        parts = self._parts(sentence)
        filled = [escape(values[part]) if place % 2 else part for place, part in enumerate(parts)]
        return Markup("".join(filled))  # noqa: S704  our own words and our translators'; the values are escaped


def _parts(sentence: str) -> tuple[str, ...]:
    """Text and names in turn, the text first: ``Stufe %(n)s`` is ``("Stufe ", "n", "")``."""
    parts = re.split(r"%\((\w+)\)s", sentence)
    if any("%" in text.replace("%%", "") for text in parts[::2]):
        raise ValueError(f"only %(name)s and %% can stand in a sentence: {sentence}")
    return tuple(part if place % 2 else part.replace("%%", "%") for place, part in enumerate(parts))
