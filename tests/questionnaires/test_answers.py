# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M1: the kinds of answer, read strictly."""

from pathlib import Path

import pytest

from questionnaires.answers import (
    ANSWER_KINDS,
    Answer,
    Budget,
    DontKnow,
    Level,
    NotApplicable,
    Problem,
    Project,
    parse,
)
from questionnaires.flow import asked_items, next_open, progress
from questionnaires.library import Library
from questionnaires.parts import MunicipalityType

GOOD = [
    (0, Level(0)),
    (4, Level(4)),
    ("dont_know", DontKnow()),
    ({"not_applicable": " Kein Amt. "}, NotApplicable("Kein Amt.")),
    ({"not_applicable": ""}, NotApplicable("")),
    ({"level": 2}, Level(2)),
    ({"level": 2, "carried_by": "budget"}, Level(2, Budget())),
    ({"level": 2, "carried_by": {"project_until": "2027-06"}}, Level(2, Project("2027-06"))),
    (None, None),
]
BAD = [
    (5, "level-out-of-range"),
    (-1, "level-out-of-range"),
    (True, "level-out-of-range"),
    (2.0, "unknown-answer"),
    ("2", "unknown-answer"),
    ("", "unknown-answer"),
    ([], "unknown-answer"),
    ({}, "unknown-answer"),
    ({"level": 9}, "level-out-of-range"),
    ({"level": 2, "levels": 3}, "unknown-answer"),
    ({"level": 2, "carried_by": "luck"}, "unknown-carrier"),
    ({"level": 2, "carried_by": {"project_until": "2027-13"}}, "month-unreadable"),
    ({"level": 2, "carried_by": {"project_until": 202706}}, "month-unreadable"),
    ({"not_applicable": 7}, "reason-not-text"),
    ({"not_applicable": "x", "level": 1}, "unknown-answer"),
]


@pytest.mark.parametrize(("raw", "answer"), GOOD)
def test_m1_a_raw_answer_is_read(tiny: Path, raw: object, answer: Answer | None) -> None:
    item = Library(tiny.parents[1]).get("tiny", "1.0").item("E1.pflege")
    assert parse(item, raw) == answer
    if answer is not None:
        assert parse(item, answer.raw) == answer


@pytest.mark.parametrize(("raw", "code"), BAD)
def test_m1_a_wrong_answer_is_a_problem(tiny: Path, raw: object, code: str) -> None:
    item = Library(tiny.parents[1]).get("tiny", "1.0").item("E1.pflege")
    problem = parse(item, raw)
    assert isinstance(problem, Problem)
    assert problem.code == code


def test_m1_not_applicable_only_where_the_item_allows_it(tiny: Path) -> None:
    item = Library(tiny.parents[1]).get("tiny", "1.0").item("E1.netz")
    problem = parse(item, {"not_applicable": "Grund"})
    assert isinstance(problem, Problem)
    assert problem.code == "not-applicable-refused"


def test_the_kinds_of_answer_are_counted() -> None:
    assert set(ANSWER_KINDS) == {"level", "dont_know", "not_applicable"}
    assert set(ANSWER_KINDS.values()) == set(Answer.__args__)


def test_what_is_asked_and_what_comes_next(tiny: Path) -> None:
    whole = Library(tiny.parents[1]).get("tiny", "1.0")
    town, county = MunicipalityType.MITTLERE_STADT, MunicipalityType.LANDKREIS
    assert [item.id for item in asked_items(whole, town)] == ["E1.netz"]
    assert [item.id for item in asked_items(whole, county)] == ["E1.netz", "E1.pflege"]

    answers: dict[str, Answer] = {"E1.netz": DontKnow(), "E1.pflege": NotApplicable("")}
    counted = progress(asked_items(whole, county), answers)
    assert (counted.asked, counted.done, counted.unclear, counted.open) == (2, 0, 1, 1)
    assert counted.state == "started"
    assert progress(asked_items(whole, county), {}).state == "not_started"
    assert progress(asked_items(whole, county), answers | {"E1.pflege": Level(2)}).state == "unclear"
    assert progress(asked_items(whole, town), {"E1.netz": Level(2)}).state == "complete"
    following = next_open(whole, county, answers)
    assert following is not None
    assert following.id == "E1.pflege"
