# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which version something belongs to, and where it comes from if it is not shipped."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from questionnaires.parts import Model, Slug, VersionName


class Edition(Model):
    """One version of one questionnaire, by name."""

    id: Slug
    version: VersionName

    def __str__(self) -> str:
        return f"{self.id}@{self.version}"


class Origin(Model):
    """Where questions come from that are not shipped: an operator's own questionnaire, or an addition.

    `by` names who wrote an addition, `extends` the shipped questionnaire it was added to.
    """

    kind: Literal["own", "addition"]
    by: str = ""
    extends: Edition | None = None


def _not_written(_value: object) -> object:
    raise PydanticCustomError("extra_forbidden", "the program sets this, a file cannot")


SetOrigin = Annotated[Origin | None, Field(exclude=True), BeforeValidator(_not_written), SkipJsonSchema()]
"""None for what is shipped. The library sets it from the place of the files; no file can claim it."""
