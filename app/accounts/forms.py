# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the browser may send about accounts: names, addresses, choices. Never tables; passwords are read apart."""

import re
from collections.abc import Mapping
from typing import Any

from app.errors import Problem
from app.i18n import N_

NAME_LENGTH = 120
EMAIL_LENGTH = 254
LONGEST_LOCAL_PART = 64
# Control characters, halves of characters, and marks that make a name read as another one on our pages.
_UNTYPED = dict.fromkeys(
    (*range(32), 127, 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000))
)
_ADDRESS = re.compile(r"(?P<local>[\w.!#$%&'*+/=?^`{|}~-]+)@(?:[\w](?:[\w-]*[\w])?\.)+[\w-]{2,}")


def text(posted: Mapping[str, Any], name: str) -> str:
    """One line as it was typed, trimmed; empty where the field is missing."""
    value = posted.get(name)
    return " ".join(value.translate(_UNTYPED).split()) if isinstance(value, str) else ""


def secret(posted: Mapping[str, Any], name: str) -> str:
    """A password or code exactly as it was typed."""
    value = posted.get(name)
    return value if isinstance(value, str) else ""


def read_name(typed: str) -> str | Problem:
    """The name of a person, as others will see it."""
    if not typed:
        return Problem("name", N_("Bitte geben Sie den Namen ein, so wie andere ihn sehen sollen."))
    if len(typed) > NAME_LENGTH:
        return Problem(
            "name", N_("Der Name ist zu lang. Bitte kürzen Sie ihn auf {most} Zeichen."), {"most": NAME_LENGTH}
        )
    return typed


def read_email(typed: str) -> str | Problem:
    """An address that mail can be sent to; whether it exists only shows when something is sent."""
    if not typed:
        return Problem("email", N_("Bitte geben Sie eine E-Mail-Adresse ein."))
    found = _ADDRESS.fullmatch(typed)
    if found is None or len(typed) > EMAIL_LENGTH or len(found["local"]) > LONGEST_LOCAL_PART or ".." in typed:
        return Problem("email", N_("Bitte schreiben Sie die E-Mail-Adresse so: name@kommune.de."))
    return typed
