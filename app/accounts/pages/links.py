# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Links that work once: set up an account, set a new password; and the way to ask for such a link (N-05, X-16).

GET and HEAD only look: scanners of mail open links before people do.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from app.accounts.actions.letters import send_provider, send_reset
from app.accounts.actions.links import LinkOver, accept_invitation, reset_password
from app.accounts.actions.profile import reset_link
from app.accounts.forms import read_email, read_name, text
from app.accounts.oidc import name_of
from app.accounts.onward import Onward
from app.accounts.pages.entering import enter
from app.accounts.pages.notices import notify
from app.accounts.pages.proving import choose_for
from app.accounts.password_rules import known_words
from app.accounts.passwords import NewPassword
from app.accounts.queries import Person, person_with_email
from app.accounts.queries.belonging import municipality_names
from app.accounts.queries.links import holder_of
from app.accounts.views.signing_in import ForgotPage, LinkPage
from app.db import Db
from app.errors import Problem
from app.mail.addresses import address_key
from app.settings import Settings
from app.web.bodies import Posted
from app.web.dependencies import ClockOf, LimitsOf, SettingsOf
from app.web.templating import render_page
from app.web.urls import absolute_url, url

router = APIRouter()

ForInvitation = Annotated[NewPassword, Depends(choose_for("invite"), scope="function")]
ForReset = Annotated[NewPassword, Depends(choose_for("reset"), scope="function")]


@router.get("/einladung/{link}")
def invitation_form(request: Request, link: str, db: Db, clock: ClockOf, settings: SettingsOf) -> Response:
    """Name and password of somebody who was invited."""
    holder = _holder(db, link, "invite", clock)
    page = LinkPage(link, holder.email, holder.name, provider=name_of(settings))
    return render_page(request, "accounts/invitation.html", page)


@router.post("/einladung/{link}")
def accept(
    request: Request, link: str, chosen: ForInvitation, db: Db, posted: Posted, clock: ClockOf, settings: SettingsOf
) -> Response:
    """Set up the account, use the link up, sign in."""
    holder, typed = _holder(db, link, "invite", clock), text(posted, "name")
    name = read_name(typed)
    problem = _judged(db, chosen, holder, typed)
    if isinstance(name, Problem) or problem:
        problems = tuple(found for found in (name, problem) if isinstance(found, Problem))
        page = LinkPage(link, holder.email, typed, problems, name_of(settings))
        return render_page(request, "accounts/invitation.html", page, status=422)
    account_id = accept_invitation(db, link, name=name, password_hash=chosen.hash, now=clock.now())
    return enter(request, db, account_id, now=clock.now(), proved=False, onward=Onward())


@router.get("/passwort/{link}")
def reset_form(request: Request, link: str, db: Db, clock: ClockOf) -> Response:
    """A new password."""
    holder = _holder(db, link, "reset", clock)
    return render_page(request, "accounts/reset.html", LinkPage(link, holder.email))


@router.post("/passwort/{link}")
def reset(request: Request, link: str, chosen: ForReset, db: Db, clock: ClockOf) -> Response:
    """Set it, use the link up, sign out everywhere else; the second factor is still asked for."""
    holder = _holder(db, link, "reset", clock)
    if problem := _judged(db, chosen, holder, holder.name):
        page = LinkPage(link, holder.email, problems=(problem,))
        return render_page(request, "accounts/reset.html", page, status=422)
    account_id = reset_password(db, link, password_hash=chosen.hash, now=clock.now())
    notify(request, db, holder, "password")
    return enter(request, db, account_id, now=clock.now(), proved=False, onward=Onward())


@router.get("/anmelden/vergessen")
def forgot_form(request: Request, settings: SettingsOf) -> Response:
    """Ask for a link by mail, or read who can help."""
    return render_page(request, "accounts/forgot.html", ForgotPage(settings.sends_mail))


@router.post("/anmelden/vergessen")
def forgot(
    request: Request, db: Db, posted: Posted, clock: ClockOf, settings: SettingsOf, limits: LimitsOf
) -> Response:
    """Send a link if the address belongs to an account; the answer is the same if not."""
    typed = text(posted, "email")
    email = read_email(typed)
    if isinstance(email, Problem):
        page = ForgotPage(settings.sends_mail, typed, (email,))
        return render_page(request, "accounts/forgot.html", page, status=422)
    limits.count(request, "forgot")
    limits.count(request, "forgot", of=address_key(email))
    person = person_with_email(db, email)
    if settings.sends_mail and person and not person.is_disabled:
        _send(request, db, person, settings, clock)
    return RedirectResponse(url(request, "forgot_sent"), 303)


@router.get("/anmelden/vergessen/gesendet")
def forgot_sent(request: Request, settings: SettingsOf) -> Response:
    """What happens now."""
    return render_page(request, "accounts/forgot_sent.html", ForgotPage(settings.sends_mail))


def _send(request: Request, db: Db, person: Person, settings: Settings, clock: ClockOf) -> None:
    if person.has_oidc and not person.has_password:
        address = absolute_url(request, "sign_in_form")
        send_provider(
            db,
            recipient=person.email,
            name=person.name,
            provider=name_of(settings),
            address=address,
            now=clock.now(),
        )
        return
    purpose, token = reset_link(db, person, clock.now())
    address = absolute_url(request, "reset_form" if purpose == "reset" else "invitation_form", link=token)
    send_reset(db, recipient=person.email, name=person.name, address=address, now=clock.now())


def _holder(db: Db, link: str, purpose: str, clock: ClockOf) -> Person:
    holder = holder_of(db, link, purpose, clock.now())
    if holder is None:
        raise LinkOver
    return holder


def _judged(db: Db, chosen: NewPassword, holder: Person, name: str) -> Problem | None:
    about = (name, holder.email, *municipality_names(db, holder.account_id))
    return chosen.problem or known_words(chosen.typed, *about)
