# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M6: the profile of a round, from its published table."""

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from questionnaires.definition import Questionnaire
from questionnaires.parts import Room
from scoring import InputError, Profile, Targets
from scoring.agreement import agreements_of
from scoring.document import record_json, to_json
from scoring.explain import explain_priority, explain_section, explain_support
from scoring.privacy import publish
from scoring.profile import Focus
from scoring.published import PublishedTable, Rule
from scoring.rounds import heaps_of, profile_of_round
from tests.scoring.round_cases import FORM, Given, Round, groups, one_item, response, rounds
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
    questionnaire,
    section,
    steps,
)

PROPERTY = settings(max_examples=60, deadline=None)
People = Mapping[str, Sequence[Sequence[Given]]]


def table_of(form: Questionnaire, people: People, rule: Rule | None = None) -> PublishedTable:
    """For each group, for each person, the answers to the items in order."""
    ids = [one.id for one in form.items]
    responses = [response(group, dict(zip(ids, row, strict=True))) for group, rows in people.items() for row in rows]
    return publish(form, GEMEINDE.type, groups(*people), responses, rule)


def round_profile(form: Questionnaire, people: People, targets: Targets | None = None) -> Profile:
    return profile_of_round(form, GEMEINDE, table_of(form, people), targets)


def one_section(count: int, **changes: Any) -> Questionnaire:
    return questionnaire(section("E1", items("E1", count, **changes)))


def test_m6_a_section_takes_the_balanced_means() -> None:
    """Ten say 4 and 2, five say 1 and 2: one voice per group makes 2.5 and 2."""
    found = round_profile(one_section(2), {"a": [(4, 2)] * 10, "b": [(1, 2)] * 5}).section("E1")
    assert (found.statement, found.score, found.coverage) == ("score", Fraction(225, 4), 1)
    assert found.band is not None
    assert (found.band.min, found.band.max) == (found.score, found.score)


def test_m6_one_group_of_one_mind_has_the_profile_of_a_single_check() -> None:
    given_levels = (4, 1, 0, 2, 3)
    form = questionnaire(
        section("E1", [*items("E1", 4, core=True, lenses=("A1",)), item("E1.e", room=Room.OTHERS, target=4)]),
        lenses=[lens("A1")],
        practices=[practice("p", ("E1.c", 0))],
    )
    found = round_profile(form, {"a": [given_levels] * 5})
    alone = profile(form, levels("E1", *given_levels))
    assert (found.sections, found.lenses, found.focus) == (alone.sections, alone.lenses, alone.focus)
    assert [entry.item_id for entry in found.priorities] == [entry.item_id for entry in alone.priorities]
    assert [wish.priority for wish in found.support_list] == [wish.priority for wish in alone.support_list]
    assert found.scenario is None


def test_m6_too_few_answers_are_open_and_never_zero() -> None:
    people = {"a": [(2, 2, 4)] * 4 + [(2, 2, None)] * 4}
    found = round_profile(one_section(3), people)
    assert found.item("E1.c").is_open
    assert (found.section("E1").score, found.section("E1").coverage) == (50, Fraction(2, 3))


def test_m6_below_n_min_there_is_no_statement() -> None:
    found = round_profile(one_section(1), {"a": [(2,)] * 4})
    assert found.section("E1").statement == "none"
    assert found.counts.blank == 1


def test_m6_an_item_leaves_where_nobody_gave_a_level_and_somebody_said_it_does_not_apply() -> None:
    found = round_profile(one_section(2), {"a": [(2, ABSENT)] * 6})
    assert found.not_applicable == ("E1.b",)
    assert found.section("E1").coverage == 1


def test_m6_it_stays_where_that_would_tell_of_a_few() -> None:
    """M7.4: five for „trifft nicht zu“ and one for something else, which may be a level."""
    found = round_profile(one_section(2), {"a": [(2, ABSENT)] * 5 + [(2, UNKNOWN)]})
    assert found.not_applicable == ()
    assert found.section("E1").coverage == Fraction(1, 2)


def test_m6_what_enough_do_not_know_is_to_be_cleared_up() -> None:
    found = round_profile(one_section(3), {"a": [(2, UNKNOWN, None)] * 5})
    assert found.clarification == ("E1.b",)
    assert found.counts.blank == 1


def test_m6_the_gap_is_not_rounded_and_the_step_starts_at_the_level_below() -> None:
    form = one_section(1, importance=3, room=Room.SHARED)
    found = round_profile(form, {"a": [(2,)] * 3 + [(3,)] * 2})
    (entry,) = found.priorities
    assert (entry.mean, entry.level, entry.gap) == (Fraction(12, 5), 2, Fraction(3, 5))
    assert entry.priority == 3 * Fraction(3, 5) * Fraction(1, 2)
    assert (entry.step.from_level, entry.step.to_level) == (2, 3)
    assert explain_priority(entry).adds_up


