# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Write the rows of a round anew, in a random order and in one transaction (D-03, M7.9).

PostgreSQL keeps rows where they came and marks each with its transaction, so whoever can read its files sees the order
in which people answered. After closing all rows of the round carry the same mark, in an order that means nothing.
SQLite needs none of this: its tables of answers are kept by their random keys.
"""

from random import SystemRandom

from sqlalchemy import bindparam, text, update
from sqlmodel import Session

from app.tables.responses import RESPONSES


def shuffle(db: Session, round_id: str) -> None:
    """Forget the order of the responses of this round and of their answers."""
    if db.get_bind().dialect.name != "postgresql":
        return
    _move_responses(db, round_id)
    for statement in _REWRITE_ANSWERS:
        db.execute(text(statement), {"round": round_id})


def _move_responses(db: Session, round_id: str) -> None:
    """Rewrite each row, again as long as it lies on the page it came to: there PostgreSQL leaves it while it fits."""
    came = staying = _pages(db, round_id)
    for _ in range(_MOST_PASSES):
        if not staying:
            return
        order = SystemRandom().sample(list(staying), len(staying))
        db.execute(_TOUCH, [{"response": response_id} for response_id in order])
        staying = {one: page for one, page in _pages(db, round_id).items() if page == came[one]}


def _pages(db: Session, round_id: str) -> dict[str, int]:
    """The page of the table that each response lies on."""
    return {row.id: row.page for row in db.execute(_PAGES, {"round": round_id})}


_MOST_PASSES = 100
"""More than rows fit on a page of PostgreSQL: each pass leaves a copy, so it is full after fewer."""
_PAGES = text(
    "SELECT id, split_part(ltrim(ctid::text, '('), ',', 1)::bigint AS page FROM response WHERE round_id = :round"
)
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
    # By ids, which are random, and as the index goes: written in any other order it takes half as long again.
    'INSERT INTO answer SELECT * FROM shuffled ORDER BY response_id COLLATE "C", item_id COLLATE "C"',
    "DROP TABLE shuffled",
)
