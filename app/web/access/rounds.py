# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""From somebody signed in to a municipality or a round, in a role; and to the released result of a round.

A foreign municipality or round is not there (404, X-19). In one's own, what the role does not allow is refused (403).
"""

from typing import Annotated

from fastapi import Depends
from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from app.db import Db
from app.errors import NotFound
from app.permissions import (
    AccountScope,
    Action,
    MunicipalityScope,
    ReadingScope,
    Role,
    RoundScope,
    require,
)
from app.tables.municipalities import Membership
from app.tables.rounds import ROUNDS, RoundLink, RoundModerator, RoundReader
from app.tokens import view_digest
from app.web.access.accounts import SignedIn


class may_municipality:  # noqa: N801  reads like a word in a route's annotation
    """Dependency of ``/kommune/{municipality_id}/…``: a member who may do this, or 404, or 403."""

    def __init__(self, action: Action) -> None:
        self.action = action

    def __call__(self, municipality_id: str, account: SignedIn, db: Db) -> MunicipalityScope:
        role = db.execute(_ROLE, {"municipality": municipality_id, "account": account.account_id}).scalar()
        if role is None:
            raise NotFound
        scope = MunicipalityScope(municipality_id, Role(role), account)
        require(scope, self.action)
        return scope


class may_round:  # noqa: N801  as above
    """Dependency of ``/durchgang/{round_id}/…``: somebody of the round who may do this, or 404, or 403."""

    def __init__(self, action: Action) -> None:
        self.action = action

    def __call__(self, round_id: str, account: SignedIn, db: Db) -> RoundScope:
        scope = round_scope(db, round_id, account)
        require(scope, self.action)
        return scope


def round_scope(db: Session, round_id: str, account: AccountScope) -> RoundScope:
    """The roles of somebody in a round; `NotFound` where there are none."""
    named = {"round": round_id, "account": account.account_id}
    municipality_id = db.execute(_MUNICIPALITY, {"round": round_id}).scalar()
    role = db.execute(_ROLE, {"municipality": municipality_id, "account": account.account_id}).scalar()
    moderates = db.execute(_MODERATES, named).first() is not None
    roles = frozenset({Role(role)} if role else ()) | frozenset({Role.MODERATOR} if moderates else ())
    if municipality_id is None or not roles:
        raise NotFound
    return RoundScope(round_id, str(municipality_id), roles, account)


def prove_reading(round_id: str, account: SignedIn, db: Db) -> ReadingScope:
    """Dependency of the result of a round: it was released, and to this person; else `NotFound`."""
    scope = round_scope(db, round_id, account)
    require(scope, Action.ROUND_RESULTS)
    if db.execute(_READS, {"round": round_id, "account": account.account_id}).first() is None:
        raise NotFound
    return ReadingScope(round_id, can_review=scope.may(Action.ROUND_COMMENTS))


def prove_share(share: str, db: Db) -> ReadingScope:
    """Dependency of ``/gemeinsam/{share}/…``: the link is known and its round released, or `NotFound`."""
    found = db.execute(_SHARED, {"digest": view_digest(share)}).scalar()
    if found is None:
        raise NotFound
    return ReadingScope(str(found))


def _released(table: type[RoundReader] | type[RoundLink]) -> object:
    return (ROUNDS.c.id == col(table.round_id)) & (ROUNDS.c.status == "released")


# Made once: they come before everything else on every page of a round.
_ROLE = select(col(Membership.role)).where(
    col(Membership.municipality_id) == bindparam("municipality"), col(Membership.account_id) == bindparam("account")
)
_MUNICIPALITY = select(ROUNDS.c.municipality_id).where(ROUNDS.c.id == bindparam("round"))
_MODERATES = select(col(RoundModerator.round_id)).where(
    col(RoundModerator.round_id) == bindparam("round"), col(RoundModerator.account_id) == bindparam("account")
)
_READS = (
    select(col(RoundReader.round_id))
    .join(ROUNDS, _released(RoundReader))  # type: ignore[arg-type]
    .where(col(RoundReader.round_id) == bindparam("round"), col(RoundReader.account_id) == bindparam("account"))
)
_SHARED = (
    select(col(RoundLink.round_id))
    .join(ROUNDS, _released(RoundLink))  # type: ignore[arg-type]
    .where(col(RoundLink.token_digest) == bindparam("digest"))
)

MayRead = Annotated[ReadingScope, Depends(prove_reading, scope="function")]
SharedReading = Annotated[ReadingScope, Depends(prove_share, scope="function")]
