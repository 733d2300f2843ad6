# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M13: reproducible bytes, and the JSON that issue 2 describes."""

import json
from typing import Any

from questionnaires.document import step_document
from questionnaires.parts import Room
from scoring import SCORING_VERSION, Profile, Targets, profile_of
from scoring.document import record, record_json, to_dict, to_json
from scoring.inputs import Inputs
from scoring.reading import read
from tests.scoring.tiny import (
    ABSENT,
    GEMEINDE,
    UNKNOWN,
    item,
    items,
    lens,
    levels,
    practice,
    profile,
    project,
    questionnaire,
    section,
)

FORM = questionnaire(
    section("E1", items("E1", 3, core=True, lenses=("A1",))),
    section("E2", items("E2", 3)),
    section("R", [item("R.a", room=Room.OTHERS, lenses=("A1",)), item("R.b")], kind="context"),
    lenses=[lens("A1")],
    practices=[practice("p", ("E1.b", 1))],
)
GIVEN = {
    **levels("E1", 0, project(1, "2027-06"), UNKNOWN),
    **levels("E2", ABSENT, None, 2),
    **levels("R", 1, 4),
}
TARGETS = Targets(sections={"E2": 4})


def _profile() -> Profile:
    return profile(FORM, GIVEN, targets=TARGETS, scenario_date="2028-01")


def _document() -> dict[str, Any]:
    found = json.loads(to_json(_profile()))
    assert isinstance(found, dict)
    return found


def test_m13_the_whole_document() -> None:
    document = _document()
    assert document.pop("questionnaire") == {"id": "tiny", "version": "1.0", "digest": FORM.digest}
    assert document.pop("scoring_version") == SCORING_VERSION == "1"
    first, second, context = document.pop("sections")
    assert first == {
        "id": "E1",
        "title": "Abschnitt E1",
        "kind": "recommendation",
        "statement": "score",
        "score": 12.5,
        "band": {"min": 100 / 12, "max": 500 / 12},
        "coverage": 2 / 3,
        "stage": 0,
        "stage_band": {"min": 0, "max": 0},
        "holding": ["E1.a"],
        "open_core": ["E1.c"],
        "applicable": 3,
        "answered": 2,
        "not_applicable": 0,
        "dont_know": 1,
        "blank": 0,
        "sensitivity": {"min": 25 / 3, "max": 50 / 3, "order_depends": False},
        "notices": [],
    }
    assert (second["statement"], second["score"], second["band"]) == ("band", None, {"min": 25.0, "max": 75.0})
    assert (second["stage"], second["stage_band"], second["holding"]) == (None, None, [])
    assert (second["applicable"], second["not_applicable"], second["blank"]) == (2, 1, 1)
    assert (second["coverage"], second["sensitivity"]) == (0.5, None)
    silent = ("score", "band", "coverage", "stage", "stage_band", "sensitivity")
    assert (context["kind"], context["statement"]) == ("context", "none")
    assert [context[key] for key in silent] == [None] * 6
    assert (context["applicable"], context["answered"]) == (1, 1)
    assert document.pop("lenses") == [
        {
            "id": "A1",
            "title": "Blick A1",
            "kind": "attribute",
            "statement": "score",
            "score": 12.5,
            "band": {"min": 100 / 12, "max": 500 / 12},
            "coverage": 2 / 3,
            "applicable": 3,
            "answered": 2,
        }
    ]
    assert [entry["item"] for entry in document["priorities"]] == ["E1.a", "E1.b", "E2.c"]
    assert document.pop("priorities")[1] == {
        "item": "E1.b",
        "section": "E1",
        "level": 1,
        "target": 3,
        "gap": 2,
        "importance": 1,
        "room": "own",
        "priority": 2.0,
        "step": {
            "from": 1,
            "to": 2,
            "text": "Tun Sie 2. So geht es von 1 aus.",
            "effort": "low",
            "owner": "Amt",
            "horizon": "6 Monate",
        },
        "practices": ["p"],
    }
    assert document.pop("focus") == [
        {"section": "E1", "items": ["E1.a", "E1.b"]},
        {"section": "E2", "items": ["E2.c"]},
    ]
    assert document.pop("support_list") == ["R.a"]
    assert document.pop("clarification") == ["E1.c"]
    scenario = document.pop("scenario")
    assert document == {}
    assert (scenario["date"], scenario["without_statement"]) == ("2028-01", 0.8)
    assert [list(part) for part in scenario["sections"]] == [list(first)] * 3
    assert [found["id"] for found in scenario["lenses"]] == ["A1"]


def test_m3_an_uncertain_stage_is_a_band_only() -> None:
    form = questionnaire(section("E1", items("E1", 3, core=True)))
    (part,) = json.loads(to_json(profile(form, levels("E1", 2, 3, None))))["sections"]
    assert (part["stage"], part["stage_band"]) == (None, {"min": 0, "max": 2})


def test_m12_no_scenario_is_null() -> None:
    assert to_dict(profile(FORM, GIVEN))["scenario"] is None


def test_m13_numbers_are_the_nearest_doubles() -> None:
    """5/7 of 100 as exact fraction; adding up doubles with weights 0.1 would miss it."""
    form = questionnaire(section("E1", items("E1", 7, weight=0.1)))
    (part,) = json.loads(to_json(profile(form, levels("E1", 4, 4, 4, 4, 4, 0, 0))))["sections"]
    assert part["score"] == 500 / 7


def test_m13_same_input_same_bytes() -> None:
    assert to_json(_profile()) == to_json(_profile())
    assert record_json(_profile()) == record_json(_profile())


def test_m13_the_text_is_canonical_whatever_order_the_answers_come_in() -> None:
    backwards = dict(reversed(GIVEN.items()))
    stored = record_json(_profile())
    assert record_json(profile(FORM, backwards, targets=TARGETS, scenario_date="2028-01")) == stored
    assert json.dumps(json.loads(stored), ensure_ascii=False, sort_keys=True, separators=(",", ":")) == stored


def test_m13_a_record_computed_again_gives_the_same_bytes() -> None:
    stored = record_json(_profile())
    inputs = read(FORM, json.loads(stored)["input"])
    assert isinstance(inputs, Inputs)
    assert inputs == Inputs(GEMEINDE, GIVEN, TARGETS, "2028-01")
    again = profile_of(FORM, inputs.municipality, inputs.answers, inputs.targets, inputs.scenario_date)
    assert record_json(again) == stored


def test_m13_a_record_holds_targets_and_inputs() -> None:
    assert record(_profile())["input"] == {
        "municipality": {"type": "kleine_stadt_gemeinde", "population": 14_071},
        "answers": {
            "E1.a": 0,
            "E1.b": {"level": 1, "carried_by": {"project_until": "2027-06"}},
            "E1.c": "dont_know",
            "E2.a": {"not_applicable": "Das gibt es bei uns nicht."},
            "E2.c": 2,
            "R.a": 1,
            "R.b": 4,
        },
        "targets": {"default": 3, "sections": {"E2": 4}, "items": {}},
        "scenario_date": "2028-01",
    }


def test_m13_the_step_is_told_as_in_the_questionnaire() -> None:
    found = _document()["priorities"][1]["step"]
    assert found == step_document(FORM.item("E1.b"), 1, FORM, GEMEINDE.type)
