# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with a definition, where, and what to do about it: for those who write questionnaires."""

from dataclasses import dataclass, field
from pathlib import Path

Steps = tuple[str | int, ...]
"""The way to a value inside the definition: keys and list positions."""


@dataclass(frozen=True)
class Place:
    """A file and a line (1-based) in it."""

    file: Path
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Finding:
    """One finding. `code` is stable and named in the docs, `remedy` says what to do."""

    code: str
    place: Place
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.code}: {self.message} ({self.remedy})"


@dataclass
class Places:
    """Where every value of a definition was read, and where the thing with an id begins."""

    root: Path
    at: dict[Steps, Place] = field(default_factory=dict)
    ids: dict[tuple[str, str], Steps] = field(default_factory=dict)

    def nearest(self, steps: Steps) -> Place:
        """The place of the value, or of the nearest thing around it that was written down."""
        for length in range(len(steps), -1, -1):
            if steps[:length] in self.at:
                return self.at[steps[:length]]
        return Place(self.root, 1)

    def of(self, kind: str, thing: str, *inside: str | int) -> Place:
        """The place inside the thing with this id; `kind` is the key of the list it stands in."""
        return self.nearest((*self.ids.get((kind, thing), ()), *inside))
