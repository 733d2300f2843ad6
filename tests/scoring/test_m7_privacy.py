# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M7: which blocks a round is shown in, and the frozen table."""

import json
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires.answers import NotApplicable
from questionnaires.parts import MunicipalityType
from scoring.privacy import Group, Submitted, partition, publish
from scoring.published import Block, ItemBlock, PublishedTable, Rule
from tests.scoring.round_cases import FORM, Given, Round, groups, one_item, response, rounds, sized
from tests.scoring.tiny import UNKNOWN, item, questionnaire, section

PROPERTY = settings(max_examples=100, deadline=None)
NAMED = Rule("named")


def shown(table: PublishedTable) -> list[tuple[tuple[str, ...], tuple[int, ...]]]:
    return [(block.groups, block.levels) for block in table.items[0].blocks]


@pytest.mark.parametrize("n_min", [2, 0, -5, True, None, "5", 5.0])
def test_m7_n_min_is_never_below_three(n_min: object) -> None:
    with pytest.raises(ValueError, match="n_min"):
        Rule(n_min=n_min)  # type: ignore[arg-type]


def test_m7_a_missing_setting_means_anonym_and_five() -> None:
    assert (Rule().mode, Rule().n_min) == ("anonym", 5)
    assert sized(4).blocks == ()
    assert sized(5).blocks == (Block(("a",)),)


def test_m7_another_mode_is_refused() -> None:
    with pytest.raises(ValueError, match="mode"):
        Rule("open")  # type: ignore[arg-type]


def test_m7_named_shows_every_group_as_it_is() -> None:
    table = one_item(NAMED, a=[1], b=[2, UNKNOWN], c=[None])
    assert table.blocks == (Block(("a",)), Block(("b",)), Block(("c",)))
    assert shown(table) == [(("a",), (0, 1, 0, 0, 0)), (("b",), (0, 0, 1, 0, 0))]
    found = table.items[0]
    assert (found.levels, found.dont_know, found.not_applicable, found.blank) == (2, 1, 0, 1)


@pytest.mark.parametrize("sizes", [(4,), (2, 2), (0, 4, 0), ()])
def test_m7_1_below_n_min_nothing_but_the_counts(sizes: tuple[int, ...]) -> None:
    table = sized(*sizes)
    assert (table.blocks, table.items) == ((), ())
    assert tuple(part.submitted for part in table.groups) == sizes


def test_m7_1_who_was_not_heard_is_named() -> None:
    assert sized(5, 0, 1).unheard == ("b",)


@pytest.mark.parametrize(
    ("sizes", "blocks"),
    [
        ((5, 6, 7), "a b c"),
        ((5, 0, 7), "a c"),
        ((6, 3, 2), "a bc"),
        ((3, 6, 2), "b ac"),
        ((6, 7, 4), "b ac"),
        ((7, 6, 4), "a bc"),
        ((6, 6, 4), "a bc"),
        ((4, 6, 6), "b ac"),
        ((6, 6, 1, 1, 1), "a bcde"),
        ((9, 1), "ab"),
        ((3, 3), "ab"),
        ((5,), "a"),
        ((5, 4, 1, 6), "a d bc"),
    ],
)
def test_m7_2_blocks_of_the_round(sizes: tuple[int, ...], blocks: str) -> None:
    """Groups of five stand alone; too few others take in the smallest of them, of equal ones the later."""
    assert ["".join(block.groups) for block in sized(*sizes).blocks] == blocks.split()


@pytest.mark.parametrize(("sizes", "minimum", "blocks"), [((), 5, ()), ((0, 0), 5, ()), ((0, 1), 1, ((1,),))])
def test_m7_2_blocks_of_nobody(sizes: tuple[int, ...], minimum: int, blocks: object) -> None:
    assert partition(sizes, minimum) == blocks


@PROPERTY
@given(st.lists(st.integers(0, 12), max_size=7), st.integers(3, 6))
def test_m7_2_the_rule_as_it_is_written(sizes: list[int], minimum: int) -> None:
    """Against a literal recursion."""

    def literal(alone: list[int], rest: list[int]) -> list[list[int]]:
        held = sum(sizes[place] for place in rest)
        if held == 0:
            return [[place] for place in alone]
        if held >= minimum:
            return [*([place] for place in alone), sorted(rest)]
        if not alone:
            return []
        smallest = min(reversed(alone), key=lambda place: sizes[place])
        return literal([place for place in alone if place != smallest], [*rest, smallest])

    large = [place for place, size in enumerate(sizes) if size >= minimum]
    small = [place for place, size in enumerate(sizes) if size < minimum]
    assert [list(block) for block in partition(sizes, minimum)] == literal(large, small)


def test_m7_3_an_item_merges_where_a_group_gave_too_few_levels() -> None:
    """Of c only three say something: it takes in b, the smaller of the others."""
    table = one_item(a=[1] * 8, b=[2] * 6, c=[3] * 3 + [None] * 3)
    assert table.blocks == (Block(("a",)), Block(("b",)), Block(("c",)))
    assert shown(table) == [(("a",), (0, 8, 0, 0, 0)), (("b", "c"), (0, 0, 6, 3, 0))]


def test_m7_3_other_groups_are_a_part_like_any_and_the_later_of_equal_ones() -> None:
    table = one_item(a=[1] * 5, b=[2] * 3, c=[2] * 2, d=[3] * 4 + [UNKNOWN])
    assert [block.groups for block in table.blocks] == [("a",), ("d",), ("b", "c")]
    assert shown(table) == [(("a",), (0, 5, 0, 0, 0)), (("b", "c", "d"), (0, 0, 5, 4, 0))]


