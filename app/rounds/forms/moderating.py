# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be sent to invite a moderator: an address, and a name."""

from collections.abc import Mapping

from app.errors import Problem
from app.fields import name_problem, one_line
from app.i18n import N_
from app.mail.addresses import is_address


def guest_from(fields: Mapping[str, str]) -> dict[str, str]:
    """Both fields as they were typed."""
    return {name: one_line(fields.get(name, "")) for name in ("name", "email")}


def read_guest(values: Mapping[str, str]) -> tuple[Problem, ...]:
    """What is wrong with them; nothing if both can be used."""
    problems = [name_problem("name", values["name"], N_("Bitte schreiben Sie den Namen der Person."))]
    if not is_address(values["email"]):
        problems.append(Problem("email", N_("Bitte schreiben Sie eine E-Mail-Adresse, zum Beispiel name@kommune.de.")))
    return tuple(problem for problem in problems if problem)
