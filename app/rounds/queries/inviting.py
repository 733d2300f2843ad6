# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a coordinator needs to invite: the groups of a round, their links, and how many codes were made.

How many codes were used is nowhere: it would tell who has begun, and before the release only invited and submitted
are counted (M7.8).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import bindparam, case, func, select
from sqlmodel import Session

from app import tokens
from app.errors import NotFound
from app.permissions import RoundScope
from app.rounds.queries.rows import round_row
from app.tables.rounds import GROUPS, TICKETS


@dataclass(frozen=True, slots=True)
class InvitedGroup:
    """A group with its link. `was_voided`: codes were declared void at some time."""

    id: str
    key: str
    title: str
    expected: int | None
    tickets: int
    was_voided: bool
    link: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Inviting:
    """A round and its groups, in their order."""

    id: str
    title: str
    municipality_name: str
    status: str
    mode: str
    opens_on: date
    closes_on: date
    contact: str
    groups: tuple[InvitedGroup, ...]

    @property
    def can_invite(self) -> bool:
        """Whether codes can be made: invitations are prepared before it begins, and not after its end."""
        return self.status in {"planned", "open"}

    def group(self, group_id: str) -> InvitedGroup:
        """`NotFound` for a group of another round."""
        for group in self.groups:
            if group.id == group_id:
                return group
        raise NotFound


def inviting_of(db: Session, scope: RoundScope) -> Inviting:
    """The round of this scope."""
    row = round_row(db, scope)
    groups = tuple(
        InvitedGroup(one.id, one.key, one.title, one.expected, one.tickets, bool(one.voided), one.link_code)
        for one in db.execute(_GROUPS, {"round": scope.round_id})
    )
    return Inviting(
        id=row.id,
        title=row.title,
        municipality_name=row.municipality_name,
        status=row.status,
        mode=row.mode,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        contact=row.contact,
        groups=groups,
    )


def own_codes(db: Session, scope: RoundScope, group_id: str, codes: Sequence[str]) -> tuple[str, ...]:
    """Those of the codes that were made for this group, whatever became of them since."""
    digests = {tokens.digest(code): code for code in codes}
    rows = db.execute(_KNOWN, {"digests": list(digests), "group": group_id, "round": scope.round_id}).scalars()
    return tuple(sorted(digests[one] for one in rows))


_MADE = (
    select(
        TICKETS.c.group_id,
        func.count().label("tickets"),
        func.max(case((TICKETS.c.status == "void", 1), else_=0)).label("voided"),
    )
    .where(TICKETS.c.round_id == bindparam("round"))
    .group_by(TICKETS.c.group_id)
    .subquery()
)
_GROUPS = (
    select(GROUPS, func.coalesce(_MADE.c.tickets, 0).label("tickets"), func.coalesce(_MADE.c.voided, 0).label("voided"))
    .outerjoin(_MADE, _MADE.c.group_id == GROUPS.c.id)
    .where(GROUPS.c.round_id == bindparam("round"))
    .order_by(GROUPS.c.position)
)
_KNOWN = select(TICKETS.c.code_digest).where(
    TICKETS.c.code_digest.in_(bindparam("digests", expanding=True)),
    TICKETS.c.group_id == bindparam("group"),
    TICKETS.c.round_id == bindparam("round"),
)
