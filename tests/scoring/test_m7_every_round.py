# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M7, the attack by trying: every small round there can be, for a reader who knows the rule and can count.

Unlike the equations this also uses that no count is negative, and what the choice of blocks and hidden counts tells.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations_with_replacement, product

import pytest

from scoring.published import Rule
from tests.scoring.round_cases import GROUPS, Given, one_item
from tests.scoring.tiny import ABSENT, UNKNOWN

N_MIN = 3
MARKS: tuple[Given, ...] = (1, 3, UNKNOWN, ABSENT, None)
Answers = tuple[tuple[Given, ...], ...]
"""What each group's people gave."""


def every_round(sizes: tuple[int, ...]) -> Iterator[Answers]:
    return product(*(combinations_with_replacement(MARKS, size) for size in sizes))


def published(answers: Answers) -> str:
    return one_item(Rule(n_min=N_MIN), **dict(zip(GROUPS, answers, strict=False))).to_json()


@pytest.mark.parametrize("sizes", [(3, 2, 1), (3, 3, 1), (3, 1, 1), (4, 2), (2, 2, 1), (3, 1, 2, 1)])
def test_m7_an_answer_of_a_small_group_is_known_only_where_its_whole_block_is_of_one_mind(
    sizes: tuple[int, ...],
) -> None:
    """M7.4 accepts that: a block of n_min or more who all say the same is shown as it is."""
    possible: dict[str, list[Answers]] = defaultdict(list)
    for answers in every_round(sizes):
        possible[published(answers)].append(answers)
    blocks = one_item(Rule(n_min=N_MIN), **{g: [1] * n for g, n in zip(GROUPS, sizes, strict=False)}).blocks
    block_of = {GROUPS.index(group): [*map(GROUPS.index, block.groups)] for block in blocks for group in block.groups}
    for worlds in possible.values():
        for group in (place for place, size in enumerate(sizes) if size < N_MIN):
            counts = [Counter(answers[group]) for answers in worlds]
            if any(all(world[mark] == counts[0][mark] for world in counts) for mark in counts[0]):
                assert all(len({mark for g in block_of[group] for mark in answers[g]}) == 1 for answers in worlds)
