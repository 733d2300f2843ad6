# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What all steps of planning share: who may, the plan they change, and where they lead."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response

from app.db import Db
from app.errors import RoundChanged
from app.permissions import Action, RoundScope
from app.rounds.queries.plan import Planned, plan_of
from app.rounds.views.plan import STEPS
from app.web.access import may_round
from app.web.urls import url

Planning = Annotated[RoundScope, Depends(may_round(Action.ROUND_PLAN), scope="function")]

_ROUTES = {step: f"round_{step}" for step in STEPS}


def changeable(db: Db, scope: RoundScope) -> Planned:
    """The plan of a round that is not closed; `RoundChanged` where nothing of it can be changed any more."""
    plan = plan_of(db, scope)
    if plan.status not in {"planned", "open"}:
        raise RoundChanged
    return plan


def onward(request: Request, plan: Planned, step: str) -> Response:
    """To the next step of planning; from a round that is open back to its page."""
    later = STEPS[STEPS.index(step) + 1 :]
    name = "round_overview" if not plan.is_planned else _ROUTES[later[0]] if later else "opening"
    return RedirectResponse(url(request, name, round_id=plan.id), 303)
