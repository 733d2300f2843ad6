# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M7.7: comments are shown for the round or a block of at least ten, shuffled."""

from random import Random

import pytest

from scoring.comments import Comment, CommentHeap, comment_blocks, publish_comments
from scoring.privacy import Submitted, publish
from scoring.published import Rule
from tests.scoring.round_cases import groups, sized
from tests.scoring.tiny import items, questionnaire, section


def _comments(*groups: str) -> list[Comment]:
    return [Comment(group, "E1.a", f"Von {group}.") for group in groups]


@pytest.mark.parametrize("sizes", [(), (4,), (9,), (5, 4)])
def test_m7_7_no_comments_below_ten(sizes: tuple[int, ...]) -> None:
    assert publish_comments(sized(*sizes), _comments(*"ab"[: len(sizes)]), "seed") == ()


def test_m7_7_the_rounds_comments_stand_without_group() -> None:
    (heap,) = publish_comments(sized(5, 5), _comments("a", "b"), "seed")
    assert heap.groups is None
    assert sorted(heap.texts) == ["Von a.", "Von b."]


def test_m7_7_blocks_of_ten_are_named() -> None:
    found = publish_comments(sized(10, 12), _comments("a", "b"), "seed")
    assert found == (CommentHeap("E1.a", ("a",), ("Von a.",)), CommentHeap("E1.a", ("b",), ("Von b.",)))


@pytest.mark.parametrize(
    ("sizes", "blocks"),
    [
        ((12, 6), "ab"),
        ((12, 6, 5), "a bc"),
        ((12, 11, 6), "a bc"),
        ((12, 3, 3), "abc"),
        ((12, 10), "a b"),
    ],
)
def test_m7_7_who_is_not_named_is_not_known_by_what_is_left(sizes: tuple[int, ...], blocks: str) -> None:
    assert ["".join(block.groups) for block in comment_blocks(sized(*sizes))] == blocks.split()


def test_m7_7_a_higher_n_min_holds_here_too() -> None:
    assert comment_blocks(sized(12, rule=Rule(n_min=12))) != ()
    assert comment_blocks(sized(11, rule=Rule(n_min=12))) == ()


def test_m7_7_named_comments_stand_with_their_group() -> None:
    (heap,) = publish_comments(sized(1, rule=Rule("named")), _comments("a"), "seed")
    assert heap.groups == ("a",)


def test_m7_7_the_order_is_that_of_the_seed_and_not_of_submission() -> None:
    form = questionnaire(section("E1", items("E1", 2)))
    table = publish(form, None, groups("a"), [Submitted("a", {})] * 20)
    texts = [f"Text {number:02}" for number in range(20)]
    given = [Comment("a", item_id, text) for text in texts for item_id in ("E1.b", "E1.a")]
    first, second = publish_comments(table, given, "seed")
    assert (first.item_id, second.item_id) == ("E1.a", "E1.b")
    assert sorted(first.texts) == texts
    assert texts != list(first.texts)
    assert first.texts != second.texts
    Random(1).shuffle(given)
    assert publish_comments(table, given, "seed") == (first, second)
    assert publish_comments(table, given, "other") != (first, second)


def test_m7_7_empty_comments_and_other_items_are_left_out() -> None:
    given = [Comment("a", "E1.a", "  "), Comment("a", "E9.z", "Text")]
    assert publish_comments(sized(10), given, "seed") == ()


def test_m7_7_a_comment_of_a_group_that_did_not_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody"):
        publish_comments(sized(10), _comments("z"), "seed")
