# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The list of rounds: searched, filtered, the last changed first, a page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.municipalities.spelling import is_said, sort_key
from app.paging import paging
from app.rounds.forms.listing import STATES, Search
from app.rounds.queries.rounds import Listed
from app.rounds.views.dashboard import State, state_of

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """A round with its status as people see it."""

    round: Listed
    state: State


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality to filter by, or to plan a round for."""

    id: str
    name: str


@dataclass(frozen=True)
class Rounds:
    """What a search leaves: page `number` of `pages`; `count` of all `total`."""

    entries: tuple[Entry, ...]
    count: int
    total: int
    number: int
    pages: int
    before: str | None
    after: str | None
    shows_municipality: bool


@dataclass(frozen=True)
class ListPage:
    """The whole page. `plans_for`: municipalities that one coordinates."""

    rounds: Rounds
    search: Search
    municipalities: tuple[Place, ...]
    plans_for: tuple[Place, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """What can be chosen: the very states that the rows have."""
        return STATES


def list_page(found: Iterable[Listed], search: Search, plans_for: Iterable[Place], today: date) -> ListPage:
    """The rounds of somebody, in the order they were changed, as far as they fit the search."""
    everything, planned_for = list(found), list(plans_for)
    places = {one.municipality_id: Place(one.municipality_id, one.municipality) for one in everything}
    places |= {place.id: place for place in planned_for}
    entries = (Entry(one, state_of(one.status, one.opens_on, one.closes_on, today)) for one in everything)
    fitting = [entry for entry in entries if _fits(entry, search)]
    page = paging(len(fitting), search.number, PER_PAGE)
    rounds = Rounds(
        entries=tuple(fitting[page.start : page.end]),
        count=len(fitting),
        total=len(everything),
        number=page.number,
        pages=page.pages,
        before=search.at(page.number - 1) if page.number > 1 else None,
        after=search.at(page.number + 1) if page.number < page.pages else None,
        shows_municipality=len(places) > 1,
    )
    return ListPage(rounds, search, _sorted(places.values()), _sorted(_wanted(planned_for, search)))


def _wanted(places: list[Place], search: Search) -> list[Place]:
    """Who looks at the rounds of one municipality, plans the next one for it."""
    return [place for place in places if place.id == search.municipality] or places


def _fits(entry: Entry, search: Search) -> bool:
    """Every word begins a word of the title or of the municipality's name, however they are spelt."""
    one = entry.round
    if search.state and entry.state != search.state:
        return False
    if search.municipality and one.municipality_id != search.municipality:
        return False
    return is_said(search.words, one.title, one.municipality)


def _sorted(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(places, key=lambda place: (sort_key(place.name), place.id)))
