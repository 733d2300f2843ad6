# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fields that many forms have, read alike everywhere: text, the name of somebody or something, a number of people.

What a form makes of them, and what else it asks, stands in the `forms` of its feature.
"""

import re

from app.errors import Problem
from app.i18n import N_

NAME_LENGTH = 120
MOST_PEOPLE = 99_999_999

# What no keyboard types: a database refuses some of it (NUL), and others cannot store it at all (half characters).
# U+0085 stays, because it ends a line.
_CONTROLS = (code for code in (*range(32), *range(127, 160)) if code not in {0x09, 0x0A, 0x85})
_UNTYPED = dict.fromkeys((*_CONTROLS, *range(0xD800, 0xE000)))

# Unicode's Bidi_Control: they can make a name read as another one on our pages and in our lists.
_DIRECTIONS = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))

_GROUPED = re.compile(r"\d{1,3}([. ’'\u00a0\u202f]\d{3})+")


def plain(text: str) -> str:
    """Text of several lines as a browser would send it back: plain line ends, nothing that cannot be typed."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNTYPED).strip()


def one_line(text: str) -> str:
    """Text of a field with one line; nothing in it turns the writing direction of what stands after it."""
    return " ".join(plain(text).translate(_DIRECTIONS).split())


def name_problem(field: str, name: str, missing: str = "") -> Problem | None:
    """What is wrong with a name (at most 120 characters); `missing` is said of an empty one, `""`: it may be empty."""
    if not name:
        return Problem(field, missing) if missing else None
    if len(name) > NAME_LENGTH:
        return Problem(field, N_("Der Name ist zu lang. Bitte kürzen Sie ihn auf 120 Zeichen."))
    return None


def read_population(typed: str) -> int | Problem | None:
    """A number of people as people write it (`9000`, `9.000`, `9 000`); None for an empty field: it is not known."""
    digits = re.sub(r"\D", "", typed) if _GROUPED.fullmatch(typed) else typed
    if not digits:
        return None
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= 12
    if not is_number or not 1 <= int(digits) <= MOST_PEOPLE:
        return Problem("population", N_("Bitte schreiben Sie die Zahl nur mit Ziffern, zum Beispiel 9000."))
    return int(digits)
