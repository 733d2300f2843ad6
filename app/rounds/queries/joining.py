# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody who is invited may know: the round, their group, its form; and what this device has begun."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlmodel import Session

from app import tokens
from app.errors import EntryUnknown, TicketUsed
from app.permissions import EntryScope
from app.rounds.queries.rows import municipality_in
from app.tables.responses import RESPONSES
from app.tables.rounds import GROUPS, ROUNDS, TICKETS
from questionnaires.parts import MunicipalityType
from scoring import Municipality


@dataclass(frozen=True, slots=True)
class Invitation:
    """A round and one of its groups. `closes_on` is the last day on which answers are taken."""

    round_id: str
    title: str
    group: str
    municipality: Municipality
    kind: MunicipalityType
    form_id: str
    form_version: str
    status: str
    mode: str
    n_min: int
    opens_on: date
    closes_on: date
    contact: str
    message: str
    asks_comments: bool
    raw_months: int

    @property
    def is_named(self) -> bool:
        return self.mode == "named"

    def is_open_on(self, today: date) -> bool:
        """Whether answers are taken."""
        return self.status == "open" and self.opens_on <= today <= self.closes_on

    def is_to_come(self, today: date) -> bool:
        """Whether it has not begun yet."""
        return self.status == "planned" or (self.status == "open" and today < self.opens_on)


@dataclass(frozen=True, slots=True)
class BegunHere:
    """A response of the round whose code this browser holds."""

    response_id: str
    group: str
    person: str
    is_submitted: bool


def invitation_of(db: Session, scope: EntryScope) -> Invitation:
    """The round and group of a way in."""
    row = db.execute(_INVITATION, {"group": scope.group_id}).first()
    if row is None:
        raise EntryUnknown
    return Invitation(
        round_id=row.round_id,
        title=row.title,
        group=row.group_title,
        municipality=municipality_in(row),
        kind=MunicipalityType(row.municipality_type),
        form_id=row.form_id,
        form_version=row.form_version,
        status=row.status,
        mode=row.mode,
        n_min=row.n_min,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        contact=row.contact,
        message=row.message,
        asks_comments=row.asks_comments,
        raw_months=row.raw_months,
    )


def require_unused(db: Session, scope: EntryScope) -> None:
    """Raise ``TicketUsed`` where this way in lets nobody in any more. Whether it still does is decided on using it.

    Only for who begins: looking must not tell whether a code is used. Whoever gave the codes out could look them all
    up and know who takes part (M7.8).
    """
    if scope.ticket is not None and db.execute(_STATUS, {"ticket": scope.ticket}).scalar() != "unused":
        raise TicketUsed


def begun_here(db: Session, codes: Sequence[str], round_id: str) -> tuple[BegunHere, ...]:
    """The responses of this round among those whose codes a browser holds, in the order of the codes."""
    digests = [tokens.digest(code) for code in codes]
    if not digests:
        return ()
    rows = {row.code_digest: row for row in db.execute(_BEGUN, {"digests": digests, "round": round_id})}
    found = (rows[one] for one in digests if one in rows)
    return tuple(BegunHere(row.id, row.group_title, row.person, row.status == "submitted") for row in found)


_INVITATION = (
    select(ROUNDS, GROUPS.c.title.label("group_title"), GROUPS.c.round_id, GROUPS.c.form_id, GROUPS.c.form_version)
    .join(GROUPS, GROUPS.c.round_id == ROUNDS.c.id)
    .where(GROUPS.c.id == bindparam("group"))
)
_STATUS = select(TICKETS.c.status).where(TICKETS.c.code_digest == bindparam("ticket"))
_BEGUN = (
    select(
        RESPONSES.c.id,
        RESPONSES.c.code_digest,
        RESPONSES.c.person,
        RESPONSES.c.status,
        GROUPS.c.title.label("group_title"),
    )
    .join(GROUPS, GROUPS.c.id == RESPONSES.c.group_id)
    .where(
        RESPONSES.c.code_digest.in_(bindparam("digests", expanding=True)),
        RESPONSES.c.round_id == bindparam("round"),
    )
)
