# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M7, the attack: everything published of a round, solved together as linear equations.

Unknown is how many of each group gave each answer to each item. A reader knows the table, each group's form, how many
of each group answered, and the rule itself.
"""

from collections import Counter, defaultdict
from itertools import product

import pytest
from hypothesis import assume, given, settings

from scoring.privacy import partition, shown_counts
from scoring.published import COUNTS, ItemTable, PublishedTable, Rule
from tests.scoring.equations import System
from tests.scoring.round_cases import GROUPS, Round, groups, one_item, response, rounds
from tests.scoring.tiny import ABSENT, UNKNOWN, item, questionnaire, section

LEVELS = (0, 1, 2, 3, 4)
KINDS = (*LEVELS, "dont_know", "not_applicable", "blank")
PROPERTY = settings(max_examples=150, deadline=None)
Cell = tuple[str, str, object]


def cells(item_id: str, names: object, kinds: object) -> list[Cell]:
    return [(group, item_id, kind) for group, kind in product(names, kinds)]  # type: ignore[call-overload]


def asked_groups(case: Round, item_id: str) -> list[str]:
    heard = {part.group for part in case.table.groups if part.submitted}
    return [group.id for group in case.groups if group.is_asked(item_id) and group.id in heard]


def everything_published(case: Round) -> System:
    """All equations of a table: participation, blocks, blocks that are missing, counts, what is not offered."""
    system = System()
    for shown in case.table.items:
        key, names = shown.item_id, asked_groups(case, shown.item_id)
        for group in names:
            system.add(cells(key, [group], KINDS))
        for levels in level_sums(case.table, shown, names):
            system.add(levels)
        if not case.form.item(key).allow_not_applicable:
            for group in names:
                system.add(cells(key, [group], ["not_applicable"]))
        for kind in KINDS[5:]:
            if getattr(shown, str(kind)) is not None:
                system.add(cells(key, names, [kind]))
        if shown.levels is not None:
            system.add(cells(key, names, LEVELS))
    return system


def level_sums(table: PublishedTable, shown: ItemTable, names: list[str]) -> list[list[Cell]]:
    """One equation for each level of each block; a block that the rule would form and that is missing gave none."""
    found = [set(block.groups) for block in shown.blocks]
    sizes = {part.group: part.submitted for part in table.groups}
    if shown.blocks:
        expected = partition([sizes[name] for name in names], table.rule.n_min)
        formed = [{names[place] for place in block} for block in expected]
        found += [block for block in formed if not any(block <= one for one in found)]
    return [cells(shown.item_id, [n for n in names if n in block], [level]) for block in found for level in LEVELS]


def answers_of(case: Round) -> Counter[Cell]:
    """What nobody may see: the true counts, also those of no one."""
    truth: Counter[Cell] = Counter()
    for one in case.responses:
        for key in (i.id for i in case.form.items if one.group in asked_groups(case, i.id)):
            raw = one.answers.get(key)
            absent = raw == ABSENT and case.form.item(key).allow_not_applicable
            state = "dont_know" if raw == UNKNOWN else "not_applicable" if absent else "blank"
            truth[one.group, key, getattr(raw, "level", state)] += 1
    return truth


@PROPERTY
@given(rounds())
def test_m7_4_every_published_block_holds_the_minimum(case: Round) -> None:
    table = case.table
    assert all(table.size(block) >= case.rule.n_min for block in table.blocks)
    assert all(block.n >= case.rule.n_min for shown in table.items for block in shown.blocks)


@PROPERTY
@given(rounds())
def test_m7_4_blocks_hold_every_level_given_once(case: Round) -> None:
    """Nothing is left over for „round minus blocks“, and what is shown is true."""
    truth = answers_of(case)
    for shown in case.table.items:
        names = asked_groups(case, shown.item_id)
        total = {kind: sum(truth[cell] for cell in cells(shown.item_id, names, [kind])) for kind in KINDS}
        assert shown.asked == sum(total.values())
        if shown.blocks:
            assert shown.pooled == tuple(total[level] for level in LEVELS)
            members = [group for block in shown.blocks for group in block.groups]
            assert len(members) == len(set(members))
        else:
            assert sum(total[level] for level in LEVELS) < case.rule.n_min
        true_counts = {"levels": sum(total[level] for level in LEVELS), **{str(k): total[k] for k in KINDS[5:]}}
        for name in COUNTS:
            assert getattr(shown, name) in (None, true_counts[name])


@PROPERTY
@given(rounds())
def test_m7_6_what_is_shown_is_nothing_or_enough(case: Round) -> None:
    for shown in case.table.items:
        counts = [getattr(shown, name) for name in COUNTS]
        assert all(count is None or count == 0 or count >= case.rule.n_min for count in counts)


@PROPERTY
@given(rounds())
def test_m7_no_equation_reaches_a_small_group(case: Round) -> None:
    """No answer of a group below n_min is determined, nor how many of it gave a level or none."""
    assume(case.table.blocks)
    system = everything_published(case)
    sizes = {part.group: part.submitted for part in case.table.groups}
    for shown in case.table.items:
        absent = () if case.form.item(shown.item_id).allow_not_applicable else ("not_applicable",)
        for group in asked_groups(case, shown.item_id):
            if sizes[group] >= case.rule.n_min:
                continue
            for kind in KINDS:
                if kind not in absent:
                    assert not system.determines(cells(shown.item_id, [group], [kind]))
            assert not system.determines(cells(shown.item_id, [group], LEVELS))
            assert not system.determines(cells(shown.item_id, [group], KINDS[5:]))


@PROPERTY
@given(rounds())
def test_m7_no_equation_reaches_a_small_number_of_levels(case: Round) -> None:
    """A large group of which too few gave a level to an item: neither its levels nor their number."""
    assume(case.table.blocks)
    system, truth = everything_published(case), answers_of(case)
    for shown in case.table.items:
        for group in asked_groups(case, shown.item_id):
            if 0 < sum(truth[cell] for cell in cells(shown.item_id, [group], LEVELS)) < case.rule.n_min:
                assert not system.determines(cells(shown.item_id, [group], LEVELS))
                for level in LEVELS:
                    assert not system.determines(cells(shown.item_id, [group], [level]))


@PROPERTY
@given(rounds())
def test_m7_6_no_equation_reaches_a_hidden_count(case: Round) -> None:
    assume(case.table.blocks)
    system = everything_published(case)
    for shown in case.table.items:
        names = asked_groups(case, shown.item_id)
        kinds: dict[str, tuple[object, ...]] = {"levels": LEVELS, **{str(kind): (kind,) for kind in KINDS[5:]}}
        for name in COUNTS:
            if getattr(shown, name) is None:
                assert not system.determines(cells(shown.item_id, names, kinds[name]))


@pytest.mark.parametrize("n_min", [3, 4, 5, 6])
@pytest.mark.parametrize("names", [("dont_know", "blank"), ("dont_know", "not_applicable", "blank")])
@pytest.mark.parametrize("with_levels", [False, True])
def test_m7_6_who_knows_the_rule_and_the_sum_learns_no_hidden_count(
    n_min: int, names: tuple[str, ...], with_levels: bool
) -> None:
    """All counts there can be: whatever is shown, each hidden count may have had two values at least."""
    reach = 4 * n_min
    ranges = [range(reach)] * len(names)
    if with_levels:
        names, ranges = (*names, "levels"), [*ranges, range(n_min)]
    seen: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(*ranges):
        if sum(counts) < reach:
            shown = shown_counts(dict(zip(names, counts, strict=True)), n_min)
            seen[sum(counts), tuple(shown.values())].append(counts)
    for (_, view), possible in seen.items():  # type: ignore[misc]
        for place, count in enumerate(view):
            assert (len({counts[place] for counts in possible}) > 1) == (count is None)


def test_m7_6_one_hidden_count_would_be_what_is_missing() -> None:
    """Ten levels and five „weiß ich nicht“ of eighteen: the three left may be either of the other two."""
    (shown,) = one_item(a=[2] * 10 + [UNKNOWN] * 5 + [None] * 3).items
    assert (shown.levels, shown.dont_know, shown.not_applicable, shown.blank) == (10, 5, None, None)


def test_m7_6_one_small_count_among_large_ones_hides_all() -> None:
    (shown,) = one_item(a=[2] * 10 + [UNKNOWN] * 5 + [ABSENT] * 6 + [None] * 1).items
    assert (shown.levels, shown.dont_know, shown.not_applicable, shown.blank) == (10, None, None, None)


def test_m7_6_counts_of_nothing_or_enough_are_shown() -> None:
    (shown,) = one_item(a=[2] * 10 + [UNKNOWN] * 5 + [ABSENT] * 6).items
    assert (shown.levels, shown.dont_know, shown.not_applicable, shown.blank) == (10, 5, 6, 0)


def test_m7_6_too_few_levels_are_not_what_is_missing_either() -> None:
    (shown,) = one_item(a=[2, 3] + [UNKNOWN] * 9).items
    assert shown.too_few
    assert (shown.levels, shown.dont_know, shown.not_applicable, shown.blank) == (None, 9, None, None)


def test_m7_6_who_is_not_asked_is_not_blank() -> None:
    """A short form: otherwise its known blanks would leave the others' few in plain sight."""
    form = questionnaire(section("E1", [item("E1.a"), item("E1.b")]))
    short, full = groups(*GROUPS[:2])
    short = type(short)(short.id, frozenset({"E1.a"}))
    responses = [response("a", {"E1.a": 2}) for _ in range(6)]
    responses += [response("b", {"E1.a": 2, "E1.b": 3 if place else None}) for place in range(7)]
    table = Round(form, (short, full), tuple(responses), Rule()).table
    second = table.items[1]
    assert second.asked == 7
    assert [block.groups for block in second.blocks] == [("b",)]
    assert (second.levels, second.dont_know, second.not_applicable, second.blank) == (6, None, None, None)
