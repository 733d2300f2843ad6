# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The round (Durchgang) and group that a response belongs to, as far as whoever answers may know it. Pure."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row

from app.clock import months_after


@dataclass(frozen=True, slots=True)
class Placing:
    """Where in a round a response is given; `person` only in a round „namentlich im Team“."""

    round_id: str
    group_id: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class RoundOf:
    """A round and one of its groups. `closes_on` is the last day on which answers are taken."""

    id: str
    group_id: str
    title: str
    group: str
    status: str
    mode: str
    n_min: int
    opens_on: date
    closes_on: date
    closed_on: date | None
    contact: str
    asks_comments: bool
    raw_months: int
    link: str = field(repr=False)
    """The way in that everybody of the group shares."""

    def is_open_on(self, today: date) -> bool:
        """Whether answers are taken."""
        return self.status == "open" and self.opens_on <= today <= self.closes_on

    @property
    def is_closed(self) -> bool:
        """Whether it was closed: what was submitted is counted and stays until its months are over."""
        return self.closed_on is not None

    @property
    def is_named(self) -> bool:
        return self.mode == "named"

    @property
    def delete_on(self) -> date:
        """When single answers are deleted, at the earliest: its months after it was closed, or will be."""
        return months_after(self.closed_on or self.closes_on, self.raw_months)


def round_of(row: Row[Any]) -> RoundOf | None:
    """The round in a row of `app.tables.joined`; None for a check on its own."""
    if row.round_id is None:
        return None
    return RoundOf(
        id=row.round_id,
        group_id=row.group_id,
        title=row.round_title,
        group=row.group_title,
        status=row.round_status,
        mode=row.round_mode,
        n_min=row.round_n_min,
        opens_on=row.round_opens_on,
        closes_on=row.round_closes_on,
        closed_on=row.round_closed_on,
        contact=row.round_contact,
        asks_comments=row.round_asks_comments,
        raw_months=row.round_raw_months,
        link=row.group_link,
    )
