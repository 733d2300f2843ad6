# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`selbstcheck mail send | test`: send what is due, for cron; try the relay by hand."""

import argparse
from contextlib import closing
from uuid import uuid4

from app.clock import Clock
from app.commands import CommandError
from app.commands.instance import database_errors, require_current, settings
from app.db import Database
from app.mail.addresses import is_address
from app.mail.courier import Courier
from app.mail.faults import command_words
from app.mail.message import Letter
from app.mail.relay import Relay
from app.settings import Settings


def send(_arguments: argparse.Namespace) -> None:
    """Send what is due, as far as the minute allows; the server does the same every few seconds."""
    found = _settings()
    with database_errors(), closing(Database(found.database_url)) as database:
        require_current(database)
        carried = Courier(database, found, Clock()).carry()
    print(f"sent: {carried.sent}, to be tried again: {carried.queued}, failed: {carried.failed}")
    if carried.fault:
        raise CommandError(f"{found.smtp_host}: {command_words(carried.fault)}")


def test(arguments: argparse.Namespace) -> None:
    """Send one message past the queue and say what the relay said."""
    found = _settings()
    if not is_address(arguments.address):
        raise CommandError(f"{arguments.address}: this is no e-mail address")
    letter = Letter(uuid4().hex, arguments.address, "Probe vom Selbstcheck", "Das ist eine Probe.")
    with Relay(found) as relay:
        outcome = relay.send(letter, Clock().now())
    if outcome.kind != "sent":
        said = [f"The relay said: {outcome.said}"] if outcome.said else []
        raise CommandError(f"{found.smtp_host}: {command_words(outcome.fault)}", *said)
    print(f"{found.smtp_host} took a message to {arguments.address}.")


def _settings() -> Settings:
    found = settings()
    if not found.sends_mail:
        raise CommandError("Set SELBSTCHECK_SMTP_HOST and SELBSTCHECK_MAIL_FROM to send mail.")
    return found
