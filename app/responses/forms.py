# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the browser may send: the municipality, a code, an access code. Never tables.

Each reading gives either values or problems with the sentence that stands beside the field.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import Problem
from app.i18n import N_
from app.responses.typed import one_line
from questionnaires.parts import MunicipalityType
from scoring import Municipality

NAME_LENGTH = 120
MOST_PEOPLE = 99_999_999
_TYPES = {kind.value: kind for kind in MunicipalityType}
_GROUPED = re.compile(r"^\d{1,3}([. ’'\u00a0\u202f]\d{3})+$")


@dataclass(frozen=True, slots=True)
class Values:
    """What stands in the fields of a form: as it was typed, so that nothing has to be typed again."""

    code: str = ""
    questionnaire: str = ""
    municipality_type: str = ""
    name: str = ""
    population: str = ""


def values_from(fields: Mapping[str, str]) -> Values:
    """The known fields, trimmed."""
    return Values(**{name: fields.get(name, "").strip() for name in Values.__slots__})


def read_municipality(values: Values) -> Municipality | tuple[Problem, ...]:
    """Type, name and inhabitants of the municipality, or what is wrong with them."""
    problems = []
    kind = _TYPES.get(values.municipality_type)
    if kind is None:
        problems.append(Problem("municipality_type", N_("Bitte wählen Sie den Typ Ihrer Kommune.")))
    name = one_line(values.name)
    if len(name) > NAME_LENGTH:
        problems.append(Problem("name", N_("Der Name ist zu lang. Bitte kürzen Sie ihn auf 120 Zeichen.")))
    population = read_population(values.population)
    if isinstance(population, Problem):
        problems.append(population)
        population = None
    return tuple(problems) if problems else Municipality(kind, population, name or None)


def read_population(typed: str) -> int | Problem | None:
    """A number of people as people write it (`9000`, `9.000`, `9 000`); empty is not known."""
    digits = re.sub(r"\D", "", typed) if _GROUPED.match(typed) else typed
    if not digits:
        return None
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= 12
    if not is_number or not 1 <= int(digits) <= MOST_PEOPLE:
        message = N_("Bitte schreiben Sie die Zahl nur mit Ziffern, zum Beispiel 9000.")
        return Problem("population", message)
    return int(digits)


def values_of(municipality: Municipality) -> Values:
    """The fields that show this municipality."""
    return Values(
        municipality_type=municipality.type.value if municipality.type else "",
        name=municipality.name or "",
        population=str(municipality.population or ""),
    )
