# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""One's own sessions: stay signed in, end one, end all others (X-18)."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.accounts.actions.sessions import end_all_sessions, end_own_session
from app.accounts.forms import text
from app.accounts.pages.entering import landing
from app.db import Db
from app.web.access import SignedIn
from app.web.bodies import Posted
from app.web.dependencies import ClockOf
from app.web.htmx import is_htmx
from app.web.touch import mark_seen
from app.web.urls import url

router = APIRouter()


@router.post("/anmelden/verlaengern")
def extend_session(request: Request, scope: SignedIn, db: Db, clock: ClockOf) -> Response:
    """Stay signed in: the session counts as used now (A-18)."""
    mark_seen(db, scope.session, clock.now())
    return Response(status_code=204) if is_htmx(request) else RedirectResponse(landing(request), 303)


@router.post("/konto/sitzungen/beenden")
def end_sessions(request: Request, scope: SignedIn, db: Db, posted: Posted) -> Response:
    """Sign out one other browser, or all others."""
    if key := text(posted, "session"):
        end_own_session(db, scope.account_id, key)
    else:
        end_all_sessions(db, scope.account_id, except_digest=scope.session)
    return RedirectResponse(f"{url(request, 'my_account')}?getan=sitzungen", 303)
