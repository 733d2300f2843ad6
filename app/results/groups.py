# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the groups of a round are called, and the blocks in which small groups stand together (M7.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from gettext import NullTranslations

from scoring.published import Block


@dataclass(frozen=True)
class GroupNames:
    """The titles of groups by their key, as the coordinator wrote them, in the order of the round."""

    titles: Mapping[str, str]

    def of(self, key: str) -> str:
        return self.titles.get(key, key)

    def block(self, block: Block, blocks: Sequence[Block], texts: NullTranslations) -> str:
        """A group by its title; groups together are „Weitere Gruppen“, or all where no other block stands beside."""
        if block.own is not None:
            return self.of(block.own)
        if len(blocks) == 1:
            return texts.gettext("Alle Gruppen zusammen")
        return texts.gettext("Weitere Gruppen")
