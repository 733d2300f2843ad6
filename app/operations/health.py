# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""For machines that watch the instance: is the process alive, can it serve?"""

from fastapi import APIRouter, Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import PlainTextResponse

from app import migrations
from app.db import Database

router = APIRouter()


@router.get("/healthz")
def healthz() -> PlainTextResponse:
    """The process answers."""
    return PlainTextResponse("ok")


@router.get("/readyz")
def readyz(request: Request) -> PlainTextResponse:
    """The database answers and carries the current schema; otherwise 503 with the reason."""
    database: Database = request.app.state.database
    try:
        current = migrations.is_current(database.engine)
    except SQLAlchemyError:
        return PlainTextResponse("database does not answer", status_code=503)
    if not current:
        return PlainTextResponse("database needs: selbstcheck migrate", status_code=503)
    return PlainTextResponse("ready")
