# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the address of the list of rounds may say: words to search, status, municipality, page."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from app.responses.typed import one_line

STATUSES = ("planned", "open", "closed", "released")
SEARCH_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; empty filters nothing."""

    words: str = ""
    status: str = ""
    municipality: str = ""
    number: int = 1

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.status or self.municipality)

    def at(self, number: int) -> str:
        """The part of the address behind the `?` for another page of the same list."""
        named = {"suche": self.words, "stand": self.status, "kommune": self.municipality}
        page = {"seite": str(number)} if number > 1 else {}
        return urlencode({name: value for name, value in named.items() if value} | page)


def read_search(parameters: Mapping[str, str]) -> Search:
    """What is no known value filters nothing."""
    status, number = parameters.get("stand", ""), parameters.get("seite", "")
    return Search(
        words=one_line(parameters.get("suche", ""))[:SEARCH_LENGTH],
        status=status if status in STATUSES else "",
        municipality=one_line(parameters.get("kommune", ""))[:32],
        number=max(1, int(number)) if number.isascii() and number.isdecimal() and len(number) < 6 else 1,
    )
