# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading the input of `selbstcheck score`: `read(questionnaire, raw) -> Inputs | tuple of problems`.

Nothing is guessed and nothing is dropped: an unknown key, id or value is a problem with its place.
"""

from collections.abc import Mapping
from typing import Any

from questionnaires.answers import Answer, Problem, parse
from questionnaires.definition import Questionnaire
from questionnaires.parts import MunicipalityType
from scoring.inputs import (
    DEFAULT_TARGET,
    InputProblem,
    Inputs,
    Municipality,
    Targets,
    month_problems,
    target_problems,
)

_TYPES = {kind.value: kind for kind in MunicipalityType}


def read(questionnaire: Questionnaire, raw: object) -> Inputs | tuple[InputProblem, ...]:
    """The inputs in `raw` (an answer file as parsed JSON), or everything that is wrong with them."""
    problems: list[InputProblem] = []
    parts = _mapping("input", raw, ("municipality", "answers", "targets", "scenario_date"), problems, required=True)
    municipality = _municipality(parts.get("municipality"), problems)
    answers = _answers(questionnaire, parts.get("answers"), problems)
    targets = _targets(questionnaire, parts.get("targets"), problems)
    month = parts.get("scenario_date")
    problems += month_problems(month)
    return tuple(problems) if problems else Inputs(municipality, answers, targets, month)


def read_targets(questionnaire: Questionnaire, raw: object) -> Targets | tuple[InputProblem, ...]:
    """Targets alone, for a form that posts nothing else."""
    problems: list[InputProblem] = []
    targets = _targets(questionnaire, raw, problems)
    return tuple(problems) if problems else targets


def _mapping(
    place: str,
    raw: object,
    keys: tuple[str, ...] | None,
    problems: list[InputProblem],
    *,
    required: bool = False,
) -> Mapping[str, Any]:
    """`raw` if it is an object with known keys; otherwise what is readable of it, and the problems noted."""
    if raw is None and not required:
        return {}
    if not isinstance(raw, Mapping):
        problems.append(InputProblem(place, "not-an-object", f"{place} must be an object with named values"))
        return {}
    if keys is not None:
        hint = f"unknown; use {', '.join(keys)}"
        problems += (InputProblem(f"{place}.{key}", "unknown-key", hint) for key in raw if key not in keys)
    return raw


def _municipality(raw: object, problems: list[InputProblem]) -> Municipality:
    values = _mapping("municipality", raw, ("type", "population", "name"), problems, required=True)
    kind, population, name = (values.get(key) for key in ("type", "population", "name"))
    if isinstance(raw, Mapping) and not (isinstance(kind, str) and kind in _TYPES):
        message = f"{kind!r} is no type of municipality: use {', '.join(_TYPES)}"
        problems.append(InputProblem("municipality.type", "unknown-type", message))
        kind = None
    if population is not None and (isinstance(population, bool) or not isinstance(population, int) or population < 1):
        message = f"{population!r} is not a whole number above 0"
        problems.append(InputProblem("municipality.population", "population-unreadable", message))
    if name is not None and not isinstance(name, str):
        problems.append(InputProblem("municipality.name", "name-not-text", "the name must be a text"))
    return Municipality(_TYPES[kind] if kind else None, population, name)


def _answers(questionnaire: Questionnaire, raw: object, problems: list[InputProblem]) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for item_id, value in _mapping("answers", raw, None, problems, required=True).items():
        if not questionnaire.has_item(item_id):
            message = f"the questionnaire has no item {item_id!r}"
            problems.append(InputProblem(f"answers.{item_id}", "unknown-item", message))
            continue
        answer = parse(questionnaire.item(item_id), value)
        if isinstance(answer, Problem):
            problems.append(InputProblem(f"answers.{item_id}", answer.code, answer.message))
        elif answer is not None:
            answers[item_id] = answer
    return answers


def _targets(questionnaire: Questionnaire, raw: object, problems: list[InputProblem]) -> Targets:
    values = _mapping("targets", raw, ("default", "sections", "items"), problems)
    targets = Targets(
        default=values.get("default", DEFAULT_TARGET),
        sections=_mapping("targets.sections", values.get("sections"), None, problems),
        items=_mapping("targets.items", values.get("items"), None, problems),
    )
    problems += target_problems(questionnaire, targets)
    return targets
