# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What moderation may send: which comment, and whether others see it. Never tables."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, Field, ValidationError

from app.errors import Invalid


class Review(BaseModel):
    """`stelle` is the place of the comment, `zeigen` `1` to release it and `0` to hide it."""

    stelle: Annotated[int, Field(ge=0, le=1_000_000)]
    zeigen: Literal["0", "1"]

    @property
    def shown(self) -> bool:
        return self.zeigen == "1"


def read_review(posted: Mapping[str, object]) -> Review:
    """The decision on one comment; `Invalid` for what no form of ours sends."""
    try:
        return Review.model_validate({name: posted.get(name) for name in Review.model_fields})
    except ValidationError:
        raise Invalid from None
