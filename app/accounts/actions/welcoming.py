# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""How somebody who is invited gets in, to a municipality or to a round: by mail, or by a link that is handed over.

A link that opens an account is sent or shown once and never kept. Where it is shown, whoever sees it could use it, so
nobody is shown one to an account that opens more than what they invite to (X-19).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from app.accounts.actions.inviting import invite, send_invitation
from app.accounts.actions.links import drop_links
from app.accounts.queries import person_with_email


@dataclass(frozen=True, slots=True)
class Ways:
    """How people get in: the address for a link's token, that of the page they are invited to; whether mail is sent."""

    link: Callable[[str], str]
    page: str
    sends: bool


@dataclass(frozen=True, slots=True)
class Welcomed:
    """Somebody was invited. `link` has to be handed over, once; `sent`: a letter is on its way.

    Neither: the person has an account already, or, `waits`, one that only the operator gives a link for. `known`: what
    the account is called that was there already, so that whoever invites sees whose it is.
    """

    email: str
    link: str = ""
    sent: bool = False
    waits: bool = False
    known: str = ""


def welcome(
    db: Session,
    *,
    email: str,
    name: str,
    what: str,
    by: str,
    ways: Ways,
    opens_more: Callable[[str], bool],
    grants: bool,
    today: date,
    now: datetime,
) -> tuple[str, Welcomed]:
    """The account with this address, made if there is none, and what to tell who invites.

    `what`: a sentence on what the person is invited to; `by`: the name of who invites. `opens_more`: whether an
    account, by its id, is the key to anything else. `grants`: the account may do more from now on. Where links are
    handed over, one that somebody else holds ends then: it would open this too.
    """
    waiting = None if ways.sends else person_with_email(db, email)
    if waiting and not waiting.can_sign_in and opens_more(waiting.account_id):
        if grants:
            drop_links(db, waiting.account_id)
        return waiting.account_id, Welcomed(email, waits=True, known=waiting.name)
    invited = invite(db, email=email, name=name, now=now, today=today, ends_others=not ways.sends)
    link = ways.link(invited.token) if invited.token else ""
    if not ways.sends:
        return invited.account_id, Welcomed(email, link, known=invited.known)
    address = link or ways.page
    send_invitation(db, recipient=email, name=name, what=what, address=address, is_new=bool(link), by=by, now=now)
    return invited.account_id, Welcomed(email, sent=True, known="" if link else invited.known)
