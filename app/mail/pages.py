# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/verwaltung/mail`: whether mail leaves this server, a test, and what could not be sent (N-07, N-09)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from app.db import Db
from app.errors import Problem
from app.mail.actions import discard, retry, send_trial
from app.mail.forms import read_act, read_recipient
from app.mail.queries import own_address, queue_of
from app.mail.views import mail_page
from app.permissions import AccountScope, Action
from app.web.access import may_instance
from app.web.bodies import Posted
from app.web.dependencies import ClockOf, SettingsOf
from app.web.templating import render_page
from app.web.urls import url

router = APIRouter(prefix="/verwaltung/mail")

Operating = Annotated[AccountScope, Depends(may_instance(Action.INSTANCE_MAIL), scope="function")]
ACTS = {"retry": retry, "discard": discard}


@router.get("")
def mail_queue(request: Request, scope: Operating, db: Db, settings: SettingsOf) -> Response:
    """The relay as it is set up, and the queue."""
    page = mail_page(settings, queue_of(db, scope), own_address(db, scope))
    return render_page(request, "mail/queue.html", page)


@router.post("/probe")
def test_mail(
    request: Request, scope: Operating, db: Db, posted: Posted, clock: ClockOf, settings: SettingsOf
) -> Response:
    """Put a test message into the queue; what became of it stands on the page afterwards."""
    typed = str(posted.get("recipient", ""))
    recipient = read_recipient(typed)
    if isinstance(recipient, Problem):
        page = mail_page(settings, queue_of(db, scope), typed, (recipient,))
        return render_page(request, "mail/queue.html", page, status=422)
    if settings.sends_mail:
        send_trial(db, scope, recipient, now=clock.now())
    return RedirectResponse(f"{url(request, 'mail_queue')}#probe", 303)


@router.post("/fehlgeschlagen")
def failed_mail(request: Request, scope: Operating, db: Db, posted: Posted, clock: ClockOf) -> Response:
    """Try again or discard, one or all."""
    act, mail_id = read_act(posted)
    if act:
        ACTS[act](db, scope, mail_id, now=clock.now())
    return RedirectResponse(f"{url(request, 'mail_queue')}#fehlgeschlagen", 303)
