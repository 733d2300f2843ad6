# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which languages there are, and which one a reader gets.

German is the source: its sentences are the message ids. A further language is a folder
``app/i18n/<language>/LC_MESSAGES/messages.mo``, nothing else. To make one:
``pybabel extract -F app/i18n/babel.cfg -k pgettext:1c,2 -o messages.pot .``, then ``pybabel init`` and ``compile``.
"""

from functools import cache, lru_cache
from gettext import NullTranslations
from pathlib import Path

from babel import Locale, negotiate_locale
from babel.support import Translations

SOURCE = "de"
_FOLDER = Path(__file__).parent


@cache
def available() -> tuple[str, ...]:
    """Languages with a compiled catalogue, German first."""
    return SOURCE, *sorted(path.parts[-3] for path in _FOLDER.glob("*/LC_MESSAGES/messages.mo"))


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of a language; for German every text stands for itself."""
    return NullTranslations() if language == SOURCE else Translations.load(_FOLDER, [language])


@cache
def direction(language: str) -> str:
    """``ltr`` or ``rtl``."""
    return str(Locale.parse(language).text_direction)


@lru_cache(maxsize=256)
def negotiate(accept_language: str) -> str:
    """The best language for an Accept-Language header; page and fragment send the same one (lesson 25)."""
    wanted = [part.partition(";")[0].strip() for part in accept_language.split(",")]
    return negotiate_locale([tag for tag in wanted if tag], available(), sep="-") or SOURCE
