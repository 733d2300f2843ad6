# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the browser may send about accounts: names, addresses, choices. Never tables; passwords are read apart."""

from collections.abc import Mapping
from typing import Any

from app.errors import Problem
from app.fields import NAME_LENGTH, one_line
from app.i18n import N_
from app.mail.addresses import is_address


def text(posted: Mapping[str, Any], name: str) -> str:
    """One line as it was typed, trimmed; empty where the field is missing."""
    value = posted.get(name)
    return one_line(value) if isinstance(value, str) else ""


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
    if not is_address(typed):
        return Problem("email", N_("Bitte schreiben Sie die E-Mail-Adresse so: name@kommune.de."))
    return typed
