# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""M7.7: what people wrote (reasons, notes, evidence), as far as it may be shown.

Comments of an item are one heap for each block of at least ten responses, or for the round; reasons and notes are
not told apart. The blocks are merged by the rule of M7.2 with ten in place of n_min: otherwise those without a group
would be known to come from the groups that are not named.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from scoring.privacy import partition
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


def publish_comments(table: PublishedTable, comments: Iterable[Comment], seed: str) -> tuple[CommentHeap, ...]:
    """The comments that may be shown, by item in the order of the table, then by block.

    `seed` belongs to the round and stays the same (its id): the same comments give the same order, whatever order
    they came in; each item has an order of its own, so that nobody can be followed from item to item. A comment to an
    item that was not asked is left out; ValueError for one of a group from which there is no response.
    """
    heard = {group for block in table.blocks for group in block.groups}
    by_place: dict[tuple[str, str], list[str]] = {}
    for comment in comments:
        if table.blocks and comment.group not in heard:
            raise ValueError(f"nobody of group {comment.group!r} answered")
        if comment.text.strip():
            by_place.setdefault((comment.item_id, comment.group), []).append(comment.text.strip())
    blocks = comment_blocks(table)
    heaps = (
        CommentHeap(
            item.item_id,
            block.groups if table.rule.mode == "named" or len(blocks) > 1 else None,
            _shuffled(
                (text for group in block.groups for text in by_place.get((item.item_id, group), ())),
                f"{seed}\n{item.item_id}",
            ),
        )
        for item in table.items
        for block in blocks
    )
    return tuple(heap for heap in heaps if heap.texts)


def comment_blocks(table: PublishedTable) -> tuple[Block, ...]:
    """The blocks of the round, merged until each holds ten responses (in a named round as they are)."""
    minimum = max(COMMENTS_FROM, table.rule.minimum) if table.rule.mode == "anonym" else table.rule.minimum
    found = partition([table.size(block) for block in table.blocks], minimum)
    order = [part.group for part in table.groups]
    merged = ({group for place in block for group in table.blocks[place].groups} for block in found)
    return tuple(Block(tuple(group for group in order if group in names)) for names in merged)


def _shuffled(texts: Iterable[str], seed: str) -> tuple[str, ...]:
    """In the order of a keyed digest, which knows nothing of who wrote when."""
    return tuple(sorted(texts, key=lambda text: (_digest(seed, text), text)))


def _digest(seed: str, text: str) -> bytes:
    return hashlib.blake2b(text.encode(), key=hashlib.sha256(seed.encode()).digest()).digest()
