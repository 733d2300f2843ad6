# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sign-in with a password that was found right, and setting another one."""

from sqlmodel import Session, col, update

from app.accounts.actions.links import drop_links
from app.accounts.actions.sessions import end_all_sessions
from app.permissions import AccountScope
from app.tables.people import Account


def admit(db: Session, account_id: str, seen_hash: str, renewed_hash: str | None) -> bool:
    """Whether the password compared a moment ago is still that of an account that may sign in.

    Comparing takes long and happens before the transaction. A hash under older parameters is replaced on the way.
    """
    mine = update(Account).where(
        col(Account.id) == account_id, col(Account.password_hash) == seen_hash, col(Account.is_disabled).is_(False)
    )
    kept = mine.values(password_hash=renewed_hash or seen_hash)
    return db.execute(kept.returning(col(Account.id))).scalar() is not None


def change_password(db: Session, scope: AccountScope, password_hash: str) -> None:
    """Set one's own password; all other browsers are signed out, and links that were sent work no more."""
    db.execute(update(Account).where(col(Account.id) == scope.account_id).values(password_hash=password_hash))
    end_all_sessions(db, scope.account_id, except_digest=scope.session)
    drop_links(db, scope.account_id)
