# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the start page tells."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HomePage:
    """What this is, how long it takes, what happens with the data, and a real result of a fictional municipality.

    `example` is `results.rendering.Summary`.
    """

    questions: int
    minutes: int
    short_questions: int
    short_minutes: int
    draft_days: int
    submitted_months: int
    practices: int
    is_closed: bool
    example: object
