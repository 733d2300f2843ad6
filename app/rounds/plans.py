# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The plan of a round (Durchgang) in plain values: what forms read, actions keep, and pages show. Pure.

Each part is one step of planning, and what a form of its own changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from questionnaires.origins import Edition

Mode = Literal["anonym", "named"]

DEFAULT_DAYS = 28
LONGEST_DAYS = 366
LEAST_N_MIN, DEFAULT_N_MIN, MOST_N_MIN = 3, 5, 50
DEFAULT_RAW_MONTHS, MOST_RAW_MONTHS = 12, 60
DEFAULT_TARGET = 3
TITLE_LENGTH, GROUP_TITLE_LENGTH, CONTACT_LENGTH, MESSAGE_LENGTH = 120, 80, 200, 1_000
MOST_EXPECTED = 100_000


@dataclass(frozen=True, slots=True)
class Basics:
    """What it is called, what is asked, and when; `closes_on` is the last day."""

    title: str
    form: Edition
    opens_on: date
    closes_on: date


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """A group: `form` None means the questionnaire of the round."""

    key: str
    title: str
    expected: int | None = None
    form: Edition | None = None


@dataclass(frozen=True, slots=True)
class Protection:
    """What people are promised before they answer (M7): fixed from the opening on."""

    mode: Mode = "anonym"
    n_min: int = DEFAULT_N_MIN
    asks_comments: bool = True
    raw_months: int = DEFAULT_RAW_MONTHS


@dataclass(frozen=True, slots=True)
class Address:
    """The coordinator's own words to participants, and whom they can ask."""

    contact: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan. `targets` by section id, where they differ from `DEFAULT_TARGET`."""

    basics: Basics
    groups: tuple[GroupPlan, ...] = ()
    protection: Protection = Protection()
    address: Address = Address()
    targets: Mapping[str, int] = field(default_factory=dict)


def default_period(today: date) -> tuple[date, date]:
    """Four weeks from today on, the last day included."""
    return today, today + timedelta(days=DEFAULT_DAYS - 1)
