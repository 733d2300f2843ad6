# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Change one's own name and address, and ask for a new password."""

from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, update

from app.accounts.actions.inviting import INVITE_DAYS, new_link
from app.accounts.actions.links import drop_links
from app.accounts.queries import Person
from app.errors import Invalid, Problem
from app.i18n import N_
from app.mail.addresses import address_key
from app.tables.people import Account, AccountLink
from app.tokens import digest, new_code

RESET_MINUTES = 60
EMAIL_CODE_MINUTES = 30


def rename(db: Session, account_id: str, name: str) -> None:
    """Call the person like this from now on; what is in the log of acts keeps the former name."""
    db.execute(update(Account).where(col(Account.id) == account_id).values(name=name))


def reset_link(db: Session, person: Person, now: datetime) -> tuple[str, str]:
    """A fresh link for somebody who cannot get in, and its purpose: a new password, or setting the account up."""
    if person.can_sign_in:
        return "reset", new_link(db, person.account_id, "reset", now + timedelta(minutes=RESET_MINUTES))
    return "invite", new_link(db, person.account_id, "invite", now + timedelta(days=INVITE_DAYS))


def change_email(db: Session, account_id: str, email: str) -> None:
    """Give the account another address, and end links sent to the former one; `Invalid` where it is somebody else's."""
    values = {"email": email, "email_key": address_key(email)}
    try:
        with db.begin_nested():
            db.execute(update(Account).where(col(Account.id) == account_id).values(**values))
    except IntegrityError:
        message = N_("Diese Adresse gehört schon zu einem anderen Konto. Bitte nehmen Sie eine andere.")
        raise Invalid(Problem("email", message)) from None
    drop_links(db, account_id)


def email_code(db: Session, account_id: str, email: str, now: datetime) -> str:
    """A code to be sent to the new address: who types it in can read what comes there.

    Without this anybody could take somebody else's address and be invited in their place. It is kept like a link, as
    the digest of code, account and address together, which no link can equal.
    """
    code = new_code()
    expires_at = now + timedelta(minutes=EMAIL_CODE_MINUTES)
    kept = AccountLink(
        digest=_bound(code, account_id, email), account_id=account_id, purpose="reset", expires_at=expires_at
    )
    db.add(kept)
    return code


def use_email_code(db: Session, account_id: str, email: str, code: str, now: datetime) -> bool:
    """Whether this code was sent to this address for this account, and works; now it is used."""
    used = delete(AccountLink).where(
        col(AccountLink.digest) == _bound(code, account_id, email), col(AccountLink.expires_at) > now
    )
    return db.execute(used.returning(col(AccountLink.digest))).scalar() is not None


def _bound(code: str, account_id: str, email: str) -> str:
    return digest(f"{code}:{account_id}:{address_key(email).encode().hex()}")
