# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M7: the one gate between the answers of a round (Durchgang) and everything that is shown of it.

`publish(questionnaire, kind, groups, responses, rule) -> PublishedTable`. Nothing else reads several people's
answers for output; comments pass `comments.publish_comments`, which takes the table's blocks.

Counts of „weiß ich nicht“, „trifft nicht zu“ and blank need more than M7.6 says: all responses of a group are known,
so one hidden count is what is missing to the sum. See docs/decisions/2026-11-23-counts-that-hide-each-other.md.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from questionnaires.answers import Level
from questionnaires.definition import Item, Questionnaire
from questionnaires.flow import Answers, asked_items
from questionnaires.parts import LEVELS, MunicipalityType
from scoring.published import Block, Distribution, ItemBlock, ItemTable, Participation, PublishedTable, Rule
from scoring.ratings import State, state_of

Mark = int | State
"""A level, or what else an answer counts as (M1)."""

OTHERS: tuple[State, ...] = ("dont_know", "not_applicable", "blank")


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a round; `asked` are the items of its form, None all of them."""

    id: str
    asked: frozenset[str] | None = None

    def is_asked(self, item_id: str) -> bool:
        return self.asked is None or item_id in self.asked


Groups = tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Submitted:
    """A submitted response: its group and its answers, and nothing that could tell whose or when."""

    group: str
    answers: Answers


def publish(
    questionnaire: Questionnaire,
    kind: MunicipalityType | None,
    groups: Sequence[Group],
    responses: Sequence[Submitted],
    rule: Rule | None = None,
) -> PublishedTable:
    """The published table of a round; the order of `responses` plays no part (M7.9).

    `kind` is the municipality's type; answers to items that the group is not asked count nowhere. ValueError for a
    group named twice, a response of an unknown group, or a level outside 0 to 4.
    """
    rule = rule or Rule()
    sizes = _sizes(groups, responses)
    heard = tuple(group for group in groups if sizes[group.id])
    blocks = _blocks_of_round(heard, sizes, rule.minimum)
    items = asked_items(questionnaire, kind) if blocks else ()
    return PublishedTable(
        questionnaire_id=questionnaire.id,
        questionnaire_version=questionnaire.version,
        questionnaire_digest=questionnaire.digest,
        rule=rule,
        groups=tuple(Participation(group, size) for group, size in sizes.items()),
        blocks=tuple(Block(_names(block)) for block in blocks),
        items=tuple(_item_table(item, heard, sizes, responses, rule.minimum) for item in items),
    )


def partition(sizes: Sequence[int], minimum: int) -> tuple[tuple[int, ...], ...]:
    """M7.2: the blocks that parts of these sizes form, as positions; () where all together are too few.

    Parts of at least `minimum` stand alone, in order; the others together come last. Too few together, they take
    in the smallest of those that stand alone (of equal ones the later), and then are enough: the rule applied again
    ends there. Empty parts alone form no block.
    """
    alone = [place for place, size in enumerate(sizes) if size >= minimum]
    rest = [place for place, size in enumerate(sizes) if size < minimum]
    held = sum(sizes[place] for place in rest)
    if 0 < held < minimum:
        if not alone:
            return ()
        smallest = min(alone, key=lambda place: (sizes[place], -place))
        alone.remove(smallest)
        rest.append(smallest)
    single = tuple((place,) for place in alone)
    return (*single, tuple(sorted(rest))) if held else single


def shown_counts(counts: Mapping[str, int], minimum: int) -> dict[str, int | None]:
    """M7.6 for counts whose sum is known: 0 or at least `minimum`, otherwise None, with no way to work it out.

    Where any count is too small to show, all those below `minimum` are hidden together, zeros too. Where that still
    leaves no room (one alone, or nearly all at their largest), none is shown: any further choice would depend on
    the counts and so tell something of them. A count that is published anyway is not in `counts`.
    """
    small = [name for name, count in counts.items() if count < minimum]
    hidden = sum(counts[name] for name in small)
    if not hidden:
        return dict(counts)
    room = len(small) * (minimum - 1) - hidden
    held = small if len(small) > 1 and room > 1 else counts
    return {name: None if name in held else count for name, count in counts.items()}


def _sizes(groups: Iterable[Group], responses: Iterable[Submitted]) -> dict[str, int]:
    """Submitted responses per group, in the order of the groups."""
    ids = [group.id for group in groups]
    sizes = dict.fromkeys(ids, 0)
    if len(sizes) < len(ids):
        raise ValueError("a group is named twice")
    for response in responses:
        if response.group not in sizes:
            raise ValueError(f"the round has no group {response.group!r}")
        sizes[response.group] += 1
    return sizes


def _blocks_of_round(heard: Groups, sizes: Mapping[str, int], minimum: int) -> tuple[Groups, ...]:
    """M7.2 for the groups of which somebody answered."""
    return _joined([(group,) for group in heard], [sizes[group.id] for group in heard], minimum, heard)


def _joined(parts: Sequence[Groups], sizes: Sequence[int], minimum: int, order: Groups) -> tuple[Groups, ...]:
    """The groups of each block that parts of these sizes form, always in the `order` of the round."""
    return tuple(
        tuple(group for group in order if any(group in parts[place] for place in block))
        for block in partition(sizes, minimum)
    )


def _names(groups: Iterable[Group]) -> tuple[str, ...]:
    return tuple(group.id for group in groups)


def _item_table(
    item: Item, heard: Groups, sizes: Mapping[str, int], responses: Iterable[Submitted], minimum: int
) -> ItemTable:
    """M7.3: the same rule on the round's blocks, with this item's levels; and M7.6.

    The round's blocks are those of the groups that were asked: a block of which only a few were asked would tell by
    its absence that these few gave no level. A block that gave none may be part of a joined one; there it does not
    show.
    """
    asked = tuple(group for group in heard if group.is_asked(item.id))
    names = set(_names(asked))
    marks = Counter((one.group, _mark(item, one.answers)) for one in responses if one.group in names)
    parts = _blocks_of_round(asked, sizes, minimum)
    given = [sum(_levels(part, marks)) for part in parts]
    blocks = tuple(ItemBlock(_names(block), _levels(block, marks)) for block in _joined(parts, given, minimum, asked))
    return ItemTable(item.id, marks.total(), blocks, **_counts(item, sum(_levels(asked, marks)), marks, minimum))


def _counts(item: Item, levels: int, marks: Counter[tuple[str, Mark]], minimum: int) -> dict[str, int | None]:
    """M7.6. What is known anyway hides nothing: levels in blocks, and „trifft nicht zu“ where it is not offered."""
    counts: dict[str, int] = {state: sum(n for (_, mark), n in marks.items() if mark == state) for state in OTHERS}
    known: dict[str, int | None] = {}
    if not item.allow_not_applicable:
        known["not_applicable"] = counts.pop("not_applicable")
    if levels >= minimum:
        return {**known, "levels": levels, **shown_counts(counts, minimum)}
    return {**known, **shown_counts({**counts, "levels": levels}, minimum)}


def _levels(groups: Iterable[Group], marks: Mapping[tuple[str, Mark], int]) -> Distribution:
    names = _names(groups)
    return tuple(sum(marks.get((name, level), 0) for name in names) for level in LEVELS)


def _mark(item: Item, answers: Answers) -> Mark:
    answer = answers.get(item.id)
    state = state_of(item, answer)
    return answer.level if isinstance(answer, Level) and state == "level" else state
