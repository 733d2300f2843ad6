# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the operator of the instance does with accounts. Every act is noted in the log, without names."""

from datetime import date, datetime

from sqlmodel import Session, col, update

from app import audit
from app.accounts.actions import profile, second_factor
from app.accounts.actions.deleting import delete_account, keep_one_operator
from app.accounts.actions.inviting import Invited, invite
from app.accounts.actions.links import drop_links
from app.accounts.actions.sessions import end_all_sessions
from app.accounts.queries import Person, require_person
from app.errors import Conflict
from app.i18n import N_
from app.permissions import AccountScope, Action, require
from app.tables.people import Account


def found(db: Session, by: AccountScope, account_id: str) -> Person:
    """The account this is about; `NotAllowed` or `NotFound`."""
    require(by, Action.INSTANCE_ACCOUNTS)
    return require_person(db, account_id)


def invite_operator(
    db: Session, by: AccountScope | None, *, email: str, name: str, now: datetime, today: date
) -> Invited:
    """Somebody else runs the instance too; `by` None is the command line."""
    if by is not None:
        require(by, Action.INSTANCE_ACCOUNTS)
    # Links given before are for whoever was invited to less than this; sessions too.
    invited = invite(db, email=email, name=name, now=now, today=today, ends_others=True)
    if by is None or invited.account_id != by.account_id:
        end_all_sessions(db, invited.account_id)
    db.execute(update(Account).where(col(Account.id) == invited.account_id).values(is_operator=True))
    audit.record(db, by, "account.make_operator", now, account=invited.account_id)
    return invited


def disable(db: Session, by: AccountScope, account_id: str, now: datetime) -> Person:
    """Nobody signs in with this account any more, and who is in is out."""
    person = found(db, by, account_id)
    keep_one_operator(db, account_id)
    if account_id == by.account_id:
        raise Conflict(text=N_("Ihr eigenes Konto können Sie nicht sperren. Es wurde nichts geändert."))
    db.execute(update(Account).where(col(Account.id) == account_id).values(is_disabled=True))
    end_all_sessions(db, account_id)
    drop_links(db, account_id)
    audit.record(db, by, "account.disable", now, account=account_id)
    return person


def enable(db: Session, by: AccountScope, account_id: str, now: datetime) -> Person:
    """The account may be used again."""
    person = found(db, by, account_id)
    db.execute(update(Account).where(col(Account.id) == account_id).values(is_disabled=False))
    audit.record(db, by, "account.enable", now, account=account_id)
    return person


def sign_out_everywhere(db: Session, by: AccountScope, account_id: str, now: datetime) -> Person:
    """End all sessions of the account."""
    person = found(db, by, account_id)
    end_all_sessions(db, account_id)
    audit.record(db, by, "account.end_sessions", now, account=account_id)
    return person


def reset_second_factor(db: Session, by: AccountScope | None, account_id: str, now: datetime) -> None:
    """Take the second factor away and end all sessions; `by` None is the command line."""
    if by is not None:
        found(db, by, account_id)
    second_factor.take_away(db, account_id)
    end_all_sessions(db, account_id)
    audit.record(db, by, "account.reset_second_factor", now, account=account_id)


def fresh_link(db: Session, by: AccountScope | None, person: Person, now: datetime) -> tuple[str, str]:
    """A link to hand over: to set the account up, or to set a new password. Links given before work no more."""
    if by is not None:
        require(by, Action.INSTANCE_ACCOUNTS)
    drop_links(db, person.account_id)
    purpose, token = profile.reset_link(db, person, now)
    audit.record(db, by, "account.new_link", now, account=person.account_id)
    return purpose, token


def change_email(db: Session, by: AccountScope, account_id: str, email: str, now: datetime) -> Person:
    """Give the account another address; links sent to the former one work no more. The account as it was."""
    person = found(db, by, account_id)
    profile.change_email(db, account_id, email)
    audit.record(db, by, "account.change_email", now, account=account_id)
    return person


def delete_somebody(db: Session, by: AccountScope, account_id: str, now: datetime) -> Person:
    """Delete an account of somebody else; the account as it was."""
    person = found(db, by, account_id)
    delete_account(db, account_id)
    audit.record(db, by, "account.delete", now)
    return person
