# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people wrote to a question, as far as it may be shown (M7.7), and for moderation the list to review (D-11)."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.comparison.queries import Comparison
from app.comparison.views.frame import item_address
from app.rounds.queries.released import ShownComment


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment; `origin` are the titles of the groups it may come from, `()`: from the round."""

    position: int
    origin: tuple[str, ...]
    text: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Comments:
    """The comments to one question. `action` is where a decision is sent, `""` for those who only read."""

    remarks: tuple[Remark, ...]
    action: str
    are_asked: bool

    @property
    def waiting(self) -> int:
        """How many are not shown to others."""
        return sum(not remark.is_shown for remark in self.remarks)


def comments_view(comparison: Comparison, item_id: str, comments: Sequence[ShownComment]) -> Comments:
    """The comments to this question, in the order they were shuffled into."""
    return Comments(
        remarks=tuple(
            Remark(one.position, tuple(map(comparison.names.of, one.groups or ())), one.text, one.is_shown)
            for one in comments
        ),
        action=f"{item_address(comparison, item_id)}/kommentare" if comparison.can_review else "",
        are_asked=comparison.round.asks_comments,
    )
