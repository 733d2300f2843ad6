# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a group is told from another in a picture: a shape of its own and a few letters, never colour alone (A-50)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from app.results.groups import GroupNames
from scoring.perception import shown_groups
from scoring.published import PublishedTable

SHAPES = ("circle", "square", "triangle", "diamond", "cross")
PLAIN = "plain"
"""With more groups than shapes all have the same small dot; the letters beside it tell them apart."""

TOGETHER = "ring"
"""Several groups in one block."""

LETTERS = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """The sign of a group: its `letters` are unique in the round."""

    key: str
    title: str
    letters: str
    shape: str


@dataclass(frozen=True)
class Marks:
    """The signs of one round: of each group that stands alone anywhere in it, and of groups together."""

    own: Mapping[str, Mark]
    together: Mark

    def joined(self, title: str) -> Mark:
        """The sign of several groups in one block."""
        return replace(self.together, title=title)


def marks_of(table: PublishedTable, names: GroupNames, together: str) -> Marks:
    """The signs of all groups that stand alone at any question, in the order of the groups.

    `together` are the letters of groups that are shown as one.
    """
    alone = {*shown_groups(table), *(group for item in table.items for group in item.own)}
    keys = [part.group for part in table.groups if part.group in alone]
    has_shapes = len(keys) <= len(SHAPES)
    shapes = SHAPES if has_shapes else (PLAIN,) * len(keys)
    titles = [names.of(key) for key in keys]
    signs = zip(keys, titles, letters_of(titles, together), shapes, strict=False)
    own = {key: Mark(key, title, letters, shape) for key, title, letters, shape in signs}
    return Marks(own, Mark("", "", together, TOGETHER if has_shapes else PLAIN))


def letters_of(titles: Iterable[str], *reserved: str) -> tuple[str, ...]:
    """A short name for each title: the first letters of its first noun, all different, and none of those reserved."""
    taken = list(reserved)
    for title in titles:
        taken.append(next(candidate for candidate in _candidates(title) if candidate not in taken))
    return tuple(taken[len(reserved) :])


def _candidates(title: str) -> Iterator[str]:
    """The best first; the last ones are numbered, so that there is always one left."""
    words = [letters for word in title.split() if (letters := "".join(filter(str.isalnum, word)))]
    noun = next((word for word in words if word[0].isupper()), words[0] if words else "?")
    yield noun[:LETTERS]
    for letter in "".join(words)[LETTERS:]:
        yield noun[: LETTERS - 1] + letter
    number = 2
    while True:
        yield f"{noun[: LETTERS - 1]}{number}"
        number += 1
