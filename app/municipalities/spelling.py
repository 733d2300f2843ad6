# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names as people search and sort them: München is found as muenchen and munchen, and stands before Murnau (U-26).

Sorting follows DIN 5007-1: an umlaut counts as its letter, ß as ss, and only between equal words comes after it.
Computed here and not by the database, so that SQLite and PostgreSQL agree.
"""

import re
import unicodedata

_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
# What Unicode does not take apart into a letter and its mark.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})

_LONGEST = 300


def folded(text: str) -> str:
    """Small letters a to z, digits, single spaces: `Bad Muskau/Mužakow` is `bad muskau muzakow`."""
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS))
    return " ".join(re.findall(r"[a-z0-9]+", "".join(part for part in parts if not unicodedata.combining(part))))


def search_key(name: str, length: int) -> str:
    """The name folded, and behind two spaces once more with ae, oe, ue, where that reads differently.

    Every word begins the key or stands after a space. In the order of its characters a shorter name comes before
    a longer one that begins with it.
    """
    plain = folded(name)
    spelt_out = folded(unicodedata.normalize("NFKC", name).casefold().translate(_SPELT_OUT))
    return (plain if plain == spelt_out else f"{plain}  {spelt_out}")[:length].rstrip()


def is_said(typed: str, *texts: str) -> bool:
    """Whether every word that was typed begins a word of these texts, however it is spelt.

    What has neither letters nor digits (`%`) is looked for as it stands: it is no pattern, and does not find all.
    """
    keys = " ".join(("", *(search_key(text, _LONGEST) for text in texts)))
    plain = "\n".join(texts).casefold()
    return all(_is_there(word, keys, plain) for word in typed.split())


def _is_there(word: str, keys: str, plain: str) -> bool:
    parts = folded(word).split()
    return all(f" {part}" in keys for part in parts) if parts else word.casefold() in plain


def sort_key(text: str) -> tuple[str, str]:
    """DIN 5007-1, for sorting in Python."""
    return folded(text), unicodedata.normalize("NFKC", text).casefold()
