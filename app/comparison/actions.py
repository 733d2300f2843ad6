# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What changes in a comparison: whether a comment is shown (D-11). Everything else is frozen."""

from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session, col

from app import audit
from app.errors import NotFound
from app.permissions import Action, RoundScope, require
from app.rounds.actions.locking import change_round
from app.tables.rounds import RoundComment


def review_comment(db: Session, scope: RoundScope, item_id: str, position: int, *, shown: bool, now: datetime) -> None:
    """Release a comment to all who read the result, or hide it from them again.

    `NotAllowed` for roles that do not moderate; `NotFound` for a comment that is not there.
    """
    require(scope, Action.ROUND_COMMENTS)
    this = (
        col(RoundComment.round_id) == scope.round_id,
        col(RoundComment.item_id) == item_id,
        col(RoundComment.position) == position,
    )
    if db.execute(select(col(RoundComment.position)).where(*this)).first() is None:
        raise NotFound
    db.execute(update(RoundComment).where(*this).values(is_shown=shown))
    change_round(db, scope, now)
    audit.record(db, scope, "round.comment", now, item=item_id, position=position, shown=shown)
