# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The small parts that definitions are made of: ids, types of municipality, texts, references."""

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, TypeVar, cast

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

LEVELS = range(5)
"""Levels (Stufen) of every item: 0 to 4."""

ItemId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*\.[a-z][a-z0-9_]*$", max_length=60)]
SectionId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*$", max_length=10)]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=60)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
VersionName = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)*$")]


class MunicipalityType(StrEnum):
    """Types of municipality (categories of the competition of 2004/05)."""

    GROSSE_STADT = "grosse_stadt"
    MITTLERE_STADT = "mittlere_stadt"
    KLEINE_STADT_GEMEINDE = "kleine_stadt_gemeinde"
    LANDKREIS = "landkreis"


class Room(StrEnum):
    """Who can change it (Spielraum): the municipality, the municipality with others, only others."""

    OWN = "own"
    SHARED = "shared"
    OTHERS = "others"


class Effort(StrEnum):
    """Usual effort of a step (Aufwand)."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Model(BaseModel):
    """Frozen and strict: an unknown key or a wrong type is an error, never a guess."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


ModelT = TypeVar("ModelT", bound=Model)


class Text(Model):
    """A text for people, with a variant per municipality type where the default would read wrong.

    `lang` is its language tag, `overlay` the overlay it came from; nobody writes them down.
    """

    default: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    grosse_stadt: str | None = None
    mittlere_stadt: str | None = None
    kleine_stadt_gemeinde: str | None = None
    landkreis: str | None = None
    lang: str = "de"
    overlay: str = ""

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:
        return {"default": value} if isinstance(value, str) else value

    def of(self, kind: MunicipalityType | None = None) -> str:
        """The text for this type of municipality, the default where it has no variant."""
        variant = getattr(self, kind.value) if kind else None
        return variant if isinstance(variant, str) else self.default

    @property
    def variants(self) -> Mapping[str, str]:
        """All strings by the name of their variant, the default first."""
        named = {"default": self.default} | {kind.value: getattr(self, kind.value) for kind in MunicipalityType}
        return {name: text for name, text in named.items() if text is not None}


class Reference(Model):
    """A place in a source: the source's id and the chapter there."""

    id: Key
    chapter: str


def copy_with(thing: ModelT, changes: Mapping[str, Any]) -> ModelT:
    """A copy with other parts, not validated again, and without what the old one had cached."""
    fields = {name: getattr(thing, name) for name in type(thing).model_fields}
    return cast(ModelT, type(thing).model_construct(None, **fields | dict(changes)))


def digest_of(content: object) -> str:
    """SHA-256 in hex over the canonical JSON of `content`."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
