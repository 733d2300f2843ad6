# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M7.7: comments are shown for the round or a block of at least ten, shuffled."""

from random import Random

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from scoring.comments import Comment, CommentHeap, comment_blocks, publish_comments
from scoring.privacy import Group, Submitted, publish
from scoring.published import Rule
from tests.scoring.round_cases import GROUPS, Round, groups, rounds, sized
from tests.scoring.tiny import items, questionnaire, section

ALL = groups(*GROUPS)


def _comments(*groups: str) -> list[Comment]:
    return [Comment(group, "E1.a", f"Von {group}.") for group in groups]


@pytest.mark.parametrize("sizes", [(), (4,), (9,), (5, 4)])
def test_m7_7_no_comments_below_ten(sizes: tuple[int, ...]) -> None:
    assert publish_comments(sized(*sizes), ALL, _comments(*"ab"[: len(sizes)]), "seed") == ()


def test_m7_7_the_rounds_comments_stand_without_group() -> None:
    (heap,) = publish_comments(sized(5, 5), ALL, _comments("a", "b"), "seed")
    assert heap.groups is None
    assert sorted(heap.texts) == ["Von a.", "Von b."]


def test_m7_7_blocks_of_ten_are_named() -> None:
    found = publish_comments(sized(10, 12), ALL, _comments("a", "b"), "seed")
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
    assert ["".join(block.groups) for block in comment_blocks(sized(*sizes), GROUPS)] == blocks.split()


def test_m7_7_a_higher_n_min_holds_here_too() -> None:
    assert comment_blocks(sized(12, rule=Rule(n_min=12)), GROUPS) != ()
    assert comment_blocks(sized(11, rule=Rule(n_min=12)), GROUPS) == ()


def test_m7_7_named_comments_stand_with_their_group() -> None:
    (heap,) = publish_comments(sized(1, rule=Rule("named")), ALL, _comments("a"), "seed")
    assert heap.groups == ("a",)


def test_m7_7_the_order_is_that_of_the_seed_and_not_of_submission() -> None:
    form = questionnaire(section("E1", items("E1", 2)))
    table = publish(form, None, groups("a"), [Submitted("a", {})] * 20)
    texts = [f"Text {number:02}" for number in range(20)]
    given = [Comment("a", item_id, text) for text in texts for item_id in ("E1.b", "E1.a")]
    first, second = publish_comments(table, groups("a"), given, "seed")
    assert (first.item_id, second.item_id) == ("E1.a", "E1.b")
    assert sorted(first.texts) == texts
    assert texts != list(first.texts)
    assert first.texts != second.texts
    Random(1).shuffle(given)
    assert publish_comments(table, groups("a"), given, "seed") == (first, second)
    assert publish_comments(table, groups("a"), given, "other") != (first, second)


def test_m7_7_empty_comments_and_other_items_are_left_out() -> None:
    given = [Comment("a", "E1.a", "  "), Comment("a", "E9.z", "Text")]
    assert publish_comments(sized(10), ALL, given, "seed") == ()


def test_m7_7_a_comment_of_a_group_that_did_not_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody"):
        publish_comments(sized(10), ALL, _comments("z"), "seed")


FORM = questionnaire(section("E1", items("E1", 2)))
SHORT = frozenset({"E1.a"})


def _with_short_form(short: str, **sizes: int) -> tuple[CommentHeap, ...]:
    """What is shown where everybody wrote to both items, and these groups were asked only E1.a."""
    asked = tuple(Group(name, SHORT if name in short else None) for name in sizes)
    people = [Submitted(name, {}) for name, size in sizes.items() for _ in range(size)]
    written = [Comment(name, item, f"{name} to {item}") for name in sizes for item in ("E1.a", "E1.b")]
    return publish_comments(publish(FORM, None, asked, people), asked, written, "seed")


def test_m7_7_who_was_not_asked_hides_nobody() -> None:
    """Three with the long form beside twenty with the short one: to a question of the three alone nothing is shown."""
    (heap,) = _with_short_form("b", a=3, b=20)
    assert (heap.item_id, heap.groups) == ("E1.a", None)


def test_m7_7_an_item_has_the_blocks_of_those_who_were_asked_it() -> None:
    found = [(heap.item_id, heap.groups, set(heap.texts)) for heap in _with_short_form("b", a=6, b=6, c=10)]
    assert found == [
        ("E1.a", ("c",), {"c to E1.a"}),
        ("E1.a", ("a", "b"), {"a to E1.a", "b to E1.a"}),
        ("E1.b", ("a", "c"), {"a to E1.b", "c to E1.b"}),
    ]


@every(rounds(most=15), st.integers(0, 3))
def test_m7_7_behind_every_comment_are_ten_who_could_have_written_it(played: Round, silent: int) -> None:
    """Whoever knows the forms, and the sizes of the groups, finds no smaller circle."""
    sizes = {group.id: sum(one.group == group.id for one in played.responses) for group in played.groups}
    wrote = [group for group in played.groups if sizes[group.id]][silent:]
    ids = [item.id for item in played.form.items]
    written = [Comment(group.id, item_id, f"{group.id} {item_id}") for group in wrote for item_id in ids]
    heaps = publish_comments(played.table, played.groups, written, "seed")
    for heap in heaps:
        asked = {group.id for group in played.groups if sizes[group.id] and group.is_asked(heap.item_id)}
        circle = set(sizes) if heap.groups is None else set(heap.groups)
        assert sum(sizes[name] for name in circle & asked) >= max(10, played.rule.n_min)
        assert {text.split()[0] for text in heap.texts} <= circle & asked
        others = sum(sizes[name] for name in asked - circle)
        assert others == 0 or others >= 10
