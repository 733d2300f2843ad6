# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which languages there are, and which one a reader gets.

German is the source: its sentences are the message ids. A further language is a folder
``app/i18n/locales/<language>/LC_MESSAGES/messages.mo``, nothing else; ``docs/uebersetzen.md`` says how to make one.
A folder whose name is no language tag (``einfach``) holds another way of writing German.
"""

from functools import cache, lru_cache
from gettext import NullTranslations
from pathlib import Path

from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.support import Translations

SOURCE = "de"
_FOLDER = Path(__file__).parent / "locales"


@cache
def available() -> tuple[str, ...]:
    """Languages with a compiled catalogue, German and what is written in German first."""
    found = sorted(path.parts[-3] for path in _FOLDER.glob("*/LC_MESSAGES/messages.mo"))
    return SOURCE, *sorted(found, key=lambda language: tag(language) != SOURCE)


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of a language; for German every text stands for itself."""
    return NullTranslations() if language == SOURCE else Translations.load(_FOLDER, [language])


@cache
def tag(language: str) -> str:
    """What ``lang`` says in HTML: the folder's name as a language tag, ``de`` for a way of writing German."""
    try:
        Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return SOURCE
    return language.replace("_", "-")


@cache
def own_name(language: str) -> str:
    """What a language calls itself, as its own catalogue says."""
    # Translators: the name of your language in your language, for the choice of languages.
    return translations(language).pgettext("language", "Deutsch")


@cache
def direction(language: str) -> str:
    """``ltr`` or ``rtl``."""
    return str(Locale.parse(tag(language), sep="-").text_direction)


@lru_cache(maxsize=256)
def negotiate(accept_language: str) -> str:
    """The best language for an Accept-Language header; page and fragment send the same one (lesson 25)."""
    wanted = [part.partition(";")[0].strip() for part in accept_language.split(",")]
    # Reversed, so that German itself stands for its tag and not another way of writing it.
    offered = {tag(language): language for language in reversed(available())}
    found = negotiate_locale([wish for wish in wanted if wish], [*offered], sep="-")
    return offered.get(found or "", SOURCE)
