# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the browser may send: facts of a municipality, a guest, a role, a search. Never tables.

Each reading gives either values or problems with the sentence that stands beside the field.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import Invalid, Problem
from app.fields import name_problem, one_line, read_population
from app.i18n import N_
from app.mail.addresses import is_address
from app.municipalities.actions.inviting import Guest
from app.municipalities.actions.running import Facts
from app.permissions import Role
from questionnaires.parts import MunicipalityType

SEARCH_LENGTH = 100
ROLES = (Role.MEMBER, Role.COORDINATOR)
_TYPES = {kind.value: kind for kind in MunicipalityType}
_ROLES = {role.value: role for role in ROLES}


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
    problems = [name_problem("name", values.name, N_("Bitte schreiben Sie den Namen der Kommune."))]
    if kind is None:
        problems.append(Problem("municipality_type", N_("Bitte wählen Sie den Typ der Kommune.")))
    problems.append(population if isinstance(population, Problem) else None)
    found = tuple(problem for problem in problems if problem)
    if found or kind is None or isinstance(population, Problem):
        return found
    return Facts(values.name, kind, population)


def read_guest(values: GuestValues) -> Guest | tuple[Problem, ...]:
    """Who is invited, and as what."""
    role = _ROLES.get(values.role)
    problems = [name_problem("guest_name", values.guest_name, N_("Bitte schreiben Sie den Namen der Person."))]
    if not is_address(values.email):
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