def test_m7_3_a_group_without_a_level_leaves_the_others_alone() -> None:
    assert shown(one_item(a=[1] * 5, b=[None] * 5)) == [(("a",), (0, 5, 0, 0, 0))]


def test_m7_3_fewer_than_n_min_levels_are_too_few() -> None:
    found = one_item(a=[1] * 4 + [None] * 9).items[0]
    assert (found.too_few, found.blocks, found.levels) == (True, (), None)


def test_m7_3_a_small_group_asked_alone_does_not_show_by_its_absence() -> None:
    """b alone of „Weitere Gruppen“ is asked and says nothing; it stands with a, so that this does not show."""
    form = questionnaire(section("E1", [item("E1.a")]))
    named = [Group("a"), Group("b"), Group("c", frozenset())]
    people = [*[response("a", {"E1.a": 2})] * 7, *[response("b", {})] * 2, *[response("c", {})] * 4]
    table = publish(form, None, named, people)
    assert [block.groups for block in table.blocks] == [("a",), ("b", "c")]
    assert shown(table) == [(("a", "b"), (0, 0, 7, 0, 0))]


def test_m7_4_a_unanimous_group_is_shown_as_it_is() -> None:
    assert shown(one_item(a=[4] * 5)) == [(("a",), (0, 0, 0, 0, 5))]


def test_m7_4_a_table_below_the_minimum_refuses_to_exist() -> None:
    table = sized(5, 5)
    small = replace(table.items[0], blocks=(ItemBlock(("a",), (0, 0, 4, 0, 0)),))
    with pytest.raises(ValueError, match="below the minimum"):
        replace(table, items=(small,))
    with pytest.raises(ValueError, match="below the minimum"):
        replace(table, blocks=(Block(("z",)),))


def test_m1_not_applicable_without_a_reason_is_blank() -> None:
    found = one_item(a=[2] * 5 + [NotApplicable("")] * 5).items[0]
    assert (found.not_applicable, found.blank) == (0, 5)


def test_m7_6_counts_are_of_the_round_only() -> None:
    """No figure per group but participation: neither the type nor its frozen form has a place for one."""
    raw = one_item(a=[2] * 5 + [UNKNOWN] * 5, b=[2] * 5).raw
    (found,) = raw["items"]  # type: ignore[misc]
    assert set(found) == {"id", "asked", "blocks", "levels", "dont_know", "not_applicable", "blank"}
    assert all(set(block) == {"groups", "levels"} for block in found["blocks"])


def test_only_items_that_this_type_is_asked_are_in_the_table() -> None:
    kind = MunicipalityType.LANDKREIS
    form = questionnaire(section("E1", [item("E1.a", applies_to=(kind,)), item("E1.b")]))
    people = [response("a", {"E1.a": 1, "E1.b": 2})] * 5
    found = {
        known: [i.item_id for i in publish(form, known, groups("a"), people).items]
        for known in (kind, MunicipalityType.GROSSE_STADT)
    }
    assert found == {kind: ["E1.a", "E1.b"], MunicipalityType.GROSSE_STADT: ["E1.b"]}


def test_a_response_of_an_unknown_group_or_a_group_named_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="no group"):
        publish(FORM, None, groups("a"), [Submitted("b", {})])
    with pytest.raises(ValueError, match="twice"):
        publish(FORM, None, groups("a", "a"), [])


@PROPERTY
@given(rounds(), st.randoms(use_true_random=False))
def test_m7_8_a_second_release_in_any_order_is_byte_identical(case: Round, chance: Random) -> None:
    first = case.table.to_json()
    people = list(case.responses)
    chance.shuffle(people)
    turned = [Submitted(one.group, dict(reversed(one.answers.items()))) for one in people]
    assert replace(case, responses=tuple(turned)).table.to_json() == first


@PROPERTY
@given(rounds())
def test_m7_8_the_frozen_table_is_read_back_as_it_was(case: Round) -> None:
    frozen = case.table.to_json()
    again = PublishedTable.from_json(frozen)
    assert again == case.table
    assert again.to_json() == frozen


def test_m7_8_a_frozen_table_that_breaks_the_rule_is_refused() -> None:
    raw = json.loads(sized(5).to_json())
    raw["items"][0]["blocks"][0]["levels"] = [0, 0, 4, 0, 0]
    with pytest.raises(ValueError, match="below the minimum"):
        PublishedTable.from_json(json.dumps(raw))


def test_m7_8_the_frozen_form() -> None:
    table = one_item(a=[2] * 5, b=[3])
    assert json.loads(table.to_json()) == {
        "questionnaire": {"id": "tiny", "version": "1.0", "digest": FORM.digest},
        "mode": "anonym",
        "n_min": 5,
        "groups": [{"id": "a", "submitted": 5}, {"id": "b", "submitted": 1}],
        "blocks": [["a", "b"]],
        "items": [
            {
                "id": "E1.a",
                "asked": 6,
                "blocks": [{"groups": ["a", "b"], "levels": [0, 0, 5, 1, 0]}],
                "levels": 6,
                "dont_know": 0,
                "not_applicable": 0,
                "blank": 0,
            }
        ],
    }


@pytest.mark.parametrize("given_levels", [[0, 4], [4, 0]])
def test_m7_9_no_order_of_submission_shows(given_levels: list[Given]) -> None:
    assert one_item(a=given_levels * 3) == one_item(a=[0, 0, 0, 4, 4, 4])
