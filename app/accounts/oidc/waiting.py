# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What routes ask of the provider, as dependencies that come before ``Db``: while one waits for the network, no
transaction is open (on SQLite it would keep everybody else from writing).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from app.accounts.actions.oidc import UnderWay, take_login
from app.accounts.oidc.claims import Departure, Ended, Identity
from app.accounts.oidc.cookie import require_state
from app.accounts.oidc.faults import LogoutRefused, ProviderAway, TokenRefused
from app.db import Database
from app.errors import NotFound
from app.web.bodies import Posted, fields_of
from app.web.dependencies import ClockOf, LimitsOf
from app.web.logging import record
from app.web.urls import absolute_url

if TYPE_CHECKING:
    from app.accounts.oidc.provider import Provider


@dataclass(frozen=True, slots=True)
class Arrived:
    """Somebody whom the provider has signed in for a sign-in that this browser began; `back`: where to go on."""

    identity: Identity
    back: str


# async: it only looks into a dictionary; a sync dependency would get a thread.
async def has_provider(request: Request) -> None:
    """Dependency: `NotFound` on an instance without provider."""
    _provider(request)


def departure(request: Request, clock: ClockOf, limits: LimitsOf) -> Departure:
    """Dependency: a new way to the provider."""
    provider = _provider(request)
    limits.count(request, "oidc")
    with _telling():
        return provider.departure(absolute_url(request, "oidc_return"), clock.now())


async def arrived(request: Request, posted: Posted, clock: ClockOf) -> Arrived:
    """Dependency: who came back. The sign-in is used up in a transaction of its own, whatever the provider says."""
    provider, now = _provider(request), clock.now()
    reply = fields_of(posted)
    require_state(request, reply.get("state", ""))
    under_way = await _taken(request, reply["state"], now)
    ask = partial(
        provider.identity,
        code=reply.get("code", ""),
        nonce=under_way.nonce,
        verifier=under_way.verifier,
        back=absolute_url(request, "oidc_return"),
        replying=reply.get("iss"),
        now=now,
    )
    with _telling():
        return Arrived(await run_in_threadpool(ask), under_way.back)


def ended(request: Request, posted: Posted, clock: ClockOf) -> Ended:
    """Dependency: what the provider says through the back channel, if it is the provider who says it."""
    token = posted.get("logout_token")
    with _telling():
        return _provider(request).ended(token if isinstance(token, str) else "", clock.now())


def way_out(request: Request, clock: ClockOf) -> str:
    """Dependency: where to sign out at the provider; empty if there is no such place, or it is away."""
    try:
        with _telling():
            return _provider(request).way_out(absolute_url(request, "oidc_out"), clock.now()) or ""
    except ProviderAway:
        return ""


def _provider(request: Request) -> "Provider":
    provider: Provider | None = request.app.state.oidc
    if provider is None:
        raise NotFound
    return provider


async def _taken(request: Request, state: str, now: datetime) -> UnderWay:
    database: Database = request.app.state.database
    async with database.request_session(write=True) as session:
        return await run_in_threadpool(take_login, session, state, now)


@contextmanager
def _telling() -> Iterator[None]:
    """Tell the operator in the log what people need not know: which check failed (X-26)."""
    try:
        yield
    except (ProviderAway, TokenRefused, LogoutRefused) as fault:
        record("oidc", reason=fault.reason)
        raise


Departing = Annotated[Departure, Depends(departure)]
Arriving = Annotated[Arrived, Depends(arrived)]
Ending = Annotated[Ended, Depends(ended)]
WayOut = Annotated[str, Depends(way_out)]
