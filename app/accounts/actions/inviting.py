# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accounts by invitation: found or made, with a link that works once (N-05, X-16), and the letter that tells it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app import tokens
from app.accounts.actions.links import drop_links
from app.accounts.queries import Person, person_with_email
from app.mail.actions import enqueue
from app.mail.addresses import address_key
from app.tables.people import Account, AccountLink

INVITE_DAYS = 7


@dataclass(frozen=True, slots=True)
class Invited:
    """The account that was found or made; `token` for ``/einladung/{link}`` if it cannot sign in yet.

    `known`: what the account is called that was there already; whoever invites has to see whose it is.
    """

    account_id: str
    token: str | None
    known: str = ""


def invite(db: Session, *, email: str, name: str, now: datetime, today: date, ends_others: bool = False) -> Invited:
    """The account with this address, made if there is none; whoever cannot sign in yet gets a link.

    A link sent before goes on working until its time is over: more than one municipality may invite somebody.
    `ends_others`: it does not, because people hand links over themselves. Whoever did that before could use theirs to
    come in with what the account may do from now on.
    """
    known = person_with_email(db, email)
    person = known or _add(db, email, name, today)
    if ends_others:
        drop_links(db, person.account_id)
    token = None
    if not person.can_sign_in and not person.is_disabled:
        token = new_link(db, person.account_id, "invite", now + timedelta(days=INVITE_DAYS))
    return Invited(person.account_id, token, known.name if known else "")


def new_link(db: Session, account_id: str, purpose: str, expires_at: datetime) -> str:
    """A link for this account; the part of its address that nobody can guess."""
    token = tokens.new_token()
    db.add(AccountLink(digest=tokens.view_digest(token), account_id=account_id, purpose=purpose, expires_at=expires_at))
    return token


def send_invitation(
    db: Session, *, recipient: str, name: str, what: str, address: str, is_new: bool, by: str, now: datetime
) -> None:
    """Put the letter into the queue. `what`: a sentence on what the person is invited to; `by`: who invites.

    `address`: the full address of the link, or, for people who have an account already, of the page to go to.
    """
    way = _NEW if is_new else _KNOWN
    body = _BODY.format(name=name or recipient, by=by, what=what, way=way.format(address=address, days=INVITE_DAYS))

    enqueue(db, kind="invite", recipient=recipient, subject=_SUBJECT, body=body, now=now)


def _add(db: Session, email: str, name: str, today: date) -> Person:
    account = Account(
        id=uuid4().hex, email=email.strip(), email_key=address_key(email), name=name, created_on=today, seen_on=today
    )
    try:
        with db.begin_nested():
            db.add(account)
    except IntegrityError:  # somebody else invited the same address at this moment
        pass
    found = person_with_email(db, email)
    assert found is not None  # noqa: S101  one of the two has made it
    return found


_SUBJECT = "Einladung zum Selbstcheck Weltoffene Kommune"
_BODY = """\
Guten Tag {name},

{by} hat Sie zum Selbstcheck Weltoffene Kommune eingeladen.
{what}

{way}

Sie kennen die Einladung nicht? Dann brauchen Sie nichts zu tun.
"""
_NEW = """\
Bitte richten Sie Ihr Konto ein. Öffnen Sie dazu diese Adresse:

{address}

Der Link gilt {days} Tage und funktioniert einmal. Geben Sie ihn nicht weiter."""
_KNOWN = """\
Sie haben schon ein Konto. Melden Sie sich wie gewohnt an:

{address}"""
