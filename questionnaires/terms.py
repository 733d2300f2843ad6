# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which words of the glossary stand in a text: whole words only, the longest first, upper and lower case alike."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from questionnaires.parts import Text


class Explained(Protocol):
    """What a term has to say of itself."""

    @property
    def title(self) -> Text: ...

    @property
    def spellings(self) -> tuple[str, ...]: ...


TermT = TypeVar("TermT", bound=Explained)
Finder = Callable[[Iterable[str]], tuple[TermT, ...]]


def finder(terms: Sequence[TermT]) -> Finder[TermT]:
    """Finds the terms in texts, in the order of their first place there; a spelling of two terms is the first's.

    „interkulturelle Öffnung“ hides „Öffnung“ inside it. The German forms are all written down; an overlay
    brings only the title, so a plural in `s` is found as well there.
    """
    by_spelling: dict[str, TermT] = {}
    for term in terms:
        plural = ("", "s", "es") if term.title.overlay else ("",)
        for spelling in term.spellings:
            for ending in plural:
                by_spelling.setdefault((spelling + ending).casefold(), term)
    longest_first = sorted(by_spelling, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")

    def find(texts: Iterable[str]) -> tuple[TermT, ...]:
        if not by_spelling:
            return ()
        found = (match.group() for text in texts for match in pattern.finditer(text.casefold()))
        unique = {id(by_spelling[spelling]): by_spelling[spelling] for spelling in found}
        return tuple(unique.values())

    return find
