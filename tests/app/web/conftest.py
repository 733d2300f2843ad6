# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A probe: routes that do what the web base must survive, on top of the real app."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from fastapi import APIRouter, FastAPI, Request
from fastapi.testclient import TestClient
from sqlmodel import select
from starlette.responses import PlainTextResponse, Response

from app import errors
from app.db import Db
from app.permissions import Scope
from app.tables import BarrierReport
from app.tables import Response as ResponseTable
from app.tokens import digest, new_code, view_digest, view_token
from app.web.access import EditScope, ViewScope
from app.web.bodies import Posted
from app.web.session import codes_of, forget, forget_all, remember

router = APIRouter()


def report(number: str) -> BarrierReport:
    return BarrierReport(id=number, reported_on=date(2026, 11, 22), description="Kanarienvogel")


@router.get("/probe/raise/{name}")
def raise_error(name: str) -> Response:
    raise getattr(errors, name)()


@router.get("/probe/fail")
def fail() -> Response:
    raise ValueError("Kanarienvogel aus der Datenbank")


@router.get("/probe/write")
def write_on_get(db: Db) -> Response:
    db.add(report("get"))
    db.flush()
    return PlainTextResponse("written")


@router.post("/probe/write/{number}")
def write(db: Db, number: str) -> Response:
    db.add(report(number))
    return PlainTextResponse("written")


@router.post("/probe/undo/{number}")
def write_and_raise(db: Db, number: str) -> Response:
    db.add(report(number))
    db.flush()
    raise errors.Conflict


@router.get("/probe/reports")
def reports(db: Db) -> list[str]:
    return sorted(db.exec(select(BarrierReport.id)))


@router.post("/probe/form")
def form(posted: Posted) -> dict[str, str]:
    return {name: str(value) for name, value in posted.items()}


@router.post("/probe/cookie/{action}/{code}")
def cookie(request: Request, action: str, code: str) -> Response:
    response = Response()
    if action == "remember":
        remember(request, response, code)
    elif action == "forget":
        forget(request, response, code)
    else:
        forget_all(request, response)
    return response


@router.get("/probe/codes")
def codes(request: Request) -> list[str]:
    return list(codes_of(request))


@router.get("/probe/where")
def where(request: Request) -> dict[str, str]:
    return {
        "client": request.client.host if request.client else "",
        "url": str(request.url),
        "link": request.app.state.urls("scoped", response_id="ä/1"),
    }


@router.get("/probe/check/{response_id}/")
def scoped(scope: EditScope) -> dict[str, object]:
    return described(scope)


@router.get("/probe/ansicht/{token}")
def viewed(scope: ViewScope) -> dict[str, object]:
    return described(scope)


def described(scope: Scope) -> dict[str, object]:
    return {"id": scope.response_id, "code": scope.code, "can_edit": scope.can_edit}


@pytest.fixture
def app(app: FastAPI) -> FastAPI:
    """The real app with the probe's routes."""
    app.include_router(router)
    return app


@pytest.fixture
def plain(app: FastAPI) -> Iterator[TestClient]:
    """A program without browser headers on http and a public host."""
    with TestClient(app, base_url="http://testserver", follow_redirects=False) as client:
        yield client


@pytest.fixture
def new_response(app: FastAPI) -> Callable[[], tuple[str, str, str]]:
    """Stores a response; gives its id, code and read-only token."""

    def create() -> tuple[str, str, str]:
        code = new_code()
        token = view_token(code)
        identifier = digest(code)[:32]
        row = ResponseTable(
            id=identifier,
            code_digest=digest(code),
            view_digest=view_digest(token),
            municipality_type="landkreis",
            questionnaire_id="tiny",
            questionnaire_version="1.0",
            questionnaire_digest="0" * 64,
            started_on=date(2026, 11, 22),
            changed_on=date(2026, 11, 22),
        )
        with app.state.database.writing() as session:
            session.add(row)
        return identifier, code, token

    return create
