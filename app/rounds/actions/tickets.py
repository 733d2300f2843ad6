# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Make codes for one participation, use one up, declare the unused ones void.

Whoever reads the database, with everything that PostgreSQL and SQLite note beside the rows, must not find out which
code was used when, or for which response (M7.9). So each change rewrites every code of the group at once, in a
transaction of its own; afterwards all of them look equally old.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, bindparam, case, exists, func, insert, select, update
from sqlmodel import Session

from app import audit
from app.errors import Invalid, NotFound, Problem, TicketUsed
from app.i18n import N_
from app.permissions import Action, EntryScope, RoundScope, require
from app.rounds.actions.locking import change_round, lock_round
from app.rounds.tickets import MOST_OF_GROUP, draw
from app.tables.rounds import GROUPS, TICKETS
from app.tokens import digest


def make_tickets(db: Session, scope: RoundScope, group_id: str, count: int, *, now: datetime) -> tuple[str, ...]:
    """New codes for a group; told once, only their digests are kept. `RoundChanged` once the round is closed."""
    require(scope, Action.ROUND_INVITE)
    lock_round(db, scope, "planned", "open")
    key = _group_key(db, scope, group_id)
    there = db.execute(_COUNT, {"group": group_id}).scalar_one()
    if there + count > MOST_OF_GROUP:
        raise Invalid(Problem("count", N_("Mehr als 5.000 Codes je Gruppe gibt es nicht. Nutzen Sie dann den Link.")))
    codes = draw(count)
    # In the order of their digests, which is not that of the slips.
    digests = sorted(digest(code) for code in codes)
    shared = {"round_id": scope.round_id, "group_id": group_id, "status": "unused"}
    db.execute(insert(TICKETS), [{"code_digest": one, **shared} for one in digests])
    change_round(db, scope, now)
    audit.record(db, scope, "round.tickets", now, group=key, count=count)
    return codes


def void_tickets(db: Session, scope: RoundScope, group_id: str, *, now: datetime) -> None:
    """Nobody can begin with a code of this group that is still unused. How many those were is told nobody (M7.8)."""
    require(scope, Action.ROUND_INVITE)
    lock_round(db, scope, "planned", "open")
    key = _group_key(db, scope, group_id)
    db.execute(_ALONE, {"group": group_id})
    db.execute(_VOID, {"group": group_id})
    change_round(db, scope, now)
    audit.record(db, scope, "round.tickets_void", now, group=key)


def use_ticket(db: Session, scope: EntryScope) -> None:
    """Use up the code of this way in; `TicketUsed` unless it was still unused. Call it in a transaction of its own."""
    db.execute(_ALONE, {"group": scope.group_id})
    used: CursorResult[Any] = db.execute(_USE, {"group": scope.group_id, "ticket": scope.ticket})  # type: ignore[assignment]
    if used.rowcount == 0:
        raise TicketUsed


def _group_key(db: Session, scope: RoundScope, group_id: str) -> str:
    key = db.execute(_KEY, {"group": group_id, "round": scope.round_id}).scalar()
    if key is None:
        raise NotFound
    return str(key)


_KEY = select(GROUPS.c.key).where(GROUPS.c.id == bindparam("group"), GROUPS.c.round_id == bindparam("round"))
_COUNT = select(func.count()).select_from(TICKETS).where(TICKETS.c.group_id == bindparam("group"))
# One after the other: two that rewrite the same rows would wait for each other for ever. Beginning to answer is not
# kept waiting by this lock (FOR NO KEY UPDATE).
_ALONE = select(GROUPS.c.id).where(GROUPS.c.id == bindparam("group")).with_for_update(key_share=True)
_THIS = TICKETS.alias("this")
_USE = (
    update(TICKETS)
    .where(
        TICKETS.c.group_id == bindparam("group"),
        exists().where(_THIS.c.code_digest == bindparam("ticket"), _THIS.c.status == "unused"),
    )
    .values(status=case((TICKETS.c.code_digest == bindparam("ticket"), "used"), else_=TICKETS.c.status))
)
_VOID = (
    update(TICKETS)
    .where(TICKETS.c.group_id == bindparam("group"))
    .values(status=case((TICKETS.c.status == "unused", "void"), else_=TICKETS.c.status))
)
