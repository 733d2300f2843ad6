# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The log of acts (Verlauf): what coordinators, moderators and operators did, and when.

What people do who answer is never in it, and entering sheets of paper is not either: a time beside an answer would
tell whose it is (M7.9).
"""

from datetime import datetime
from uuid import uuid4

from sqlmodel import Session, col, delete, func, select

from app.permissions import AccountScope, MunicipalityScope, RoundScope
from app.tables.audits import AuditEntry

Acting = AccountScope | MunicipalityScope | RoundScope


def record(
    db: Session,
    by: Acting | None,
    action: str,
    now: datetime,
    *,
    municipality_id: str | None = None,
    round_id: str | None = None,
    **detail: str | int | bool,
) -> None:
    """Note one act: a verb with its object (`round.close`), who did it, and plain values about it.

    `by` None: the command line, or somebody who is not signed in yet. Municipality and round are taken from the scope
    where it has them.
    """
    account = by.account if isinstance(by, MunicipalityScope | RoundScope) else by
    db.add(
        AuditEntry(
            id=uuid4().hex,
            at=now,
            action=action,
            account_id=account.account_id if account else None,
            actor=account.name if account else "",
            municipality_id=municipality_id or getattr(by, "municipality_id", None),
            round_id=round_id or getattr(by, "round_id", None),
            detail=detail,
        )
    )


def delete_entries(db: Session, *, before: datetime, dry_run: bool = False) -> int:
    """Delete what is older (D-15); gives their number, also when only asked for it."""
    old = col(AuditEntry.at) < before
    number = db.exec(select(func.count()).select_from(AuditEntry).where(old)).one()
    if not dry_run:
        db.execute(delete(AuditEntry).where(old))
    return number