def test_m6_a_mean_that_just_reaches_the_target_has_no_gap() -> None:
    assert round_profile(one_section(1), {"a": [(2,)] * 5 + [(4,)] * 5}).priorities == ()


def test_m6_the_stage_counts_whole_levels_that_are_reached() -> None:
    people = {"a": [(2, 2, 3), (3, 2, 3), (3, 2, 3), (3, 2, 3), (3, 2, 3)]}
    stage = round_profile(one_section(3, core=True), people).section("E1").stage
    assert stage is not None
    assert (stage.certain, stage.holding) == (2, ("E1.a", "E1.b"))


def test_m6_support_takes_the_mean() -> None:
    form = one_section(1, room=Room.OTHERS, importance=2)
    found = round_profile(form, {"a": [(2,)] * 3 + [(3,)] * 2})
    (wish,) = found.support_list
    assert (wish.mean, wish.level, wish.gap, wish.priority) == (
        Fraction(12, 5),
        2,
        Fraction(3, 5),
        Fraction(6, 5),
    )
    assert explain_support(found, wish).adds_up


def test_m5_of_equal_priority_the_less_agreed_comes_first_then_the_lower_effort() -> None:
    """All four means are 2; b is disputed, d a little; a and c are agreed and c is easier."""
    content = [
        item(f"E1.{name}", steps=steps("low", "low", effort)) for name, effort in zip("abcd", EFFORTS, strict=True)
    ]
    form = questionnaire(section("E1", content))
    rows = list(zip([2] * 6, [0, 0, 0, 4, 4, 4], [2] * 6, [1, 2, 2, 2, 2, 3], strict=True))
    found = round_profile(form, {"a": rows})
    assert {entry.gap for entry in found.priorities} == {1}
    assert [entry.item_id for entry in found.priorities] == ["E1.b", "E1.d", "E1.c", "E1.a"]
    assert found.focus == (Focus("E1", ("E1.b", "E1.d", "E1.c")),)


EFFORTS = ("high", "high", "low", "high")


def test_m5_items_of_fewer_than_five_ratings_come_last_of_equal_priority() -> None:
    form = one_section(2)
    rows = [(0, 2), (4, 2), (2, 2), (None, 2), (None, 2)]
    found = profile_of_round(form, GEMEINDE, table_of(form, {"a": rows}, Rule(n_min=3)))
    assert [entry.item_id for entry in found.priorities] == ["E1.b", "E1.a"]


def test_m8_the_four_heaps_hold_the_agenda() -> None:
    form = one_section(5)
    rows = [(1, 0, 4, 3, 2), (1, 0, 4, 3, 2), (1, 0, 2, 3, 2), (1, 4, 3, 3, None), (1, 4, 0, 3, None)]
    table = table_of(form, {"a": rows})
    found = heaps_of(profile_of_round(form, GEMEINDE, table), agreements_of(table))
    assert found == {
        "act": ("E1.a",),
        "discuss": ("E1.b",),
        "check_evidence": ("E1.c",),
        "appreciate": ("E1.d",),
    }


def test_m8_heaps_follow_the_targets() -> None:
    table = one_item(a=[3] * 5)
    found = profile_of_round(FORM, GEMEINDE, table, Targets(items={"E1.a": 4}))
    assert heaps_of(found, agreements_of(table))["act"] == ("E1.a",)


def test_m13_a_round_keeps_its_table_and_no_answers() -> None:
    table = one_item(a=[2] * 5)
    kept = json.loads(record_json(profile_of_round(FORM, GEMEINDE, table)))
    assert kept["input"]["table"] == table.raw
    assert "answers" not in kept["input"]


def test_m13_the_document_has_the_mean_beside_the_level() -> None:
    found = json.loads(to_json(round_profile(one_section(1), {"a": [(2,)] * 3 + [(3,)] * 2})))
    (entry,) = found["priorities"]
    assert (entry["level"], entry["mean"], entry["gap"]) == (2, 2.4, 0.6)


@PROPERTY
@given(rounds())
def test_m13_a_frozen_table_gives_the_same_profile_and_every_sum_adds_up(case: Round) -> None:
    frozen = PublishedTable.from_json(case.table.to_json())
    found = profile_of_round(case.form, GEMEINDE, frozen)
    assert record_json(found) == record_json(profile_of_round(case.form, GEMEINDE, case.table))
    why = explain_section(found, "E1")
    sums = (why.score, why.coverage, why.band_min, why.band_max, why.stage, why.sensitivity_min, why.sensitivity_max)
    assert all(one.adds_up for one in sums if one is not None)


def test_a_table_of_another_questionnaire_is_refused() -> None:
    with pytest.raises(ValueError, match="in another text"):
        profile_of_round(one_section(2), GEMEINDE, one_item(a=[2] * 5))


def test_targets_that_cannot_be_are_refused() -> None:
    with pytest.raises(InputError):
        profile_of_round(FORM, GEMEINDE, one_item(a=[2] * 5), Targets(default=5))
