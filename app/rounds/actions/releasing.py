# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Release the frozen result to chosen people: accounts of the municipality and of moderators, and links for others."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import uuid4

from sqlmodel import Session, col, delete, select

from app import audit, tokens
from app.errors import NotFound
from app.permissions import Action, RoundScope, require
from app.rounds.actions.locking import change_round, lock_round
from app.rounds.queries.closing import candidates_of
from app.tables.rounds import GROUP_TITLE_LENGTH, RoundLink, RoundReader


def release_round(db: Session, scope: RoundScope, readers: Iterable[str], *, today: date, now: datetime) -> None:
    """Let the chosen accounts read the result, and whoever releases it. From then on it cannot be opened again.

    `RoundChanged` unless it is closed and not released yet; `NotFound` for an account outside the round.
    """
    require(scope, Action.ROUND_RELEASE)
    lock_round(db, scope, "closed")
    change_round(db, scope, now, status="released", released_on=today)
    count = _set_readers(db, scope, {*readers, scope.account.account_id})
    audit.record(db, scope, "round.release", now, readers=count)


def set_readers(db: Session, scope: RoundScope, readers: Iterable[str], *, now: datetime) -> None:
    """Change to whom a released result is shown; whoever changes it stays a reader."""
    require(scope, Action.ROUND_RELEASE)
    lock_round(db, scope, "released")
    count = _set_readers(db, scope, {*readers, scope.account.account_id})
    change_round(db, scope, now)
    audit.record(db, scope, "round.readers", now, readers=count)


def add_link(db: Session, scope: RoundScope, label: str, *, today: date, now: datetime) -> str:
    """A link for people without an account; gives its token, which is kept as a digest only."""
    require(scope, Action.ROUND_RELEASE)
    lock_round(db, scope, "released")
    token = tokens.view_token(tokens.new_code())
    link = RoundLink(
        id=uuid4().hex,
        round_id=scope.round_id,
        label=label[:GROUP_TITLE_LENGTH],
        token_digest=tokens.view_digest(token),
        created_on=today,
    )
    db.add(link)
    change_round(db, scope, now)
    audit.record(db, scope, "round.link", now, label=link.label)
    return token


def remove_link(db: Session, scope: RoundScope, link_id: str, *, now: datetime) -> None:
    """End a link at once; `NotFound` for one of another round."""
    require(scope, Action.ROUND_RELEASE)
    mine = (col(RoundLink.id) == link_id, col(RoundLink.round_id) == scope.round_id)
    label = db.exec(select(RoundLink.label).where(*mine)).first()
    if label is None:
        raise NotFound
    db.execute(delete(RoundLink).where(*mine))
    change_round(db, scope, now)
    audit.record(db, scope, "round.unlink", now, label=label)


def _set_readers(db: Session, scope: RoundScope, wanted: set[str]) -> int:
    """The readers become exactly these; how many they are."""
    if not wanted <= {one.account_id for one in candidates_of(db, scope)}:
        raise NotFound
    db.execute(delete(RoundReader).where(col(RoundReader.round_id) == scope.round_id))
    db.add_all(RoundReader(round_id=scope.round_id, account_id=account) for account in sorted(wanted))
    return len(wanted)
