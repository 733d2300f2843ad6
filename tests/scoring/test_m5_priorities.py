# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M5: targets, gaps, priorities, focus and the support list."""

from fractions import Fraction

import pytest

from questionnaires.answers import Answer
from questionnaires.parts import Effort, MunicipalityType, Room, Text
from scoring import Targets
from scoring.profile import Focus, StepView, Support
from tests.scoring.tiny import (
    ABSENT,
    UNKNOWN,
    item,
    items,
    levels,
    profile,
    profile_with,
    questionnaire,
    section,
    steps,
    text,
)


def _order(found: object) -> list[str]:
    return [entry.item_id for entry in found.priorities]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("own_item", "own_section", "targets", "target", "origin"),
    [
        (None, None, Targets(), 3, "default"),
        (None, None, Targets(default=2), 2, "default"),
        (None, 4, Targets(default=2), 4, "section"),
        (None, 4, Targets(sections={"E1": 1}), 1, "section"),
        (2, 4, Targets(sections={"E1": 1}), 2, "item"),
        (2, 4, Targets(sections={"E1": 1}, items={"E1.a": 4}), 4, "item"),
        (None, None, Targets(sections={"E2": 1}, items={"E2.a": 1}), 3, "default"),
    ],
)
def test_m5_target_is_the_items_else_the_sections_else_the_default(
    own_item: int | None, own_section: int | None, targets: Targets, target: int, origin: str
) -> None:
    form = questionnaire(
        section("E1", [item("E1.a", target=own_item)], target=own_section), section("E2", [item("E2.a")])
    )
    found = profile(form, {}, targets=targets).item("E1.a")
    assert (found.target, found.target_origin) == (target, origin)


@pytest.mark.parametrize(("level", "gap"), [(0, 3), (2, 1), (3, 0), (4, 0)])
def test_m5_gap_is_never_negative(level: int, gap: int) -> None:
    assert profile_with(level).item("E1.a").gap == gap


@pytest.mark.parametrize("given", [None, UNKNOWN, ABSENT])
def test_m5_open_items_have_no_gap_and_no_priority(given: Answer | None) -> None:
    found = profile_with(given)
    assert found.item("E1.a").gap is None
    assert found.priorities == ()


@pytest.mark.parametrize(
    ("importance", "level", "room", "priority"),
    [
        (3, 1, Room.OWN, Fraction(6)),
        (3, 1, Room.SHARED, Fraction(3)),
        (1, 2, Room.SHARED, Fraction(1, 2)),
        (2, 0, Room.OWN, Fraction(6)),
    ],
)
def test_m5_priority_is_importance_times_gap_times_room(
    importance: int, level: int, room: Room, priority: Fraction
) -> None:
    (entry,) = profile_with(level, importance=importance, room=room).priorities
    assert entry.priority == priority
    assert (entry.level, entry.target, entry.gap, entry.importance, entry.room) == (
        level,
        3,
        3 - level,
        importance,
        room,
    )


def test_m5_the_list_does_not_ask_for_coverage() -> None:
    found = profile_with(1, None, None, None)
    assert found.section("E1").statement == "none"
    assert _order(found) == ["E1.a"]


def test_m5_what_reaches_its_target_is_not_listed() -> None:
    assert _order(profile_with(3, 4, 2)) == ["E1.c"]


def test_m5_order_priority_then_effort_of_the_next_step_then_questionnaire() -> None:
    content = [
        item("E1.a", steps=steps("high")),
        item("E1.b", steps=steps("low")),
        item("E1.c", steps=steps("medium")),
        item("E1.d", steps=steps("low")),
        item("E1.e", importance=2, steps=steps("high")),
        item("E1.f", importance=2, room=Room.SHARED, steps=steps("medium")),
    ]
    found = profile(questionnaire(section("E1", content)), levels("E1", 0, 0, 0, 0, 0, 0))
    assert _order(found) == ["E1.e", "E1.b", "E1.d", "E1.c", "E1.f", "E1.a"]


def test_m5_the_effort_is_that_of_the_next_step_only() -> None:
    content = [item("E1.a", steps=steps("low", "high")), item("E1.b", steps=steps("high", "low"))]
    assert _order(profile(questionnaire(section("E1", content)), levels("E1", 1, 1))) == ["E1.b", "E1.a"]


