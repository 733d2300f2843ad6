# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Delete an account (D-16): it and everything that hangs on it goes; the log keeps the acts and loses the name."""

from sqlalchemy import select
from sqlmodel import Session, col, delete, update

from app.accounts.queries.belonging import is_last_operator
from app.errors import Conflict
from app.i18n import N_
from app.tables.audits import AuditEntry
from app.tables.mails import Mail
from app.tables.people import Account


def delete_account(db: Session, account_id: str) -> None:
    """Delete it with its roles, sessions, links and mails; `Conflict` for the last operator of the instance."""
    keep_one_operator(db, account_id)
    anonymous = {"account_id": None, "actor": ""}
    db.execute(update(AuditEntry).where(col(AuditEntry.account_id) == account_id).values(**anonymous))
    mails = delete(Mail).where(
        col(Mail.round_id).is_(None),
        col(Mail.recipient).in_(select(col(Account.email)).where(col(Account.id) == account_id)),
    )
    db.execute(mails)
    db.execute(delete(Account).where(col(Account.id) == account_id))


def keep_one_operator(db: Session, account_id: str) -> None:
    """`Conflict` if nobody could run the instance without this account; operators wait for each other here."""
    db.execute(_OPERATORS).all()
    if is_last_operator(db, account_id):
        raise Conflict(
            title=N_("Das ist das letzte Konto, das diese Instanz verwaltet"),
            text=N_("Ohne dieses Konto könnte niemand mehr Kommunen und Konten anlegen. Es wurde nichts geändert."),
            help=N_("Laden Sie zuerst eine weitere Person für die Verwaltung ein. Danach geht es hier weiter."),
        )


_OPERATORS = select(col(Account.id)).where(col(Account.is_operator)).order_by(col(Account.id)).with_for_update()
