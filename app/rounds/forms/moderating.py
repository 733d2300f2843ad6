# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be sent to invite a moderator: an address, and a name."""

import re
from collections.abc import Mapping

from app.errors import Problem
from app.i18n import N_
from app.responses.typed import one_line

EMAIL_LENGTH, NAME_LENGTH = 254, 120
_EMAIL = re.compile(r"[^@\s,;<>\"()\[\]\\:]{1,64}@([^\W_]([^\W_]|-){0,62}\.)+[^\W\d_]{2,63}")


def guest_from(fields: Mapping[str, str]) -> dict[str, str]:
    """Both fields as they were typed."""
    return {name: one_line(fields.get(name, "")) for name in ("name", "email")}


def read_guest(values: Mapping[str, str]) -> tuple[Problem, ...]:
    """What is wrong with them; nothing if both can be used."""
    problems = []
    if not values["name"]:
        problems.append(Problem("name", N_("Bitte schreiben Sie den Namen der Person.")))
    elif len(values["name"]) > NAME_LENGTH:
        problems.append(Problem("name", N_("Der Name ist zu lang. Bitte kürzen Sie ihn auf 120 Zeichen.")))
    if len(values["email"]) > EMAIL_LENGTH or not _EMAIL.fullmatch(values["email"]):
        problems.append(Problem("email", N_("Bitte schreiben Sie eine E-Mail-Adresse, zum Beispiel name@kommune.de.")))
    return tuple(problems)