def test_m5_always_the_next_step_and_never_the_way_to_the_target() -> None:
    (entry,) = profile_with(1, steps=steps("low", "high"), target=4).priorities
    assert entry.step == StepView(
        from_level=1,
        to_level=2,
        action="Tun Sie 2.",
        how="So geht es von 1 aus.",
        effort=Effort.HIGH,
        owner="amt",
        owner_title="Amt",
        horizon=6,
    )
    assert entry.gap == 3


def test_m5_the_step_speaks_to_the_type_of_municipality() -> None:
    words = Text(default="Fragen Sie den Rat.", kleine_stadt_gemeinde="Fragen Sie den Gemeinderat.")
    first = steps()[0].model_copy(update={"action": words})
    (entry,) = profile_with(0, steps=(first, *steps()[1:])).priorities
    assert entry.step.action == "Fragen Sie den Gemeinderat."


def test_m5_rooms_of_others_stand_in_no_priority() -> None:
    assert profile_with(0, room=Room.OTHERS).priorities == ()


def test_m5_items_not_asked_stand_nowhere() -> None:
    county = (MunicipalityType.LANDKREIS,)
    content = [item("E1.a", applies_to=county), item("E1.b", applies_to=county, room=Room.OTHERS)]
    found = profile(questionnaire(section("E1", content)), levels("E1", 0, 0))
    assert (found.priorities, found.support_list, found.items) == ((), (), ())


def test_m5_focus_is_the_first_three_sections_with_three_steps_each() -> None:
    form = questionnaire(
        section("E1", items("E1", 1)),
        section("E2", items("E2", 5, importance=2)),
        section("R", items("R", 1, importance=3), kind="context"),
        section("E3", items("E3", 2, importance=3)),
        section("E4", items("E4", 1)),
    )
    given = levels("E1", 0) | levels("E2", 0, 2, 0, 0, 0) | levels("R", 0) | levels("E3", 1, 2) | levels("E4", 1)
    found = profile(form, given)
    assert _order(found) == [
        "R.a", "E2.a", "E2.c", "E2.d", "E2.e", "E3.a", "E1.a", "E3.b", "E2.b", "E4.a",
    ]  # fmt: skip
    assert found.focus == (
        Focus("E2", ("E2.a", "E2.c", "E2.d")),
        Focus("E3", ("E3.a", "E3.b")),
        Focus("E1", ("E1.a",)),
    )


def test_m5_focus_without_gaps_is_empty() -> None:
    assert profile_with(4, 4).focus == ()


def test_m5_support_list_holds_what_is_open_or_below_target() -> None:
    content = [
        item("E1.a", room=Room.OTHERS, importance=1),
        item("E1.b", room=Room.OTHERS, importance=3),
        item("E1.c", room=Room.OTHERS, importance=1),
        item("E1.d", room=Room.OTHERS, importance=3),
        item("E1.e", room=Room.OTHERS, importance=3),
        item("E1.f", room=Room.OTHERS, importance=2),
        item("E1.g", importance=3),
    ]
    given = levels("E1", UNKNOWN, 2, None, 3, ABSENT, 1, 0)
    found = profile(questionnaire(section("E1", content)), given)
    assert found.support_list == (
        Support("E1.f", level=1, target=3, gap=2, importance=2, priority=4),
        Support("E1.a", level=None, target=3, gap=3, importance=1, priority=3),
        Support("E1.b", level=2, target=3, gap=1, importance=3, priority=3),
        Support("E1.c", level=None, target=3, gap=3, importance=1, priority=3),
    )


def test_m5_own_targets_change_the_list_at_once() -> None:
    form = questionnaire(section("E1", items("E1", 2)), section("E2", items("E2", 1)))
    given = levels("E1", 3, 2) | levels("E2", 2)
    assert _order(profile(form, given)) == ["E1.b", "E2.a"]
    assert _order(profile(form, given, targets=Targets(sections={"E2": 4}))) == ["E2.a", "E1.b"]
    assert _order(profile(form, given, targets=Targets(default=1))) == []


def test_m5_titles_are_those_for_the_type() -> None:
    words = Text(default="Rat", kleine_stadt_gemeinde="Gemeinderat")
    form = questionnaire(section("E1", items("E1", 1), title=words, short_title=text("kurz")))
    found = profile(form, {}).section("E1")
    assert (found.title, found.short_title) == ("Gemeinderat", "kurz")
