# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the browser may send: facts of a municipality, a guest, a role, a search. Never tables.

Each reading gives either values or problems with the sentence that stands beside the field.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import Invalid, Problem
from app.i18n import N_
from app.municipalities.actions.inviting import Guest
from app.municipalities.actions.running import Facts
from app.permissions import Role
from questionnaires.parts import MunicipalityType

NAME_LENGTH = 120
EMAIL_LENGTH = 254
SEARCH_LENGTH = 100
MOST_PEOPLE = 99_999_999
ROLES = (Role.MEMBER, Role.COORDINATOR)
_TYPES = {kind.value: kind for kind in MunicipalityType}
_ROLES = {role.value: role for role in ROLES}
_GROUPED = re.compile(r"\d{1,3}([. ’'\u00a0\u202f]\d{3})+")
_EMAIL = re.compile(
    r"[^@\s,;<>\"()\[\]\\:]{1,64}@([a-z0-9äöüß]([a-z0-9äöüß-]{0,61}[a-z0-9äöüß])?\.)+[a-z]{2,63}", re.IGNORECASE
)
# What no keyboard types, or what makes a name read as another one: controls, half characters, turns of direction.
_UNTYPED = frozenset({"Cc", "Cs"})
_TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


@dataclass(frozen=True, slots=True)
class Values:
    """The fields of a municipality as they were typed."""

    name: str = ""
    municipality_type: str = ""
    population: str = ""
    ars: str = ""


@dataclass(frozen=True, slots=True)
class GuestValues:
    """The fields of an invitation as they were typed."""

    guest_name: str = ""
    email: str = ""
    role: str = Role.MEMBER.value


def values_from(fields: Mapping[str, str]) -> Values:
    """The known fields of a municipality."""
    return Values(**{name: one_line(fields.get(name, "")) for name in Values.__slots__})


def guest_values_from(fields: Mapping[str, str]) -> GuestValues:
    """The known fields of an invitation."""
    return GuestValues(**{name: one_line(fields.get(name, "")) for name in GuestValues.__slots__})


def read_facts(values: Values) -> Facts | tuple[Problem, ...]:
    """Name, type and inhabitants; the number may be missing."""
    population = read_population(values.population)
    kind = _TYPES.get(values.municipality_type)
    problems = [_wrong_name(values.name, "name", N_("Bitte schreiben Sie den Namen der Kommune."))]
    if kind is None:
        problems.append(Problem("municipality_type", N_("Bitte wählen Sie den Typ der Kommune.")))
    problems.append(population if isinstance(population, Problem) else None)
    found = tuple(problem for problem in problems if problem)
    if found or kind is None or isinstance(population, Problem):
        return found
    return Facts(values.name, kind, population)


def read_population(typed: str) -> int | Problem | None:
    """A number of people as people write it (`9000`, `9.000`, `9 000`); empty is not known."""
    digits = re.sub(r"\D", "", typed) if _GROUPED.fullmatch(typed) else typed
    if not digits:
        return None
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= 12
    if not is_number or not 1 <= int(digits) <= MOST_PEOPLE:
        return Problem("population", N_("Bitte schreiben Sie die Zahl nur mit Ziffern, zum Beispiel 9000."))
    return int(digits)


def read_guest(values: GuestValues) -> Guest | tuple[Problem, ...]:
    """Who is invited, and as what."""
    role = _ROLES.get(values.role)
    problems = [_wrong_name(values.guest_name, "guest_name", N_("Bitte schreiben Sie den Namen der Person."))]
    if len(values.email) > EMAIL_LENGTH or not _EMAIL.fullmatch(values.email):
        problems.append(Problem("email", N_("Bitte schreiben Sie eine E-Mail-Adresse, zum Beispiel name@kommune.de.")))
    if role is None:
        problems.append(Problem("role", N_("Bitte wählen Sie eine Rolle.")))
    found = tuple(problem for problem in problems if problem)
    return found if found or role is None else Guest(values.email, values.guest_name, role)


def read_role(fields: Mapping[str, str]) -> Role:
    """The role that a button of ours sends; anything else is no form of ours."""
    role = _ROLES.get(fields.get("role", ""))
    if role is None:
        raise Invalid(Problem("role", N_("Bitte wählen Sie eine Rolle.")))
    return role


def read_search(parameters: Mapping[str, str]) -> str:
    """What was typed to search."""
    return one_line(parameters.get("suche", ""))[:SEARCH_LENGTH]


def read_number(parameters: Mapping[str, str]) -> int:
    """The page of a list, from 1."""
    typed = parameters.get("seite", "")
    return max(1, int(typed)) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1


def one_line(text: str) -> str:
    """Text of a field with one line: single spaces, nothing that cannot be typed."""
    kept = (c for c in text if c.isspace() or unicodedata.category(c) not in _UNTYPED)
    return " ".join("".join(c for c in kept if unicodedata.bidirectional(c) not in _TURNS).split())


def _wrong_name(name: str, field: str, missing: str) -> Problem | None:
    if not name:
        return Problem(field, missing)
    if len(name) > NAME_LENGTH:
        return Problem(field, N_("Der Name ist zu lang. Bitte kürzen Sie ihn auf 120 Zeichen."))
    return None
