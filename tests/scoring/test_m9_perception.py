# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M9 and M7.5: where groups see different things."""

from fractions import Fraction

from questionnaires.definition import Questionnaire
from questionnaires.parts import Room
from scoring.perception import Gap, group_sections, item_gaps, section_gaps, shown_groups
from scoring.published import PublishedTable
from tests.scoring.round_cases import one_item
from tests.scoring.test_m6_rounds import People, one_section, table_of
from tests.scoring.tiny import item, items, questionnaire, section


def _sections(form: Questionnaire, people: People) -> tuple[tuple[str, ...], dict[str, Fraction]] | None:
    found = group_sections(form, None, table_of(form, people))
    return (found[0].item_ids, dict(found[0].values)) if found else None


def test_m9_the_difference_of_medians_flagged_from_one_level() -> None:
    table = one_item(a=[3] * 5, b=[1] * 3 + [4] * 2, c=[2, 2, 2, 3, 3, 3])
    assert item_gaps(table) == (
        Gap("E1.a", "a", "b", Fraction(3), Fraction(1), flagged=True),
        Gap("E1.a", "b", "c", Fraction(1), Fraction(5, 2), flagged=True),
        Gap("E1.a", "a", "c", Fraction(3), Fraction(5, 2), flagged=False),
    )
    assert [gap.difference for gap in item_gaps(table)] == [2, Fraction(-3, 2), Fraction(1, 2)]


def test_m9_only_between_groups_that_are_blocks_of_their_own() -> None:
    table = one_item(a=[3] * 5, b=[1] * 3, c=[1] * 3)
    assert shown_groups(table) == ("a",)
    assert item_gaps(table) == ()


def test_m9_of_equal_size_in_the_order_of_the_questionnaire() -> None:
    table = table_of(one_section(3), {"a": [(1, 0, 4)] * 5, "b": [(2, 4, 3)] * 5})
    assert [gap.subject for gap in item_gaps(table)] == ["E1.b", "E1.a", "E1.c"]


def test_m9_sections_are_flagged_from_25_points() -> None:
    form = questionnaire(section("E1", items("E1", 2)), section("E2", items("E2", 2)))
    table = table_of(form, {"a": [(1, 1, 2, 2)] * 5, "b": [(2, 2, 2, 2)] * 4 + [(2, 2, 2, 3)]})
    first, second = section_gaps(form, None, table)
    assert (first.subject, first.difference, first.flagged) == ("E1", -25, True)
    assert (second.subject, second.difference, second.flagged) == ("E2", Fraction(-5, 2), False)


def test_m7_5_one_item_set_for_all_groups_with_the_groups_means() -> None:
    """At c only two of b say something: c counts for nobody."""
    form = questionnaire(section("E1", [item("E1.a", weight=2.0), item("E1.b"), item("E1.c")]))
    people: People = {"a": [(4, 1, 0)] * 5, "b": [(1, 1, 0)] * 2 + [(1, 1, None)] * 3, "c": [(0, 3, 4)] * 5}
    assert _sections(form, people) == (("E1.a", "E1.b"), {"a": 75, "b": 25, "c": 25})


def test_m7_5_half_of_the_items_is_enough_and_less_is_not() -> None:
    people: People = {"a": [(4, 1)] * 5, "b": [(1, None)] * 5}
    assert _sections(one_section(2), people) == (("E1.a",), {"a": 100, "b": 25})
    people = {"a": [(4, 1, 1)] * 5, "b": [(1, None, None)] * 5}
    assert _sections(one_section(3), people) is None


def test_m7_5_items_of_others_and_context_sections_stand_in_no_value() -> None:
    form = questionnaire(section("E1", [item("E1.a"), item("E1.b", room=Room.OTHERS)]))
    assert _sections(form, {"a": [(4, 0)] * 5}) == (("E1.a",), {"a": 100})
    assert _sections(questionnaire(section("R", items("R", 1), kind="context")), {"a": [(4,)] * 5}) is None


def test_m7_1_nothing_below_n_min() -> None:
    table: PublishedTable = one_item(a=[1] * 2, b=[4] * 2)
    assert (item_gaps(table), section_gaps(one_section(1), None, table)) == ((), ())
