# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""How many submitted in each group, as it was frozen: the counts stay when the single answers are deleted (M13)."""

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from app.permissions import RoundScope
from app.tables.rounds import RoundSnapshot
from scoring.published import PublishedTable


def counted_at_closing(db: Session, scope: RoundScope) -> dict[str, int] | None:
    """By the group's key; None for a round that is not closed."""
    published = db.execute(_PUBLISHED, {"round": scope.round_id}).scalar()
    if published is None:
        return None
    return {part.group: part.submitted for part in PublishedTable.from_json(published).groups}


_PUBLISHED = select(col(RoundSnapshot.published)).where(col(RoundSnapshot.round_id) == bindparam("round"))
