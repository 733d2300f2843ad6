# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a coordinator may send about mail: an address that is mended, the text of a letter, and which button it was."""

from collections.abc import Mapping
from typing import Literal

from app.errors import Problem
from app.fields import one_line, plain
from app.i18n import N_
from app.mail.addresses import bare_address, is_address
from app.rounds.letters import LetterText

Step = Literal["preview", "save", "send"]
_STEPS: dict[str, Step] = {"save": "save", "send": "send"}


def read_mended(typed: str, invitee_id: str) -> str | Problem:
    """An address that takes the place of a wrong one."""
    address = bare_address(one_line(typed))
    if is_address(address):
        return address
    return Problem(f"email-{invitee_id}", N_("Bitte schreiben Sie die E-Mail-Adresse so: name@kommune.de."))


def read_text(posted: Mapping[str, str]) -> LetterText:
    """Subject and text as typed."""
    return LetterText(one_line(posted.get("subject", "")), plain(posted.get("body", "")))


def read_step(posted: Mapping[str, str]) -> Step:
    """Which button was pressed; the return key means a look at it."""
    return _STEPS.get(posted.get("step", ""), "preview")
