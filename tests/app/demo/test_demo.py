# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo municipalities fit the questionnaire and together show every state a result can be in."""

import json
from pathlib import Path

import pytest

from app import demo
from questionnaires.answers import DontKnow, Level, NotApplicable, Problem, Project, parse
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from questionnaires.parts import MunicipalityType, copy_with
from scoring import Profile, profile_of

FOLDER = Path(demo.__file__).parent


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return Library().latest("weltoffene-kommune")


@pytest.fixture(scope="module")
def examples(questionnaire: Questionnaire) -> dict[str, demo.Example]:
    return {example.key: example for example in demo.examples(questionnaire)}


def profile(questionnaire: Questionnaire, example: demo.Example) -> Profile:
    inputs = example.inputs
    return profile_of(questionnaire, inputs.municipality, inputs.answers, inputs.targets, inputs.scenario_date)


def test_every_file_of_the_folder_is_an_example_or_the_round() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == {*demo.KEYS, "lindenau-durchgang"}


@pytest.mark.parametrize("key", demo.KEYS)
def test_every_raw_answer_parses(questionnaire: Questionnaire, key: str) -> None:
    raw = json.loads((FOLDER / f"{key}.json").read_text(encoding="utf-8"))
    problems = {
        item_id: parsed
        for item_id, answer in raw["answers"].items()
        if isinstance(parsed := parse(questionnaire.item(item_id), answer), Problem)
    }
    assert problems == {}


def test_types_and_sizes_differ(examples: dict[str, demo.Example]) -> None:
    kinds = {key: (e.inputs.municipality.type, e.inputs.municipality.population) for key, e in examples.items()}
    assert kinds == {
        "lindenau": (MunicipalityType.GROSSE_STADT, 241_000),
        "auental": (MunicipalityType.LANDKREIS, 135_000),
        "birkenrain": (MunicipalityType.KLEINE_STADT_GEMEINDE, 9_100),
    }


@pytest.mark.parametrize("key", demo.KEYS)
def test_an_example_says_that_it_is_fictional(examples: dict[str, demo.Example], key: str) -> None:
    assert "fiktiv" in examples[key].name_note
    assert (examples[key].inputs.municipality.name or "").removeprefix("Gemeinde ") in examples[key].name_note


@pytest.mark.parametrize("key", demo.KEYS)
def test_notes_stand_beside_answers(examples: dict[str, demo.Example], key: str) -> None:
    example = examples[key]
    assert 5 <= len(example.notes) <= 10
    assert set(example.notes) <= set(example.inputs.answers)
    assert all(0 < len(note) <= 200 for note in example.notes.values())


def test_all_kinds_of_answer_occur(examples: dict[str, demo.Example]) -> None:
    answers = [answer for example in examples.values() for answer in example.inputs.answers.values()]
    assert {answer.level for answer in answers if isinstance(answer, Level)} == {0, 1, 2, 3, 4}
    assert any(isinstance(answer, DontKnow) for answer in answers)
    assert all(answer.counts for answer in answers if isinstance(answer, NotApplicable))
    assert any(isinstance(answer, NotApplicable) for answer in answers)


@pytest.mark.parametrize("key", demo.KEYS)
def test_about_a_third_says_what_carries_it(examples: dict[str, demo.Example], key: str) -> None:
    levels = [answer for answer in examples[key].inputs.answers.values() if isinstance(answer, Level)]
    carriers = [answer.carried_by for answer in levels if answer.carried_by is not None]
    assert 0.25 <= len(carriers) / len(levels) <= 0.4
    ends = {carrier.until for carrier in carriers if isinstance(carrier, Project)}
    assert len(ends) >= 3
    assert "2026-12" <= min(ends) <= max(ends) <= "2028-06"


def test_the_landkreis_shows_every_statement(questionnaire: Questionnaire, examples: dict[str, demo.Example]) -> None:
    """M2: score, band only, and „noch keine Aussage“ in one result."""
    sections = profile(questionnaire, examples["auental"]).sections
    said = {section.id: section.statement for section in sections if section.kind == "recommendation"}
    assert said == {f"E{n}": "score" for n in range(1, 11)} | {"E7": "band", "E10": "none"}


@pytest.mark.parametrize("key", ["lindenau", "birkenrain"])
def test_the_towns_have_every_score(questionnaire: Questionnaire, examples: dict[str, demo.Example], key: str) -> None:
    sections = profile(questionnaire, examples[key]).sections
    assert {section.statement for section in sections if section.kind == "recommendation"} == {"score"}


@pytest.mark.parametrize("key", demo.KEYS)
def test_every_result_has_three_focus_sections(
    questionnaire: Questionnaire, examples: dict[str, demo.Example], key: str
) -> None:
    assert len(profile(questionnaire, examples[key]).focus) == 3


def test_ending_projects_cost_the_landkreis_most(
    questionnaire: Questionnaire, examples: dict[str, demo.Example]
) -> None:
    """M12: the Landkreis carries much by projects, so its crisis resilience falls furthest."""
    loss = {}
    for key, example in examples.items():
        now = profile(questionnaire, example)
        assert now.scenario is not None
        before, after = now.lens("krise").score, now.scenario.lens("krise").score
        assert before is not None
        assert after is not None
        loss[key] = before - after
    assert max(loss, key=lambda key: loss[key]) == "auental"
    assert loss["auental"] > 10


def test_answers_that_do_not_fit_are_named(questionnaire: Questionnaire) -> None:
    small = copy_with(questionnaire, {"sections": questionnaire.sections[:1]})
    with pytest.raises(ValueError, match=r"lindenau: answers\.E2\.konzept"):
        demo.example(small, "lindenau")
