# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a profile is computed from: the municipality, its answers, its targets, a month for the scenario.

The raw form is that of `selbstcheck score`; `reading.py` makes `Inputs` from it, `Inputs.raw` is the way back.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from questionnaires.answers import Answer
from questionnaires.definition import Questionnaire
from questionnaires.flow import Answers
from questionnaires.parts import MunicipalityType

DEFAULT_TARGET = 3
"""M5: the target level (Zielstufe) where neither item nor section has its own."""

TARGET_LEVELS = range(1, 5)

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Municipality:
    """Who answered. Without a type everything is asked; `population` only serves to find fitting examples."""

    type: MunicipalityType | None = None
    population: int | None = None
    name: str | None = None

    @property
    def raw(self) -> dict[str, object]:
        """The form of answer files, without what is not known."""
        values = {"type": self.type and self.type.value, "population": self.population, "name": self.name}
        return {key: value for key, value in values.items() if value is not None}


@dataclass(frozen=True)
class Targets:
    """The municipality's own target levels, 1 to 4, by section id and by item id."""

    default: int = DEFAULT_TARGET
    sections: Mapping[str, int] = field(default_factory=dict)
    items: Mapping[str, int] = field(default_factory=dict)

    @property
    def raw(self) -> dict[str, object]:
        return {"default": self.default, "sections": dict(self.sections), "items": dict(self.items)}


@dataclass(frozen=True)
class Inputs:
    """Everything a profile depends on beside the questionnaire (rule M13)."""

    municipality: Municipality
    answers: Answers
    targets: Targets
    scenario_date: str | None = None

    @property
    def raw(self) -> dict[str, object]:
        """The form of answer files; reading it again gives an equal value."""
        return {
            "municipality": self.municipality.raw,
            "answers": {item_id: _raw(answer) for item_id, answer in self.answers.items()},
            "targets": self.targets.raw,
            "scenario_date": self.scenario_date,
        }


@dataclass(frozen=True)
class InputProblem:
    """What is wrong with an input: its place (`targets.sections.E99`), a code, and a plain English message."""

    place: str
    code: str
    message: str


class InputError(ValueError):
    """Raised by `profile_of` for targets or a month that cannot be; holds every problem found."""

    def __init__(self, problems: tuple[InputProblem, ...]) -> None:
        super().__init__("; ".join(f"{problem.place}: {problem.message}" for problem in problems))
        self.problems = problems


def target_problems(questionnaire: Questionnaire, targets: Targets) -> Iterator[InputProblem]:
    """Every target that is no level from 1 to 4, or stands at an id the questionnaire does not have."""
    sections = {section.id for section in questionnaire.sections}
    yield from _level_problems("targets.default", targets.default)
    for section_id, level in targets.sections.items():
        place = f"targets.sections.{section_id}"
        if section_id not in sections:
            yield InputProblem(place, "unknown-section", f"the questionnaire has no section {section_id!r}")
        yield from _level_problems(place, level)
    for item_id, level in targets.items.items():
        place = f"targets.items.{item_id}"
        if not questionnaire.has_item(item_id):
            yield InputProblem(place, "unknown-item", f"the questionnaire has no item {item_id!r}")
        yield from _level_problems(place, level)


def month_problems(month: object) -> Iterator[InputProblem]:
    """Whether the scenario's month can be read; None is no scenario."""
    if month is not None and not (isinstance(month, str) and _MONTH.fullmatch(month)):
        yield InputProblem("scenario_date", "month-unreadable", f"{month!r} is not a month of the form 2028-01")


def _level_problems(place: str, level: object) -> Iterator[InputProblem]:
    if isinstance(level, bool) or not isinstance(level, int) or level not in TARGET_LEVELS:
        message = f"target {level!r} is not a whole number from 1 to 4"
        yield InputProblem(place, "target-out-of-range", message)


def _raw(answer: Answer) -> object:
    return answer.raw
