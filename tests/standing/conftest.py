# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A started check, and all routes of the app with real values in their addresses."""

from dataclasses import dataclass
from datetime import date

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import RouteContext, iter_route_contexts
from fastapi.testclient import TestClient
from sqlmodel import text

from app.responses.actions import start
from app.tables import METADATA
from app.tokens import view_token
from app.web.session import SECURE_NAME
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from questionnaires.parts import MunicipalityType
from scoring import Municipality


@dataclass(frozen=True)
class Started:
    """A check in the database: its id, code and read-only token."""

    response_id: str
    code: str
    token: str


@dataclass(frozen=True)
class Call:
    """One method of one route, callable: the address has real values."""

    method: str
    pattern: str
    address: str
    guards: frozenset[str]

    @property
    def unsafe(self) -> bool:
        return self.method not in {"GET", "HEAD", "OPTIONS"}


@pytest.fixture(scope="session")
def questionnaire(library: Library) -> Questionnaire:
    """The newest shipped questionnaire."""
    edition = library.editions()[-1]
    return library.get(edition.id, edition.version)


def begin(app: FastAPI, questionnaire: Questionnaire) -> Started:
    """A new check of a small town."""
    municipality = Municipality(type=MunicipalityType.KLEINE_STADT_GEMEINDE, name="Belm", population=14071)
    with app.state.database.writing() as session:
        made = start(session, questionnaire=questionnaire, municipality=municipality, today=date(2026, 11, 22))
    return Started(made.response_id, made.code, view_token(made.code))


@pytest.fixture
def started(app: FastAPI, questionnaire: Questionnaire) -> Started:
    return begin(app, questionnaire)


@pytest.fixture
def foreign(app: FastAPI, questionnaire: Questionnaire) -> Started:
    """Somebody else's check."""
    return begin(app, questionnaire)


@pytest.fixture
def holder(client: TestClient, started: Started) -> TestClient:
    """The browser that holds the code of ``started``."""
    client.cookies.set(SECURE_NAME, started.code)
    return client


def calls(app: FastAPI, check: Started, questionnaire: Questionnaire) -> list[Call]:
    """Every method of every route."""
    values = {
        "response_id": check.response_id,
        "token": check.token,
        "section_id": questionnaire.sections[0].id,
        "item_id": questionnaire.sections[0].items[0].id,
        "page": "abschnitte",
        "practice_id": questionnaire.practices[0].id,
        "version": "x",
        "path:path": "app.css",
    }
    found = []
    for route in iter_route_contexts(app.routes):
        address = str(route.path)
        for name, value in values.items():
            address = address.replace(f"{{{name}}}", value)
        assert "{" not in address, f"the standing tests need a value for {route.path}"
        found += [Call(method, str(route.path), address, _guards(route)) for method in sorted(route.methods or ())]
    return found


def _guards(route: RouteContext) -> frozenset[str]:
    names: set[str] = set()

    def collect(dependant: Dependant) -> None:
        names.add(getattr(dependant.call, "__name__", ""))
        for inner in dependant.dependencies:
            collect(inner)

    collect(route.dependant)
    return frozenset(names)


def contents(app: FastAPI) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with app.state.database.reading() as session:
        return {
            name: sorted(tuple(map(str, row)) for row in session.execute(text(f'SELECT * FROM "{name}"')))
            for name in METADATA.tables
        }
