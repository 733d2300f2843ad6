# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M7.7: what people wrote (reasons, notes, evidence), as far as it may be shown.

Comments of an item are one heap for each block of at least ten responses, or for the round; reasons and notes are
not told apart. The groups are merged by the rule of M7.2 with ten in place of n_min: otherwise those without a group
would be known to come from the groups that are not named. Only groups that were asked the item count for it: whoever
was not asked hides nobody who wrote.
"""

import hashlib
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from scoring.privacy import Group, partition
from scoring.published import Block, PublishedTable

COMMENTS_FROM = 10
"""D-06: the smallest number of responses for free text."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody of a group wrote to an item."""

    group: str
    item_id: str
    text: str


@dataclass(frozen=True, slots=True)
class CommentHeap:
    """The comments to an item from a block; `groups` is None where they are the round's, without group."""

    item_id: str
    groups: tuple[str, ...] | None
    texts: tuple[str, ...]


def publish_comments(
    table: PublishedTable, groups: Sequence[Group], comments: Iterable[Comment], seed: str
) -> tuple[CommentHeap, ...]:
    """The comments that may be shown, by item in the order of the table, then by block.

    `groups` are those that the table was made of. `seed` belongs to the round and stays the same (its id): the same
    comments give the same order, whatever order they came in; each item has an order of its own, so that nobody can be
    followed from item to item. A comment to an item that its group was not asked is left out; ValueError for one of a
    group from which there is no response.
    """
    heard = tuple(part.group for part in table.groups if part.submitted)
    by_place: dict[tuple[str, str], list[str]] = {}
    for comment in comments:
        if table.blocks and comment.group not in heard:
            raise ValueError(f"nobody of group {comment.group!r} answered")
        if comment.text.strip():
            by_place.setdefault((comment.item_id, comment.group), []).append(comment.text.strip())
    heaps = (
        CommentHeap(
            item.item_id,
            None if table.rule.mode == "anonym" and block.groups == heard else block.groups,
            _shuffled(
                (text for group in block.groups for text in by_place.get((item.item_id, group), ())),
                f"{seed}\n{item.item_id}",
            ),
        )
        for item in table.items
        for block in comment_blocks(table, [group.id for group in groups if group.is_asked(item.item_id)])
    )
    return tuple(heap for heap in heaps if heap.texts)


def comment_blocks(table: PublishedTable, asked: Container[str]) -> tuple[Block, ...]:
    """The groups that were asked, merged until each block holds ten responses (n_min in a named round)."""
    minimum = max(COMMENTS_FROM, table.rule.minimum) if table.rule.mode == "anonym" else table.rule.minimum
    parts = [part for part in table.groups if part.submitted and part.group in asked]
    found = partition([part.submitted for part in parts], minimum)
    return tuple(Block(tuple(parts[place].group for place in block)) for block in found)


def _shuffled(texts: Iterable[str], seed: str) -> tuple[str, ...]:
    """In the order of a keyed digest, which knows nothing of who wrote when."""
    return tuple(sorted(texts, key=lambda text: (_digest(seed, text), text)))


def _digest(seed: str, text: str) -> bytes:
    return hashlib.blake2b(text.encode(), key=hashlib.sha256(seed.encode()).digest()).digest()
