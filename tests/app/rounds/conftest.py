# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounds planned and opened as a coordinator does it, on both databases."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlmodel import Session

from app.clock import Clock
from app.main import create_app
from app.permissions import Role, RoundScope
from app.rounds.actions.planning import open_round, plan_round
from app.rounds.plans import Basics, GroupPlan, Plan, Protection
from app.settings import Settings
from app.tables.rounds import GROUPS
from questionnaires.library import Library
from questionnaires.origins import Edition
from tests import staff

TODAY = date(2026, 11, 22)
"""The day of the tests' clock."""

LONG, SHORT = Edition(id="weltoffene-kommune", version="1.0"), Edition(id="kurzcheck", version="1.0")

THREE_GROUPS = (
    GroupPlan("leadership", "Verwaltungsspitze", 12),
    GroupPlan("politics", "Politik", 9, SHORT),
    GroupPlan("advisory_council", "Beirat oder Integrationsrat", 3),
)


@dataclass(frozen=True)
class PlannedRound:
    """A round in the database, its groups' ids and links by key, and the coordinator who planned it."""

    id: str
    municipality_id: str
    groups: dict[str, str]
    links: dict[str, str]
    coordinator: staff.Staff

    @property
    def scope(self) -> RoundScope:
        """What its coordinator may do with it."""
        return self.coordinator.within(self.id, self.municipality_id)

    def scope_as(self, *roles: Role) -> RoundScope:
        return self.coordinator.within(self.id, self.municipality_id, *roles)


def a_plan(groups: tuple[GroupPlan, ...] = THREE_GROUPS, **protection: Any) -> Plan:
    """Four weeks with the long questionnaire; `protection` as in `Protection`: mode, n_min …"""
    basics = Basics("Durchgang 2026", LONG, TODAY, TODAY + timedelta(days=27))
    return Plan(basics, groups, replace(Protection(), **protection))


def planned_round(
    db: Session, app: FastAPI, plan: Plan | None = None, *, coordinator: staff.Staff | None = None, town: str = ""
) -> PlannedRound:
    """A round that is planned, with a municipality and a coordinator of its own unless they are given."""
    town = town or staff.municipality(db)
    who = coordinator or staff.member(db, app, town)
    db.flush()
    now, library = app.state.clock.now(), app.state.library
    identifier = plan_round(db, who.of(town), library, plan or a_plan(), today=TODAY, now=now)
    found = db.execute(select(GROUPS).where(GROUPS.c.round_id == identifier)).all()
    ids = {group.key: group.id for group in found}
    return PlannedRound(identifier, town, ids, {group.key: group.link_code for group in found}, who)


def opened_round(
    db: Session, app: FastAPI, plan: Plan | None = None, *, coordinator: staff.Staff | None = None, town: str = ""
) -> PlannedRound:
    """The same, and people can answer."""
    found = planned_round(db, app, plan, coordinator=coordinator, town=town)
    open_round(db, found.scope, app.state.library, today=TODAY, now=app.state.clock.now())
    return found


@pytest.fixture
def settings(database_url: str) -> Settings:
    """Every test of rounds that uses the app runs on both databases."""
    return Settings(database_url=database_url)


@pytest.fixture
def app(settings: Settings, clock: Clock, library: Library) -> Iterator[FastAPI]:
    """The app; its database is closed also where no client ran it."""
    app = create_app(settings, clock=clock, library=library)
    yield app
    app.state.database.close()


@pytest.fixture
def a_planned_round(app: FastAPI) -> PlannedRound:
    with app.state.database.writing() as db:
        return planned_round(db, app)


@pytest.fixture
def an_open_round(app: FastAPI) -> PlannedRound:
    """Three groups: leadership (12 expected), politics (9, short form), advisory_council (3); n_min 5, anonym."""
    with app.state.database.writing() as db:
        return opened_round(db, app)
