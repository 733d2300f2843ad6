# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M3: the stage (Stufe) of a section and what holds it back."""

import pytest

from questionnaires.answers import Answer
from questionnaires.parts import Room
from scoring.levels import needed, stage_reached
from scoring.profile import StageResult
from tests.scoring.tiny import ABSENT, UNKNOWN, item, items, levels, profile, profile_with, questionnaire, section


@pytest.mark.parametrize(
    ("core", "need"), [(1, 1), (2, 2), (3, 3), (4, 4), (5, 4), (6, 5), (7, 6), (8, 7), (9, 8), (10, 8), (11, 9)]
)
def test_m3_need_is_four_fifths_rounded_up(core: int, need: int) -> None:
    assert needed(core) == need


@pytest.mark.parametrize(
    ("given", "stage"),
    [
        ((0, 4, 4, 4, 4), 4),
        ((0, 0, 4, 4, 4), 0),
        ((1, 2, 2, 3, 4), 2),
        ((1, 1, 2, 3, 4), 1),
        ((4, 4, 4), 4),
        ((4, 4, 3), 3),
        ((0,), 0),
    ],
)
def test_m3_stage_reached(given: tuple[int, ...], stage: int) -> None:
    assert stage_reached(given, needed(len(given))) == stage


def _stage(*given: int | Answer | None) -> StageResult | None:
    return profile_with(*given, core=True).section("E1").stage


def test_m3_a_certain_stage_names_what_holds_it_back() -> None:
    found = _stage(1, 2, 2, 3, 4)
    assert found == StageResult(core=5, need=4, minimum=2, maximum=2, holding=("E1.a", "E1.b", "E1.c"), open_core=())
    assert found.certain == 2


def test_m3_open_core_items_make_a_band_and_are_listed_apart() -> None:
    found = _stage(2, 3, UNKNOWN)
    assert found == StageResult(core=3, need=3, minimum=0, maximum=2, holding=(), open_core=("E1.c",))
    assert found.certain is None


def test_m3_an_open_core_item_that_changes_nothing_leaves_the_stage_certain() -> None:
    found = _stage(1, 1, None, 0)
    assert found is not None
    assert (found.certain, found.holding, found.open_core) == (0, ("E1.d",), ("E1.c",))


def test_m3_nothing_holds_back_the_top() -> None:
    found = _stage(4, 4, 4, 4, 0)
    assert found is not None
    assert (found.certain, found.holding) == (4, ())


def test_m3_not_applicable_core_items_leave_the_count() -> None:
    found = _stage(3, 3, 3, 3, ABSENT)
    assert found is not None
    assert (found.core, found.need, found.certain) == (4, 4, 3)


def test_m3_only_core_items_of_own_or_shared_room_count() -> None:
    content = [
        item("E1.a", core=True),
        item("E1.b"),
        item("E1.c", core=True, room=Room.OTHERS),
        item("E1.d", core=True, room=Room.SHARED),
    ]
    found = profile(questionnaire(section("E1", content)), levels("E1", 3, 0, 0, 2)).section("E1").stage
    assert found == StageResult(core=2, need=2, minimum=2, maximum=2, holding=("E1.d",), open_core=())


def test_m3_without_core_items_no_stage() -> None:
    result = profile_with(4, 4).section("E1")
    assert (result.statement, result.stage) == ("score", None)


def test_m3_a_stage_where_only_the_band_may_be_said() -> None:
    result = profile_with(2, None, core=True).section("E1")
    assert result.statement == "band"
    assert result.stage == StageResult(core=2, need=2, minimum=0, maximum=2, holding=(), open_core=("E1.b",))


def test_m3_nothing_where_m2_says_nothing() -> None:
    assert _stage(4, None, None) is None


def test_m3_score_and_stage_stand_side_by_side() -> None:
    """A high score with one weak core item keeps a low stage: need is all of three."""
    content = [*items("E1", 3, core=True), *items("E1", 6)[3:]]
    result = profile(questionnaire(section("E1", content)), levels("E1", 0, 4, 4, 4, 4, 4)).section("E1")
    assert result.score is not None
    assert result.score > 80
    assert result.stage is not None
    assert (result.stage.certain, result.stage.holding) == (0, ("E1.a",))
