# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything that is kept about one account, for the person whose it is (D-16, Art. 15 and 20 DSGVO).

Secrets (the hash of the password, the secret of the second factor, digests) are named as present, not handed out.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from app.accounts.queries.belonging import recovery_codes_left
from app.permissions import AccountScope
from app.tables.audits import AuditEntry
from app.tables.mails import Mail
from app.tables.municipalities import Membership, Municipality
from app.tables.people import Account, AccountLink, AccountSession
from app.tables.rounds import ROUNDS, RoundModerator, RoundReader

Plain = dict[str, Any]


def everything_about(db: Session, scope: AccountScope) -> Plain:
    """All of it as plain values, ready for JSON."""
    account_id = scope.account_id
    account = db.execute(select(Account).where(col(Account.id) == account_id)).scalar_one()
    return {
        "account": _account(account, recovery_codes_left(db, account_id)),
        "sessions": _rows(db, _SESSIONS.where(col(AccountSession.account_id) == account_id)),
        "links": _rows(db, _LINKS.where(col(AccountLink.account_id) == account_id)),
        "memberships": _rows(db, _MEMBERSHIPS.where(col(Membership.account_id) == account_id)),
        "moderates": _rows(db, _of_rounds(RoundModerator, account_id)),
        "reads": _rows(db, _of_rounds(RoundReader, account_id)),
        "acts": _rows(db, _ACTS.where(col(AuditEntry.account_id) == account_id)),
        "mails": _rows(db, _MAILS.where(col(Mail.recipient) == account.email, col(Mail.round_id).is_(None))),
    }


def _account(account: Account, recovery_codes: int) -> Plain:
    return {
        "id": account.id,
        "name": account.name,
        "email": account.email,
        "is_operator": account.is_operator,
        "has_password": account.password_hash is not None,
        "has_second_factor": account.totp_confirmed,
        "recovery_codes_left": recovery_codes,
        "openid_issuer": account.oidc_issuer,
        "openid_subject": account.oidc_subject,
        "created_on": account.created_on.isoformat(),
        "last_sign_in_on": account.seen_on.isoformat(),
    }


def _rows(db: Session, query: Select[Any]) -> list[Plain]:
    return [dict(_plain(row._mapping.items())) for row in db.execute(query)]


def _plain(pairs: Iterable[tuple[Any, Any]]) -> Iterable[tuple[str, Any]]:
    for name, value in pairs:
        yield str(name), value.isoformat() if isinstance(value, date | datetime) else value


def _of_rounds(table: type[RoundModerator] | type[RoundReader], account_id: str) -> Select[Any]:
    return (
        select(ROUNDS.c.title.label("round"), ROUNDS.c.municipality_name.label("municipality"))
        .join(table, col(table.round_id) == ROUNDS.c.id)
        .where(col(table.account_id) == account_id)
        .order_by(ROUNDS.c.title)
    )


_SESSIONS: Any = select(
    col(AccountSession.started_at), col(AccountSession.seen_at), col(AccountSession.proved_at)
).order_by(col(AccountSession.started_at))
_LINKS: Any = select(col(AccountLink.purpose), col(AccountLink.expires_at)).order_by(col(AccountLink.expires_at))
_MEMBERSHIPS: Any = (
    select(col(Municipality.name).label("municipality"), col(Membership.role))
    .join(Municipality, col(Municipality.id) == col(Membership.municipality_id))
    .order_by(col(Municipality.name))
)
_ACTS: Any = (
    select(
        col(AuditEntry.at),
        col(AuditEntry.action),
        col(AuditEntry.actor),
        col(Municipality.name).label("municipality"),
        ROUNDS.c.title.label("round"),
        col(AuditEntry.detail),
    )
    .outerjoin(Municipality, col(Municipality.id) == col(AuditEntry.municipality_id))
    .outerjoin(ROUNDS, ROUNDS.c.id == col(AuditEntry.round_id))
    .order_by(col(AuditEntry.at))
)
_MAILS: Any = select(
    col(Mail.created_at), col(Mail.kind), col(Mail.subject), col(Mail.body), col(Mail.status)
).order_by(col(Mail.created_at))
