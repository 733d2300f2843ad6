# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the browser may send: the municipality, a code, an access code. Never tables.

Each reading gives either values or problems with the sentence that stands beside the field.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import Problem
from app.fields import name_problem, one_line, read_population
from app.i18n import N_
from questionnaires.parts import MunicipalityType
from scoring import Municipality

_TYPES = {kind.value: kind for kind in MunicipalityType}


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
    if problem := name_problem("name", name):
        problems.append(problem)
    population = read_population(values.population)
    if isinstance(population, Problem):
        problems.append(population)
        population = None
    return tuple(problems) if problems else Municipality(kind, population, name or None)


def values_of(municipality: Municipality) -> Values:
    """The fields that show this municipality."""
    return Values(
        municipality_type=municipality.type.value if municipality.type else "",
        name=municipality.name or "",
        population=str(municipality.population or ""),
    )
