# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tell the person by mail that something essential was changed, where there is a mail server (CON.10.A12)."""

from fastapi import Request

from app.accounts.actions.letters import Change, send_notice
from app.accounts.queries import Person
from app.clock import Clock
from app.db import Db
from app.settings import Settings


def notify(request: Request, db: Db, person: Person | None, change: Change, *, to: str = "") -> None:
    """A letter to the address of the account, or to `to`; without a mail server nothing."""
    settings: Settings = request.app.state.settings
    clock: Clock = request.app.state.clock
    if person is None or not settings.sends_mail:
        return
    send_notice(
        db,
        recipient=to or person.email,
        name=person.name,
        change=change,
        contact=settings.operator_email,
        now=clock.now(),
    )
