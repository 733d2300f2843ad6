# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Write the rows of a round anew, in a random order and in one transaction (D-03, M7.9).

PostgreSQL keeps rows where they came and marks each with its transaction, so whoever can read its files sees the order
in which people answered. After closing all rows of the round carry the same mark, in an order that means nothing.
SQLite needs none of this: its tables of answers are kept by their random keys.
"""

from collections.abc import Sequence
from random import SystemRandom

from sqlalchemy import bindparam, select, text, update
from sqlmodel import Session

from app.tables.responses import RESPONSES


def shuffle(db: Session, round_id: str) -> None:
    """Forget the order of the responses of this round and of their answers."""
    if db.get_bind().dialect.name != "postgresql":
        return
    ids = list(db.execute(_IDS, {"round": round_id}).scalars())
    if not ids:
        return
    _rewrite_responses(db, ids)
    for statement in _REWRITE_ANSWERS:
        db.execute(text(statement), {"round": round_id})


def _rewrite_responses(db: Session, ids: Sequence[str]) -> None:
    """Each row gets a new place, in the order in which it is written here."""
    order = SystemRandom().sample(ids, len(ids))
    db.execute(_TOUCH, [{"response": response_id} for response_id in order])


_IDS = select(RESPONSES.c.id).where(RESPONSES.c.round_id == bindparam("round"))
_TOUCH = (
    update(RESPONSES)
    .where(RESPONSES.c.id == bindparam("response"))
    .values(status=RESPONSES.c.status)
    .execution_options(synchronize_session=False)
)
_MINE = "SELECT id FROM response WHERE round_id = :round"
_REWRITE_ANSWERS = (
    f"CREATE TEMPORARY TABLE shuffled ON COMMIT DROP AS SELECT * FROM answer WHERE response_id IN ({_MINE})",  # noqa: S608
    f"DELETE FROM answer WHERE response_id IN ({_MINE})",  # noqa: S608  our own words, the id is bound
    "INSERT INTO answer SELECT * FROM shuffled ORDER BY random()",
    "DROP TABLE shuffled",
)
