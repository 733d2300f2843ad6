# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Passwords that were typed, compared or hashed before the transaction begins.

These dependencies stand before ``db`` in a route: a hash takes a third of a second, and on the embedded database
a request that writes keeps all others waiting. They read what they need in a short session of their own.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from app.accounts.actions.links import LinkOver
from app.accounts.forms import secret, text
from app.accounts.passwords import NewPassword, Passwords
from app.accounts.queries.credentials import Credentials, credentials_in, credentials_of
from app.accounts.queries.links import holder_of
from app.db import Database
from app.errors import Problem
from app.i18n import N_
from app.mail.addresses import address_key
from app.tokens import digest
from app.web.bodies import Posted
from app.web.dependencies import ClockOf, LimitsOf
from app.web.logging import record
from app.web.session import require_safe_connection
from app.web.staff_session import session_token

FRESH = timedelta(minutes=15)
"""So long after signing in, whoever has no password here need not sign in again for an essential change."""
_FIELD = "current_password"


@dataclass(frozen=True, slots=True)
class Tried:
    """Address and password that somebody signs in with; `found` only where they belong together."""

    email: str
    found: Credentials | None = None
    renewed_hash: str | None = field(default=None, repr=False)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Again:
    """Whether the person proved once more who they are (CON.10.A12). `asks`: a password is what they prove it with."""

    asks: bool
    problems: tuple[Problem, ...] = ()


def passwords_of(request: Request) -> Passwords:
    """The one place of this app where passwords are compared and hashed."""
    passwords: Passwords = request.app.state.passwords
    return passwords


async def try_credentials(request: Request, posted: Posted, limits: LimitsOf) -> Tried:
    """Dependency: the same answer, after the same time, for an unknown address and a wrong password."""
    require_safe_connection(request)
    email, password = text(posted, "email"), secret(posted, "password")
    if not email or not password:
        return Tried(email, problems=_missing(email, password))

    def allowed() -> None:
        limits.require(request, "failed_sign_in")
        limits.require(request, "failed_for_account", of=address_key(email))

    allowed()
    found = await _read(request, credentials_of, email)
    verdict = await passwords_of(request).verify(password, found.password_hash if found else None, allowed)
    if found and verdict.is_right:
        return Tried(email, found, verdict.renewed_hash)
    wrong(request, limits, address_key(email))
    return Tried(email, problems=(Problem("email", _WRONG),))


async def ask_again(request: Request, posted: Posted, clock: ClockOf, limits: LimitsOf) -> Again:
    """Dependency: the password again, or a sign-in that was just now for those who have none here."""
    found = await _in_session(request)
    if found is None:
        return Again(asks=True, problems=(Problem(_FIELD, _AGAIN),))  # the guard of the route says what to do
    if found.password_hash is None:
        is_fresh = found.started_at is not None and clock.now() - found.started_at <= FRESH
        return Again(asks=False, problems=() if is_fresh else (Problem("main", _SIGN_IN_AGAIN),))
    password, account = secret(posted, _FIELD), found.email_key
    if not password:
        return Again(asks=True, problems=(Problem(_FIELD, _AGAIN),))

    def allowed() -> None:
        limits.require(request, "failed_for_account", of=account)

    if (await passwords_of(request).verify(password, found.password_hash, allowed)).is_right:
        return Again(asks=True)
    wrong(request, limits, found.email_key)
    return Again(asks=True, problems=(Problem(_FIELD, _NOT_YOURS),))


async def asks_again(request: Request) -> bool:
    """Dependency of a page with such a form: whether it has a field for the password."""
    found = await _in_session(request)
    return found is None or found.password_hash is not None


async def choose(request: Request, posted: Posted) -> NewPassword:
    """Dependency: the new password of somebody who is signed in."""
    if await _in_session(request) is None:
        return NewPassword("")  # the guard of the route refuses
    return await passwords_of(request).prepare(secret(posted, "new_password"))


class choose_for:  # noqa: N801  reads like a word in a route's annotation
    """Dependency: the new password of somebody who holds a link that works; nobody else makes us hash."""

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose

    async def __call__(
        self, request: Request, link: str, posted: Posted, clock: ClockOf, limits: LimitsOf
    ) -> NewPassword:
        require_safe_connection(request)
        if await _read(request, holder_of, link, self.purpose, clock.now()) is None:
            limits.count(request, "link")
            record("link_refused", purpose=self.purpose)
            raise LinkOver
        return await passwords_of(request).prepare(secret(posted, "new_password"))


def wrong(request: Request, limits: LimitsOf, of: str) -> None:
    """Count and log a wrong password or code; `TooMany` when it was one too many."""
    record("sign_in_failed", route=str(getattr(request.scope.get("route"), "path", "-")))
    limits.count(request, "failed_sign_in")
    limits.count(request, "failed_for_account", of=of)


async def _in_session(request: Request) -> Credentials | None:
    token = session_token(request)
    found: Credentials | None = await _read(request, credentials_in, digest(token)) if token else None
    return found


async def _read(request: Request, query: Any, *values: object) -> Any:
    database: Database = request.app.state.database
    async with database.request_session(write=False) as db:
        return await run_in_threadpool(query, db, *values)


def _missing(email: str, password: str) -> tuple[Problem, ...]:
    problems = []
    if not email:
        problems.append(Problem("email", N_("Bitte geben Sie Ihre E-Mail-Adresse ein.")))
    if not password:
        problems.append(Problem("password", N_("Bitte geben Sie Ihr Passwort ein.")))
    return tuple(problems)


_WRONG = N_(
    "E-Mail-Adresse oder Passwort stimmen nicht. Bitte prüfen Sie beides, oder legen Sie ein neues Passwort fest."
)
_AGAIN = N_("Bitte geben Sie zur Sicherheit Ihr jetziges Passwort ein.")
_NOT_YOURS = N_("Dieses Passwort stimmt nicht. Bitte geben Sie das Passwort ein, mit dem Sie sich jetzt anmelden.")
_SIGN_IN_AGAIN = N_(
    "Ihre Anmeldung ist schon eine Weile her. Bitte melden Sie sich zur Sicherheit ab und neu an, dann geht es hier "
    "weiter."
)

TriedOf = Annotated[Tried, Depends(try_credentials, scope="function")]
AgainOf = Annotated[Again, Depends(ask_again, scope="function")]
AsksAgain = Annotated[bool, Depends(asks_again, scope="function")]
Chosen = Annotated[NewPassword, Depends(choose, scope="function")]
