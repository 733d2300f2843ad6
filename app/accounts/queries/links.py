# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Links that work once: whose they are, as long as they work. Looking changes nothing (N-05)."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from app.accounts.queries.people import Person, person_of
from app.tables.people import AccountLink
from app.tokens import is_token, view_digest


def holder_of(db: Session, token: str, purpose: str, now: datetime) -> Person | None:
    """The account that this link is for, if it works: known, not used, not over, the account not disabled."""
    if not is_token(token):
        return None
    found = select(col(AccountLink.account_id)).where(
        col(AccountLink.digest) == view_digest(token),
        col(AccountLink.purpose) == purpose,
        col(AccountLink.expires_at) > now,
    )
    account_id = db.execute(found).scalar()
    person = person_of(db, account_id) if account_id else None
    return None if person is None or person.is_disabled else person
