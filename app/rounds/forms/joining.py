# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be sent to take part in a round, and to make codes for it."""

from app.errors import Problem
from app.fields import name_problem, one_line
from app.i18n import N_
from app.rounds.tickets import MOST_AT_ONCE


def read_person(typed: str) -> str | Problem:
    """The name in a round „namentlich im Team“, where it is needed."""
    name = one_line(typed)
    missing = N_("Bitte schreiben Sie Ihren Namen. In dieser Befragung steht er bei Ihren Antworten.")
    return name_problem("person", name, missing) or name


def read_count(typed: str) -> int | Problem:
    """How many codes, from 1 to as many as one page of slips holds."""
    digits = typed.strip()
    if digits.isascii() and digits.isdigit() and len(digits) <= 6 and 1 <= int(digits) <= MOST_AT_ONCE:
        return int(digits)
    return Problem(
        "count", N_("Bitte schreiben Sie eine Zahl von 1 bis 200. Mehr Codes machen Sie in mehreren Schritten.")
    )
