# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`selbstcheck create-operator | reset-second-factor`: the first account of an instance, and a way back in.

No account exists by itself (X-14). Whoever may run commands on the server may run the instance.
"""

import argparse
from urllib.parse import urlsplit

from sqlmodel import Session

from app.accounts.actions.administration import fresh_link, invite_operator, reset_second_factor
from app.accounts.actions.inviting import INVITE_DAYS
from app.accounts.actions.profile import RESET_MINUTES
from app.accounts.forms import read_email
from app.accounts.queries import person_of, person_with_email
from app.clock import Clock
from app.commands import CommandError
from app.commands.instance import settings, writing
from app.errors import Problem

PATHS = {"invite": "einladung", "reset": "passwort"}


def create_operator(arguments: argparse.Namespace) -> None:
    """Make an account that runs the instance, or find it, and print a link that works once."""
    found, clock = settings(), Clock()
    base = _base(arguments.address or found.public_url)
    if isinstance(read_email(arguments.email), Problem):
        raise CommandError(f"{arguments.email}: this is no e-mail address")
    with writing(found) as db:
        name = arguments.name or arguments.email
        invited = invite_operator(db, None, email=arguments.email, name=name, now=clock.now(), today=clock.today())
        purpose, token = ("invite", invited.token) if invited.token else _new_link(db, invited.account_id, clock)
    lasts = f"{INVITE_DAYS} days" if purpose == "invite" else f"{RESET_MINUTES} minutes"
    if invited.known:
        print(f"There was an account with this address already: {invited.known}. Its sessions have ended.")
    print(f"{arguments.email} runs this instance. This link works once, for {lasts}:")
    print(f"{base}/{PATHS[purpose]}/{token}")


def reset_factor(arguments: argparse.Namespace) -> None:
    """Take the second factor of an account away; it is set up anew at the next sign-in."""
    with writing(settings()) as db:
        person = person_with_email(db, arguments.email)
        if person is None:
            raise CommandError(f"{arguments.email}: there is no account with this address")
        reset_second_factor(db, None, person.account_id, Clock().now())
    print(f"{arguments.email}: the second factor was taken away, all sessions have ended.")


def _new_link(db: Session, account_id: str, clock: Clock) -> tuple[str, str]:
    person = person_of(db, account_id)
    if person is None or person.is_disabled:
        raise CommandError("This account is locked. Another operator can unlock it at /verwaltung/konten.")
    return fresh_link(db, None, person, clock.now())


def _base(address: str) -> str:
    """The address of the instance; a link without one could not be opened."""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise CommandError("Set SELBSTCHECK_PUBLIC_URL, or give --address, for example http://localhost:8000")
    return address.rstrip("/")
