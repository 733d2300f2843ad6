# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The letters of a round, invitation and reminder: write, keep, look at what will arrive, send.

What was looked at travels in the form that sends it, so what goes out is what was seen, whatever was kept meanwhile.
"""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from app.db import Db
from app.errors import Invalid
from app.permissions import RoundScope
from app.rounds.actions.letters import keep_letter
from app.rounds.actions.mailing import send_invitations, send_reminders
from app.rounds.forms.mailing import Step, read_step, read_text
from app.rounds.letters import Occasion, problems_of
from app.rounds.pages.mailing import Inviter, back_to_mail, post_of
from app.rounds.queries.mailing import Mailing, mailing_of
from app.rounds.views.letters import (
    LetterPage,
    Post,
    letter_page,
    letters_for,
    previews_of,
    proposed,
    reply_to,
    text_of,
)
from app.settings import Settings
from app.web.bodies import Posted, fields_of
from app.web.dependencies import ClockOf, SettingsOf
from app.web.templating import render_page
from app.web.urls import url

router = APIRouter(prefix="/durchgang/{round_id}/mail")

Proposes = Annotated[int, Query(ge=0, le=1)]
_SEND = {"invitation": send_invitations, "reminder": send_reminders}
_LOOK = {"invitation": "invitation_preview", "reminder": "reminder_preview"}


@router.get("/einladung")
def invitation_letter(
    request: Request, scope: Inviter, db: Db, clock: ClockOf, settings: SettingsOf, vorschlag: Proposes = 0
) -> Response:
    """The text of the invitation, to be edited."""
    return _form(request, scope, db, clock, settings, "invitation", proposes=bool(vorschlag))


@router.get("/einladung/vorschau")
def invitation_preview(request: Request, scope: Inviter, db: Db, clock: ClockOf, settings: SettingsOf) -> Response:
    """How it will arrive, as it is kept."""
    return _preview(request, scope, db, clock, settings, "invitation")


@router.post("/einladung")
def send_invitation_letter(
    request: Request, scope: Inviter, db: Db, posted: Posted, clock: ClockOf, settings: SettingsOf
) -> Response:
    """Keep it, and then show how it will arrive, or send it."""
    return _step(request, scope, db, posted, clock, settings, "invitation")


@router.get("/erinnerung")
def reminder_letter(
    request: Request, scope: Inviter, db: Db, clock: ClockOf, settings: SettingsOf, vorschlag: Proposes = 0
) -> Response:
    """The text of the reminder, to be edited."""
    return _form(request, scope, db, clock, settings, "reminder", proposes=bool(vorschlag))


@router.get("/erinnerung/vorschau")
def reminder_preview(request: Request, scope: Inviter, db: Db, clock: ClockOf, settings: SettingsOf) -> Response:
    """As with the invitation."""
    return _preview(request, scope, db, clock, settings, "reminder")


@router.post("/erinnerung")
def send_reminder_letter(
    request: Request, scope: Inviter, db: Db, posted: Posted, clock: ClockOf, settings: SettingsOf
) -> Response:
    """As with the invitation."""
    return _step(request, scope, db, posted, clock, settings, "reminder")


def _form(
    request: Request,
    scope: RoundScope,
    db: Db,
    clock: ClockOf,
    settings: Settings,
    occasion: Occasion,
    *,
    proposes: bool,
) -> Response:
    post, found = post_of(request, scope, db, settings), mailing_of(db, scope)
    if not _can_write(found, post):
        return back_to_mail(request, scope)
    page = letter_page(found, post, occasion, proposed(found, occasion) if proposes else None, clock.today())
    return _show(request, replace(page, proposes=proposes and page.is_own))


def _preview(
    request: Request, scope: RoundScope, db: Db, clock: ClockOf, settings: Settings, occasion: Occasion
) -> Response:
    post, found = post_of(request, scope, db, settings), mailing_of(db, scope)
    if not _can_write(found, post):
        return back_to_mail(request, scope)
    page = letter_page(found, post, occasion, None, clock.today())
    return _show(request, replace(page, previews=previews_of(found, post, occasion, page.text)))


def _step(
    request: Request, scope: RoundScope, db: Db, posted: Posted, clock: ClockOf, settings: Settings, occasion: Occasion
) -> Response:
    """First it is kept: without a mistake nobody has to type it again."""
    post, found, fields = post_of(request, scope, db, settings), mailing_of(db, scope), fields_of(posted)
    if not post.sends:
        return back_to_mail(request, scope)
    text, step, known = read_text(fields), read_step(fields), fields.get("known")
    page = letter_page(found, post, occasion, text, clock.today())
    problems = problems_of(text)
    if problems:
        return _show(request, replace(page, problems=problems, known=page.known if known is None else known))
    try:
        keep_letter(db, scope, occasion, text, known, now=clock.now())
    except Invalid as invalid:
        return _show(request, replace(page, problems=invalid.problems, other=text_of(found, occasion)))
    if step != "send":
        return _kept(request, scope, step, occasion)
    letters, answers = letters_for(found, post, occasion, text), reply_to(found, post.contact)
    number = _SEND[occasion](db, scope, letters, answers, today=clock.today(), now=clock.now())
    return RedirectResponse(f"{url(request, 'round_mail', round_id=scope.round_id)}?unterwegs={number}", 303)


def _kept(request: Request, scope: RoundScope, step: Step, occasion: Occasion) -> Response:
    if step == "preview":
        return RedirectResponse(url(request, _LOOK[occasion], round_id=scope.round_id), 303)
    return RedirectResponse(f"{url(request, 'round_mail', round_id=scope.round_id)}?gespeichert=1", 303)


def _can_write(found: Mailing, post: Post) -> bool:
    return post.sends and found.round.can_invite


def _show(request: Request, page: LetterPage) -> Response:
    name = "rounds/mail_preview.html" if page.previews else "rounds/mail_letter.html"
    return render_page(request, name, page, status=422 if page.problems else 200)
