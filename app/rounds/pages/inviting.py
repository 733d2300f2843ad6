# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Invite: the link and QR code of each group, a poster, codes for one participation as slips and as a table."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from app import i18n
from app.db import Db
from app.errors import Invalid, Problem
from app.i18n import N_, formats
from app.permissions import Action, RoundScope
from app.rounds.actions.tickets import make_tickets, void_tickets
from app.rounds.forms.joining import read_count
from app.rounds.queries.inviting import inviting_of, own_codes
from app.rounds.tickets import mail_merge, read_codes
from app.rounds.views.inviting import InvitePage, addresses_of, invite_page, poster_page, slips_page
from app.web.access import may_round
from app.web.bodies import Posted
from app.web.dependencies import ClockOf
from app.web.templating import language_of, render_page
from app.web.urls import absolute_url, url

router = APIRouter(prefix="/durchgang/{round_id}/einladen")

Inviter = Annotated[RoundScope, Depends(may_round(Action.ROUND_INVITE), scope="function")]
HEADINGS = (N_("Code"), N_("Adresse"), N_("Gültig bis"))


@router.get("")
def invite(request: Request, scope: Inviter, db: Db) -> Response:
    """All groups with their ways in."""
    return render_page(request, "rounds/invite.html", _page(request, scope, db))


@router.get("/{group_id}/plakat")
def poster(request: Request, group_id: str, scope: Inviter, db: Db) -> Response:
    """One group's link on one sheet."""
    found = inviting_of(db, scope)
    page = poster_page(found, found.group(group_id), absolute_url(request, "resume_form"), _address_of(request))
    return render_page(request, "rounds/poster.html", page)


@router.post("/{group_id}/codes")
def make_codes(request: Request, group_id: str, scope: Inviter, db: Db, posted: Posted, clock: ClockOf) -> Response:
    """New codes as slips, on a page that is shown once."""
    typed = str(posted.get("count", ""))
    count = read_count(typed)
    try:
        if isinstance(count, Problem):
            raise Invalid(count)
        codes = make_tickets(db, scope, group_id, count, now=clock.now())
    except Invalid as invalid:
        page = replace(_page(request, scope, db), sent_for=group_id, typed=typed, problems=_at(invalid, group_id))
        return render_page(request, "rounds/invite.html", page, status=422)
    found = inviting_of(db, scope)
    slips = slips_page(found, found.group(group_id), codes, absolute_url(request, "resume_form"), _address_of(request))
    return render_page(request, "rounds/slips.html", slips)


@router.post("/{group_id}/codes.csv")
def codes_as_table(request: Request, group_id: str, scope: Inviter, db: Db, posted: Posted) -> Response:
    """The codes of the page of slips, for a mail merge. We do not know them: the page sends them along."""
    found = inviting_of(db, scope)
    group = found.group(group_id)
    codes = own_codes(db, scope, group_id, read_codes(str(posted.get("codes", ""))))
    language = language_of(request)
    translate = i18n.translations(language).gettext
    until = formats.numeric_date(found.closes_on, language)
    table = mail_merge(addresses_of(codes, _address_of(request)), until, [translate(one) for one in HEADINGS])
    disposition = {"Content-Disposition": f'attachment; filename="codes-{group.key}.csv"'}
    return Response(table, media_type="text/csv", headers=disposition)


@router.post("/{group_id}/codes/ungueltig")
def void_codes(request: Request, group_id: str, scope: Inviter, db: Db, clock: ClockOf) -> Response:
    """Nobody begins with a code of this group any more that is still unused."""
    void_tickets(db, scope, group_id, now=clock.now())
    return RedirectResponse(f"{url(request, 'invite', round_id=scope.round_id)}#gruppe-{group_id}", 303)


def _page(request: Request, scope: RoundScope, db: Db) -> InvitePage:
    return invite_page(inviting_of(db, scope), absolute_url(request, "resume_form"), _address_of(request))


def _address_of(request: Request) -> Callable[[str], str]:
    return lambda code: absolute_url(request, "join_form", entry=code)


def _at(invalid: Invalid, group_id: str) -> tuple[Problem, ...]:
    """Each group has a form of its own, so its field is named after it."""
    return tuple(replace(problem, field=f"count-{group_id}") for problem in invalid.problems)
