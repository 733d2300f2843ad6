# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The definition of a questionnaire (Fragebogen): frozen models and lookups by id.

Nothing here reads files, scores or talks to people. `reading.py` makes these models from YAML,
`checks.py` looks for findings across a whole definition.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, TypeVar

from pydantic import Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from questionnaires.catalogues import Aspect, Crossing, Framework, Owner, Practice, Source, Term
from questionnaires.origins import Edition, SetOrigin
from questionnaires.parts import (
    LEVELS,
    Effort,
    ItemId,
    Key,
    Model,
    MunicipalityType,
    Reference,
    Room,
    SectionId,
    Slug,
    Text,
    VersionName,
    digest_of,
)
from questionnaires.terms import finder


class Lens(Model):
    """A second look at the same answers (Blick): success factor, attribute or crisis resilience.

    `parts` names the attributes whose scores a factor averages (F1, rule M2); `reach` says how far the
    municipality itself can move it; `min_items` is the fewest items that may carry it.
    """

    id: Key
    title: Text
    short_title: Text
    kind: Literal["factor", "attribute", "resilience"]
    summary: Text
    reach: Literal["direct", "indirect"] = "direct"
    parts: tuple[Key, ...] = ()
    min_items: Annotated[int, Field(ge=1)] = 1


class Step(Model):
    """The next step from one level to the one above: an imperative, how to do it, and its frame.

    `horizon` is in months.
    """

    action: Text
    how: Text
    effort: Effort
    owner: Key
    horizon: Annotated[int, Field(ge=1, le=60)]


class Item(Model):
    """A question (Frage) with its five anchors, its four steps and its place in the method."""

    id: ItemId
    export_code: Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9]{0,19}$")]
    prompt: Text
    help: Text
    anchors: tuple[Text, ...]
    steps: tuple[Step, ...]
    importance: Annotated[int, Field(ge=1, le=3)]
    importance_reason: str
    weight: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1.0
    weight_reason: str | None = None
    core: bool = False
    target: Annotated[int, Field(ge=1, le=4)] | None = None
    room: Room
    lenses: tuple[Key, ...] = ()
    aspects: tuple[Key, ...] = ()
    applies_to: tuple[MunicipalityType, ...] | None = None
    allow_not_applicable: bool = False
    about: Literal["organisation", "person"] = "organisation"
    sources: tuple[Reference, ...]

    @field_validator("anchors")
    @classmethod
    def _five_anchors(cls, value: tuple[Text, ...]) -> tuple[Text, ...]:
        if len(value) != len(LEVELS):
            raise PydanticCustomError(
                "anchors-not-five", "{n} anchors instead of five, one per level 0 to 4", {"n": len(value)}
            )
        return value

    @field_validator("steps")
    @classmethod
    def _four_steps(cls, value: tuple[Step, ...]) -> tuple[Step, ...]:
        if len(value) != len(LEVELS) - 1:
            raise PydanticCustomError(
                "steps-not-four", "{n} steps instead of four, one per way 0→1 to 3→4", {"n": len(value)}
            )
        return value

    def asked_of(self, kind: MunicipalityType | None) -> bool:
        """Whether a municipality of this type is asked; everything is asked where the type is unknown."""
        return self.applies_to is None or kind is None or kind in self.applies_to

    @property
    def scored(self) -> bool:
        """M2: an item whose room is `others` stands in no score."""
        return self.room is not Room.OTHERS

    def step_from(self, level: int) -> Step | None:
        """The step from `level` to the next one, None at the top."""
        return self.steps[level] if 0 <= level < len(self.steps) else None

    @cached_property
    def digest(self) -> str:
        """M10: prompt and anchors in all their variants, weight and core; not help, steps or sources."""
        content = [self.prompt.variants, [a.variants for a in self.anchors], str(self.weight), self.core]
        return digest_of(content)


class Path(Model):
    """One of several ways of equal worth to the same end; described, never rated."""

    id: Key
    title: Text
    text: Text
    sources: tuple[Reference, ...]


class Section(Model):
    """A section (Abschnitt): a recommendation with a score, or context (Rahmenbedingungen) without one."""

    id: SectionId
    title: Text
    short_title: Text
    kind: Literal["recommendation", "context"]
    summary: Text
    why: Text
    source: Reference
    target: Annotated[int, Field(ge=1, le=4)] | None = None
    paths: tuple[Path, ...] = ()
    items: tuple[Item, ...]
    origin: SetOrigin = None

    @property
    def is_added(self) -> bool:
        """Whether an operator added this section to a shipped questionnaire."""
        return self.origin is not None and self.origin.kind == "addition"

    @cached_property
    def items_by_kind(self) -> dict[MunicipalityType | None, tuple[Item, ...]]:
        """The items that each type of municipality is asked; None, where it is unknown, all."""
        kinds = (None, *MunicipalityType)
        return {kind: tuple(item for item in self.items if item.asked_of(kind)) for kind in kinds}


