# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fixed words are translated when a template is compiled, not each time it is shown.

Every language has its own environment, so ``{{ _("Speichern") }}`` can only ever become one text there. Looking
it up anew cost a third of a page. What depends on a value (``{% trans %}`` with names, plurals) stays as it is.
"""

from collections.abc import Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup

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
