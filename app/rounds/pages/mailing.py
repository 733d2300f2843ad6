# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Invite and remind by mail: addresses by group, and what became of the mail to them. Letters: `letters.py`."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from app.db import Db
from app.errors import Invalid, Problem
from app.permissions import Action, RoundScope
from app.rounds.actions.addresses import add_addresses, mend_address, remove_addresses, resend_failed
from app.rounds.forms.mailing import read_mended
from app.rounds.pasting import Pasted, read_addresses
from app.rounds.queries.mailing import addresses_of_group, contact_of, mailing_of
from app.rounds.views.letters import Post
from app.rounds.views.mailing import AddressesPage, mail_page
from app.settings import Settings
from app.web.access import may_round
from app.web.bodies import Posted, fields_of
from app.web.dependencies import ClockOf, SettingsOf
from app.web.templating import render_page
from app.web.urls import absolute_url, url

router = APIRouter(prefix="/durchgang/{round_id}/mail")

Inviter = Annotated[RoundScope, Depends(may_round(Action.ROUND_INVITE), scope="function")]
Number = Annotated[int | None, Query(ge=0, le=100_000)]


@router.get("")
def round_mail(
    request: Request,
    scope: Inviter,
    db: Db,
    clock: ClockOf,
    settings: SettingsOf,
    unterwegs: Number = None,
    gespeichert: Number = None,
) -> Response:
    """All groups with what became of the mail to them; without a mail server the text to copy."""
    page = mail_page(mailing_of(db, scope), post_of(request, scope, db, settings), clock.today())
    return render_page(request, "rounds/mail.html", replace(page, queued=unterwegs, is_kept=bool(gespeichert)))


@router.get("/adressen/{group_id}")
def group_addresses(
    request: Request,
    group_id: str,
    scope: Inviter,
    db: Db,
    settings: SettingsOf,
    neu: Number = None,
    bekannt: Number = None,
) -> Response:
    """The addresses of one group."""
    page = replace(_addresses(db, scope, group_id, settings), new=neu, known=bekannt or 0)
    return render_page(request, "rounds/mail_addresses.html", page)


@router.post("/adressen/{group_id}")
def add_group_addresses(
    request: Request, group_id: str, scope: Inviter, db: Db, posted: Posted, clock: ClockOf, settings: SettingsOf
) -> Response:
    """Add what was pasted; with a mistake in one line nothing is added, and everything stays in the form."""
    pasted = str(posted.get("addresses", ""))
    try:
        added = add_addresses(db, scope, group_id, _without_problems(pasted), now=clock.now())
    except Invalid as invalid:
        page = replace(_addresses(db, scope, group_id, settings), typed=pasted, problems=invalid.problems)
        return render_page(request, "rounds/mail_addresses.html", page, status=422)
    address = url(request, "group_addresses", round_id=scope.round_id, group_id=group_id)
    return RedirectResponse(f"{address}?neu={added.new}&bekannt={added.known}", 303)


@router.post("/adressen/{group_id}/entfernen")
def remove_group_addresses(
    request: Request, group_id: str, scope: Inviter, db: Db, posted: Posted, clock: ClockOf
) -> Response:
    """Forget those that were ticked."""
    remove_addresses(
        db, scope, [value for value in posted.getlist("address") if isinstance(value, str)], now=clock.now()
    )
    return RedirectResponse(url(request, "group_addresses", round_id=scope.round_id, group_id=group_id), 303)


@router.post("/adresse")
def settle_address(
    request: Request, scope: Inviter, db: Db, posted: Posted, clock: ClockOf, settings: SettingsOf
) -> Response:
    """Mend an address that mail did not reach, or remove it."""
    fields = fields_of(posted)
    invitee_id, email = fields.get("address", ""), fields.get("email", "")
    try:
        if fields.get("act") == "remove":
            remove_addresses(db, scope, [invitee_id], now=clock.now())
        else:
            mend_address(db, scope, invitee_id, _mended(email, invitee_id), now=clock.now())
    except Invalid as invalid:
        found, post = mailing_of(db, scope), post_of(request, scope, db, settings)
        page = mail_page(found, post, clock.today(), {invitee_id: email})
        return render_page(request, "rounds/mail.html", replace(page, problems=invalid.problems), status=422)
    return back_to_mail(request, scope)


@router.post("/noch-einmal")
def send_failed_again(request: Request, scope: Inviter, db: Db, clock: ClockOf) -> Response:
    """Try everything again that could not be sent."""
    resend_failed(db, scope, now=clock.now())
    return back_to_mail(request, scope)


def _addresses(db: Db, scope: RoundScope, group_id: str, settings: Settings) -> AddressesPage:
    found = mailing_of(db, scope)
    group = found.group(group_id)
    return AddressesPage(found.round, group, addresses_of_group(db, scope, group_id), settings.address_days)


def post_of(request: Request, scope: RoundScope, db: Db, settings: Settings) -> Post:
    return Post(
        contact=contact_of(db, scope),
        link=lambda code: absolute_url(request, "join_form", entry=code),
        privacy=absolute_url(request, "privacy"),
        address_days=settings.address_days,
        sender=settings.mail_from,
        sends=settings.sends_mail,
    )


def _without_problems(pasted: str) -> tuple[Pasted, ...]:
    found = read_addresses(pasted)
    problems = tuple(one for one in found if isinstance(one, Problem))
    if problems:
        raise Invalid(*problems)
    return tuple(one for one in found if isinstance(one, Pasted))


def _mended(email: str, invitee_id: str) -> str:
    address = read_mended(email, invitee_id)
    if isinstance(address, Problem):
        raise Invalid(address)
    return address


def back_to_mail(request: Request, scope: RoundScope) -> Response:
    return RedirectResponse(url(request, "round_mail", round_id=scope.round_id), 303)
