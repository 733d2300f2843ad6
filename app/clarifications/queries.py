# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was asked of whom, and what came back: for whoever fills in the check, and for the colleague with the link."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from app.errors import NotFound
from app.permissions import DelegationScope, Scope
from app.responses.typed import Typed
from app.tables.responses import Delegation, Proposal
from questionnaires.definition import Item

Status = Literal["asked", "proposed", "taken", "declined"]


@dataclass(frozen=True, slots=True)
class Proposed:
    """One question of a request; `typed` is what the colleague chose, empty while it is only asked."""

    item_id: str
    status: Status
    proposer: str
    typed: Typed
    proposed_on: date | None

    @property
    def is_settled(self) -> bool:
        """It was decided on, so that the colleague cannot change it any more."""
        return self.status in ("taken", "declined")


@dataclass(frozen=True, slots=True)
class Request:
    """A request (Bitte um Klärung) to one colleague."""

    id: str
    response_id: str
    asked: str
    asker: str
    message: str
    created_on: date
    items: tuple[Proposed, ...]

    @property
    def waiting(self) -> int:
        """How many proposals wait for a decision."""
        return sum(item.status == "proposed" for item in self.items)

    def item(self, item_id: str) -> Proposed:
        """`NotFound` for a question that was not part of it."""
        for item in self.items:
            if item.item_id == item_id:
                return item
        raise NotFound

    def in_order(self, items: Iterable[Item]) -> list[tuple[Item, Proposed]]:
        """Its questions in the order of `items`, without those that are not among them: they are asked no longer."""
        proposed = {one.item_id: one for one in self.items}
        return [(item, proposed[item.id]) for item in items if item.id in proposed]


def requests_of(db: Session, scope: Scope) -> tuple[Request, ...]:
    """Everything that was asked from this check, the latest day first."""
    rows = db.execute(_OF_RESPONSE, {"response": scope.response_id}).scalars().all()
    items = _items(db, [row.id for row in rows])
    found = [_request(row, items) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.created_on, one.asked.casefold(), one.id), reverse=True))


def request_of(db: Session, scope: Scope, delegation_id: str) -> Request:
    """One of them; `NotFound` for a request from another check."""
    row = db.execute(_ONE, {"delegation": delegation_id}).scalar()
    if row is None or row.response_id != scope.response_id:
        raise NotFound
    return _request(row, _items(db, [row.id]))


def asked_of(db: Session, scope: DelegationScope) -> Request:
    """What the colleague with the link was asked."""
    row = db.execute(_ONE, {"delegation": scope.delegation_id}).scalar()
    if row is None:
        raise NotFound
    return _request(row, _items(db, [row.id]))


def _request(row: Delegation, items: Mapping[str, Sequence[Proposed]]) -> Request:
    proposed = tuple(items.get(row.id, ()))
    return Request(row.id, row.response_id, row.asked, row.asker, row.message, row.created_on, proposed)


def _items(db: Session, delegation_ids: Sequence[str]) -> Mapping[str, Sequence[Proposed]]:
    """The questions of these requests, by the id of the request."""
    found: dict[str, list[Proposed]] = {}
    for row in db.execute(_ITEMS, {"delegations": delegation_ids}):
        typed = Typed(row.answer, row.reason, row.note, row.carried_by, row.project_until)
        proposed = Proposed(row.item_id, row.status, row.proposer, typed, row.proposed_on)
        found.setdefault(row.delegation_id, []).append(proposed)
    return found


_PROPOSAL = Proposal.__table__  # type: ignore[attr-defined]  # SQLModel makes it
_OF_RESPONSE = select(Delegation).where(col(Delegation.response_id) == bindparam("response"))
_ONE = select(Delegation).where(col(Delegation.id) == bindparam("delegation"))
_ITEMS = (
    select(_PROPOSAL)
    .where(_PROPOSAL.c.delegation_id.in_(bindparam("delegations", expanding=True)))
    .order_by(_PROPOSAL.c.item_id)
)
