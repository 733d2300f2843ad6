# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the result pages may be sent: filters, a month for the scenario, an own target. Never tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, Field, field_validator

from app.results.filters import Filters
from scoring.inputs import month_problems


@dataclass(frozen=True, slots=True)
class Query:
    """The address's parameters: filters of the steps, the scenario's month, and whether that was unreadable."""

    filters: Filters
    month: str | None
    month_is_wrong: bool


def read_query(parameters: Mapping[str, str]) -> Query:
    """Read what stands behind the `?`; what is no known value filters nothing."""
    words = {name: parameters.get(name, "").strip()[:40] for name in ("abschnitt", "aufwand", "wer", "stichtag")}
    wrong = any(month_problems(words["stichtag"] or None))
    return Query(
        filters=Filters(words["abschnitt"], words["aufwand"], words["wer"]),
        month=None if wrong else words["stichtag"] or None,
        month_is_wrong=wrong,
    )


class TargetForm(BaseModel):
    """A section's own target: `ziel` 1 to 4, or empty for the given one."""

    abschnitt: Annotated[str, Field(max_length=10)]
    ziel: Literal[1, 2, 3, 4] | None = None

    @field_validator("ziel", mode="before")
    @classmethod
    def _number_or_nothing(cls, value: object) -> object:
        """Forms send text; an empty field is no target."""
        text = str(value).strip() if value is not None else ""
        return int(text) if text.isdecimal() else (text or None)
