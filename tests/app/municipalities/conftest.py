# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""An instance on both databases with an operator, two municipalities and their people."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.clock import Clock
from app.main import create_app
from app.municipalities.actions.importing import carry_out, plan_import
from app.municipalities.gv100ad import read
from app.municipalities.register import register_of
from app.permissions import Role
from app.settings import Settings
from app.tables.people import Account
from questionnaires.library import Library
from tests import staff
from tests.app.municipalities.gv100ad import SMALL, Line, file_of


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url)


@pytest.fixture
def app(settings: Settings, clock: Clock, library: Library) -> Iterator[FastAPI]:
    """The app, also for tests that open no browser and so never end it."""
    app = create_app(settings, clock=clock, library=library)
    yield app
    app.state.database.close()


@dataclass(frozen=True)
class Town:
    """A municipality with a coordinator and a member."""

    id: str
    coordinator: staff.Staff
    member: staff.Staff

    def address(self, rest: str = "") -> str:
        return f"/kommune/{self.id}/{rest}"


@dataclass(frozen=True)
class Towns:
    """Belm, somebody else's town, and the operator of both."""

    belm: Town
    other: Town
    operator: staff.Staff


@pytest.fixture
def towns(client: TestClient, app: FastAPI) -> Towns:
    with app.state.database.writing() as db:

        def town(name: str, coordinator: str, member: str) -> Town:
            identifier = staff.municipality(db, name)
            first = staff.member(db, app, identifier, coordinator)
            second = staff.member(db, app, identifier, member, Role.MEMBER)
            for person in (first, second):
                db.get_one(Account, person.account_id).password_hash = "set"
            return Town(identifier, first, second)

        belm = town("Belm", "Ada Beispiel", "Ömer Mitglied")
        other = town("Ähausen", "Zoe Anders", "Max Anders")
        return Towns(belm, other, staff.account(db, app, "Olga Betrieb", operator=True))


def load(app: FastAPI, lines: tuple[Line, ...] = SMALL, **options: str) -> None:
    """Import a register."""
    with app.state.database.writing() as db:
        carry_out(db, plan_import(db, register_of(read(file_of(lines, **options)))), now=app.state.clock.now())
