# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the address of the list of rounds may say: words to search, state, municipality, page."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from app.fields import one_line
from app.paging import read_number

STATES = ("planned", "waiting", "running", "over", "closed", "released")
"""As the rows of the list have them."""
SEARCH_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; empty filters nothing."""

    words: str = ""
    state: str = ""
    municipality: str = ""
    number: int = 1

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.state or self.municipality)

    def at(self, number: int) -> str:
        """The part of the address behind the `?` for another page of the same list."""
        named = {"suche": self.words, "stand": self.state, "kommune": self.municipality}
        page = {"seite": str(number)} if number > 1 else {}
        return urlencode({name: value for name, value in named.items() if value} | page)


def read_search(parameters: Mapping[str, str]) -> Search:
    """What is no known value filters nothing."""
    state = parameters.get("stand", "")
    return Search(
        words=one_line(parameters.get("suche", ""))[:SEARCH_LENGTH],
        state=state if state in STATES else "",
        municipality=one_line(parameters.get("kommune", ""))[:32],
        number=read_number(parameters),
    )
