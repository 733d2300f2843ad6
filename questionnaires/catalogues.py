# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands beside the questions: sources, owners, the coverage map, examples, glossary, other frameworks."""

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from questionnaires.parts import ItemId, Key, Model, MunicipalityType, Reference, Text


class Source(Model):
    """A work that the content is built from."""

    id: Key
    title: str
    authors: str
    publisher: str
    year: int
    identifier: str | None = None
    license: str | None = None


class Owner(Model):
    """Who usually takes a step."""

    id: Key
    title: Text


class Aspect(Model):
    """One entry of the coverage map: what the content must ask at least once."""

    id: Key
    title: str


class Illustration(Model):
    """Which step of which item a practice example illustrates."""

    item: ItemId
    level_from: Annotated[int, Field(alias="from", ge=0, le=3)]
    level_to: Annotated[int, Field(alias="to", ge=1, le=4)]


class Practice(Model):
    """An example from practice (Praxisbeispiel), with the municipality that did it or plans it."""

    id: Key
    municipality: str
    type: MunicipalityType
    population: Annotated[int, Field(gt=0)] | None = None
    population_year: int | None = None
    year: str | None = None
    status: Literal["done", "planned"] = "done"
    title: Text
    text: Text
    needs: Text
    success: Text | None = None
    items: tuple[Illustration, ...]
    sources: tuple[Reference, ...]

    def illustrates(self, item_id: str) -> Illustration | None:
        """The step of this item that the example shows, if it shows one."""
        return next((shown for shown in self.items if shown.item == item_id), None)


class Term(Model):
    """A word of the field (Glossar) and its explanation; `forms` are the spellings to look for in texts."""

    id: Key
    title: Text
    text: Text
    forms: tuple[str, ...] = ()

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """What to look for: the title itself and its other forms."""
        return tuple(dict.fromkeys((*self.title.variants.values(), *self.forms)))


class Point(Model):
    """One point of another framework, by its number or short name there."""

    id: str
    title: Text


class Framework(Model):
    """Another catalogue that the items can be read along, so that an answer given once serves twice."""

    id: Key
    title: Text
    source: str
    points: tuple[Point, ...]


class Crossing(Model):
    """Which points of a framework an item serves."""

    item: ItemId
    framework: Key
    points: tuple[str, ...]