class Questionnaire(Model):
    """A whole questionnaire in one version. Versions are directories; a published one never changes.

    `selects_from` names the questionnaire whose items this one composes by id (a short check does);
    `limits` says in words what its result cannot say.
    """

    id: Slug
    version: VersionName
    status: Literal["draft", "published"]
    title: Text
    summary: Text
    limits: Text | None = None
    license: str
    language: str = "de"
    minutes: Annotated[int, Field(gt=0)]
    selects_from: Edition | None = None
    lenses: tuple[Lens, ...] = ()
    owners: tuple[Owner, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    sections: tuple[Section, ...]
    practices: tuple[Practice, ...] = ()
    sources: tuple[Source, ...] = ()
    glossary: tuple[Term, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    crosswalk: tuple[Crossing, ...] = ()
    origin: SetOrigin = None

    @property
    def is_addition(self) -> bool:
        """Whether this is a shipped questionnaire with sections that an operator added."""
        return self.origin is not None and self.origin.kind == "addition"

    @property
    def added(self) -> tuple[Section, ...]:
        """The sections that an operator added."""
        return tuple(section for section in self.sections if section.is_added)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items in the order of the questionnaire."""
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def _items_by_id(self) -> dict[str, Item]:
        return {item.id: item for item in self.items}

    @cached_property
    def _sections_by_item(self) -> dict[str, Section]:
        return {item.id: section for section in self.sections for item in section.items}

    @cached_property
    def _practices_by_item(self) -> dict[str, tuple[Practice, ...]]:
        return {item.id: tuple(p for p in self.practices if p.illustrates(item.id)) for item in self.items}

    def item(self, item_id: str) -> Item:
        """The item with this id; KeyError where there is none."""
        return self._items_by_id[item_id]

    def has_item(self, item_id: str) -> bool:
        """Whether an item of this id is part of the questionnaire."""
        return item_id in self._items_by_id

    def section(self, section_id: str) -> Section:
        """The section with this id; KeyError where there is none."""
        return _by_id(self.sections, section_id)

    def section_of(self, item_id: str) -> Section:
        """The section an item stands in; KeyError where there is none."""
        return self._sections_by_item[item_id]

    def lens(self, lens_id: str) -> Lens:
        """The lens with this id; KeyError where there is none."""
        return _by_id(self.lenses, lens_id)

    def owner(self, owner_id: str) -> Owner:
        """The usual owner with this id; KeyError where there is none."""
        return _by_id(self.owners, owner_id)

    def source(self, source_id: str) -> Source:
        """The source with this id; KeyError where there is none."""
        return _by_id(self.sources, source_id)

    def practice(self, practice_id: str) -> Practice:
        """The practice example with this id; KeyError where there is none."""
        return _by_id(self.practices, practice_id)

    def practices_of(self, item_id: str) -> tuple[Practice, ...]:
        """The examples that illustrate a step of this item, in the order of the catalogue."""
        return self._practices_by_item[item_id]

    @cached_property
    def _terms_by_kind(self) -> dict[MunicipalityType | None, Mapping[str, tuple[Term, ...]]]:
        return {}

    def terms_by_item(self, kind: MunicipalityType | None) -> Mapping[str, tuple[Term, ...]]:
        """The terms of the glossary in prompt, help and anchors of every item, as this type reads them.

        They are looked for once for each type: a questionnaire never changes.
        """
        if kind not in self._terms_by_kind:
            find = finder(self.glossary)
            self._terms_by_kind[kind] = {
                item.id: find(text.of(kind) for text in (item.prompt, item.help, *item.anchors)) for item in self.items
            }
        return self._terms_by_kind[kind]

    def crossings_of(self, item_id: str) -> tuple[Crossing, ...]:
        """The points of other frameworks that an item serves."""
        return tuple(crossing for crossing in self.crosswalk if crossing.item == item_id)

    def framework(self, framework_id: str) -> Framework:
        """The framework with this id; KeyError where there is none."""
        return _by_id(self.frameworks, framework_id)

    def items_of_lens(self, lens_id: str) -> tuple[Item, ...]:
        """The items that load on a lens; for a factor with parts, the union of its parts' items."""
        wanted = {lens_id, *self.lens(lens_id).parts}
        return tuple(item for item in self.items if wanted & set(item.lenses))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the whole definition as it was read, without language overlays and status.

        Glossary and crosswalk are aids beside the questions; they may grow without a new version.
        """
        aids = {"glossary", "frameworks", "crosswalk"}
        return digest_of(self.model_dump(mode="json", by_alias=True, exclude={"status", *aids}))


Named = TypeVar("Named", Section, Lens, Owner, Source, Practice, Framework)


def _by_id(things: tuple[Named, ...], wanted: str) -> Named:
    for thing in things:
        if thing.id == wanted:
            return thing
    raise KeyError(wanted)
