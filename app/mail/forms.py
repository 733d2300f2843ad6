# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an operator may send about mail."""

from collections.abc import Mapping
from typing import Any, Literal

from app.errors import Problem
from app.i18n import N_
from app.mail.addresses import bare_address, is_address

Act = Literal["retry", "discard", ""]


def read_recipient(typed: str) -> str | Problem:
    """Where a test message goes."""
    address = bare_address(typed)
    if is_address(address):
        return address
    return Problem("recipient", N_("Bitte schreiben Sie die E-Mail-Adresse so: name@kommune.de."))


def read_act(posted: Mapping[str, Any]) -> tuple[Act, str]:
    """What to do with failed messages, and with which; an empty id means all."""
    act = posted.get("act")
    mail_id = posted.get("mail", "")
    known: Act = "retry" if act == "retry" else "discard" if act == "discard" else ""
    return known, mail_id if isinstance(mail_id, str) else ""
