# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M1: what each kind of answer counts as."""

import pytest

from questionnaires.answers import Answer, Level, NotApplicable
from questionnaires.parts import MunicipalityType, Room
from scoring.ratings import Counts, exact
from tests.scoring.tiny import ABSENT, UNKNOWN, items, levels, profile, profile_with, questionnaire, section


@pytest.mark.parametrize(
    ("given", "state", "level"),
    [(0, "level", 0), (4, "level", 4), (UNKNOWN, "dont_know", None), (ABSENT, "not_applicable", None)],
)
def test_m1_state_of_each_kind(given: int | Answer, state: str, level: int | None) -> None:
    result = profile_with(given).item("E1.a")
    assert (result.state, result.level) == (state, level)


def test_m1_no_answer_is_blank() -> None:
    result = profile_with(None).item("E1.a")
    assert (result.state, result.level, result.gap, result.is_open) == ("blank", None, None, True)


def test_m1_not_applicable_without_reason_is_kept_but_counts_as_blank() -> None:
    given = NotApplicable("")
    result = profile_with(2, given)
    assert result.item("E1.b").state == "blank"
    assert result.item("E1.b").answer is given
    assert result.section("E1").coverage == exact(0.5)
    assert result.not_applicable == ()


def test_m1_not_applicable_counts_only_where_the_item_allows_it() -> None:
    assert profile_with(ABSENT, allow_not_applicable=False).item("E1.a").state == "blank"


def test_m1_not_applicable_is_listed_with_its_reason() -> None:
    result = profile_with(1, ABSENT, UNKNOWN)
    assert result.not_applicable == ("E1.b",)
    assert result.item("E1.b").reason == "Das gibt es bei uns nicht."
    assert result.item("E1.a").reason is None


def test_m1_dont_know_goes_to_the_clarification_list_of_every_room() -> None:
    own = section("E1", items("E1", 2))
    others = section("E2", items("E2", 1, room=Room.OTHERS))
    given = levels("E1", UNKNOWN, None) | levels("E2", UNKNOWN)
    assert profile(questionnaire(own, others), given).clarification == ("E1.a", "E2.a")


def test_m1_missing_values_are_never_zero() -> None:
    assert profile_with(3, 3, UNKNOWN).section("E1").score == 75
    assert profile_with(3, 3, None).section("E1").score == 75


def test_m1_more_than_a_third_not_applicable_raises_a_notice() -> None:
    assert profile_with(1, 1, ABSENT).section("E1").notices == ()
    assert profile_with(1, 1, 1, ABSENT, ABSENT).section("E1").notices == ("many_not_applicable",)


def test_m1_the_notice_counts_all_asked_items_also_those_of_others() -> None:
    content = [*items("E1", 2), *items("E1", 4, room=Room.OTHERS)[2:]]
    form = questionnaire(section("E1", content))
    assert profile(form, levels("E1", 1, ABSENT, 1, 1)).section("E1").notices == ()
    assert profile(form, levels("E1", 1, 1, ABSENT, ABSENT)).section("E1").notices == ("many_not_applicable",)


def test_m1_a_section_nobody_is_asked_raises_no_notice() -> None:
    content = items("E1", 2, applies_to=(MunicipalityType.LANDKREIS,))
    result = profile(questionnaire(section("E1", content)), levels("E1", ABSENT, 2))
    assert result.section("E1").notices == ()
    assert result.items == ()


def test_m1_counts() -> None:
    result = profile_with(1, 2, ABSENT, UNKNOWN, None, NotApplicable(""))
    expected = Counts(applicable=5, answered=2, not_applicable=1, dont_know=1, blank=2)
    assert result.counts == expected
    assert result.section("E1").counts == expected
    assert expected.asked == 6


@pytest.mark.parametrize("wrong", [-1, 5])
def test_m1_a_level_that_cannot_be_is_refused_by_name(wrong: int) -> None:
    with pytest.raises(ValueError, match=r"answers\.E1\.a: level -?\d is not"):
        profile_with(Level(wrong))
