# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Use a link that works once (N-05, X-16): set up an account, or set a new password. Only this uses it up."""

from datetime import datetime
from typing import ClassVar

from sqlmodel import Session, col, delete, update

from app.accounts.actions.sessions import end_all_sessions
from app.errors import AppError, Offer
from app.i18n import N_
from app.tables.people import Account, AccountLink
from app.tokens import is_token, view_digest


class LinkOver(AppError):  # noqa: N818  named like what the page says
    """410: the link was used, or its time is over, or it never was one; they look alike."""

    status: ClassVar[int] = 410
    key: ClassVar[str] = "link_over"
    title = N_("Dieser Link gilt nicht mehr")
    text = N_("Er wurde schon benutzt, ist abgelaufen oder unvollständig kopiert. Es wurde nichts geändert.")
    help = N_(
        "Haben Sie schon ein Passwort? Dann melden Sie sich an. Sonst bitten Sie um einen neuen Link: dort, wo Sie "
        "eingeladen wurden, oder auf der Anmeldeseite unter „Passwort vergessen“."
    )
    offer: Offer = "sign_in"


def accept_invitation(db: Session, token: str, *, name: str, password_hash: str, now: datetime) -> str:
    """Set up the account that was invited, and give its id; `LinkOver` for everybody who comes second."""
    account_id = _use(db, token, "invite", now)
    _set(db, account_id, name=name, password_hash=password_hash)
    return account_id


def reset_password(db: Session, token: str, *, password_hash: str, now: datetime) -> str:
    """Give the account a new password and sign it out everywhere; the second factor stays. Gives its id."""
    account_id = _use(db, token, "reset", now)
    _set(db, account_id, password_hash=password_hash)
    end_all_sessions(db, account_id)
    return account_id


def drop_links(db: Session, account_id: str) -> None:
    """No link of this account works any more."""
    db.execute(delete(AccountLink).where(col(AccountLink.account_id) == account_id))


def _use(db: Session, token: str, purpose: str, now: datetime) -> str:
    """Use the link up. The database lets one request delete the row, however many try at once."""
    if not is_token(token):
        raise LinkOver
    used = (
        delete(AccountLink)
        .where(
            col(AccountLink.digest) == view_digest(token),
            col(AccountLink.purpose) == purpose,
            col(AccountLink.expires_at) > now,
        )
        .returning(col(AccountLink.account_id))
    )
    account_id = db.execute(used).scalar()
    if account_id is None:
        raise LinkOver
    drop_links(db, account_id)
    return str(account_id)


def _set(db: Session, account_id: str, **values: str) -> None:
    mine = update(Account).where(col(Account.id) == account_id, col(Account.is_disabled).is_(False))
    if db.execute(mine.values(**values).returning(col(Account.id))).scalar() is None:
        raise LinkOver
