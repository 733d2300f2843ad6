# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Languages and the way numbers, dates and times are written in them."""

from app.i18n.languages import SOURCE, available, direction, negotiate, own_name, tag, translations
from app.i18n.words import N_, Words, lang_of, words_of

__all__ = [
    "N_",
    "SOURCE",
    "Words",
    "available",
    "direction",
    "lang_of",
    "negotiate",
    "own_name",
    "tag",
    "translations",
    "words_of",
]
