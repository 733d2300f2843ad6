# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be sent to end a round, to open it again, and to release its result."""

from datetime import date

from app.errors import Problem
from app.fields import one_line
from app.i18n import N_
from app.rounds.forms.planning import read_day

LABEL_LENGTH = 80


def read_last_day(typed: str) -> date | Problem:
    """The day until which answers are taken again, as a date field sends it or as people write it."""
    return read_day("closes_on", typed.strip())


def read_label(typed: str) -> str | Problem:
    """For whom a link is: it stands in the list, so that it can be found and ended."""
    label = one_line(typed)
    if not label:
        return Problem("label", N_("Bitte schreiben Sie, für wen der Link ist, zum Beispiel „Rat, Sitzung im Mai“."))
    if len(label) > LABEL_LENGTH:
        return Problem("label", N_("Das ist zu lang. Bitte kürzen Sie es auf 80 Zeichen."))
    return label
