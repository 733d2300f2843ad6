# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""One sweep over everything that has a time (D-15): a dry run counts exactly what a real one deletes."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, func, select

from app import audit
from app.clock import BERLIN, Clock, fixed
from app.mail.actions import enqueue
from app.operations.retention import sweep
from app.settings import Settings
from app.tables import METADATA
from app.tables.audits import AuditEntry
from app.tables.mails import Mail
from app.tables.rounds import Invitee, Round
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from tests import staff
from tests.rounds import RoundOf, a_round, respond

LATE = fixed(datetime(2028, 12, 1, 3, 0, tzinfo=BERLIN))
CLOSED = date(2026, 11, 22)


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url)


@pytest.fixture
def questionnaire(library: Library) -> Questionnaire:
    return library.latest("kurzcheck")


@pytest.fixture
def closed(client: TestClient, app: FastAPI, questionnaire: Questionnaire) -> RoundOf:
    """A round that was closed, with answers, addresses, mail, and acts in the log."""
    now = app.state.clock.now()
    with app.state.database.writing() as db:
        town = staff.municipality(db)
        boss = staff.member(db, app, town)
        found = a_round(db, town, questionnaire, {"office": None}, status="closed", closed_on=CLOSED)
        for _ in range(3):
            respond(db, found, "office", questionnaire, {questionnaire.items[0].id: 2})
        respond(db, found, "office", questionnaire, {questionnaire.items[0].id: 1}, submitted=False)
        for number in range(2):
            address = f"gast{number}@example.org"
            group = found.groups["office"]
            db.add(Invitee(id=uuid4().hex, round_id=found.id, group_id=group, email=address, email_key=address))
            enqueue(db, kind="round", recipient=address, subject="x", body="y", now=now, round_id=found.id)
        audit.record(db, boss.within(found.id, town), "round.close", now)
    return found


def swept(app: FastAPI, clock: Clock, *, dry_run: bool = False) -> dict[str, int]:
    with app.state.database.writing() as db:
        return {part.what: part.number for part in sweep(db, app.state.settings, clock, dry_run=dry_run)}


def rows(app: FastAPI) -> dict[str, int]:
    with app.state.database.reading() as db:
        return {
            table.name: db.execute(select(func.count()).select_from(table)).scalar_one()
            for table in METADATA.sorted_tables
        }


def test_a_dry_run_counts_what_a_real_one_deletes(app: FastAPI, closed: RoundOf) -> None:
    before = rows(app)
    counted = swept(app, LATE, dry_run=True)
    assert rows(app) == before
    assert swept(app, LATE) == counted
    assert set(swept(app, LATE).values()) == {0}
    left = {name: number for name, number in rows(app).items() if number}
    assert left == {"municipality": 1, "round": 1, "round_group": 1}


def test_each_part_has_its_own_time(app: FastAPI, closed: RoundOf) -> None:
    def at(day: date) -> Clock:
        return fixed(datetime(day.year, day.month, day.day, 3, tzinfo=BERLIN))

    assert not swept(app, at(CLOSED + timedelta(days=29)))[_addresses()]
    assert swept(app, at(CLOSED + timedelta(days=30)))[_addresses()] == 4
    assert count(app, Invitee) == count(app, Mail) == 0
    assert count(app, AuditEntry) == 1
    assert swept(app, at(date(2027, 11, 21)))["responses of those rounds"] == 0
    assert swept(app, at(date(2027, 11, 22)))["responses of those rounds"] == 3
    assert count(app, AuditEntry) == 1
    assert swept(app, at(date(2027, 11, 23)))["acts older than 12 months"] == 1


def _addresses() -> str:
    return "addresses and mails of rounds closed 30 days ago, and older mails"


def count(app: FastAPI, table: type) -> int:
    session: Session
    with app.state.database.reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def test_mail_that_waits_is_kept_however_old(app: FastAPI, client: TestClient) -> None:
    with app.state.database.writing() as db:
        enqueue(db, kind="invite", recipient="a@example.org", subject="x", body="y", now=app.state.clock.now())
    swept(app, LATE)
    assert count(app, Mail) == 1


def test_an_open_round_keeps_its_addresses(app: FastAPI, closed: RoundOf) -> None:
    with app.state.database.writing() as db:
        row = db.get_one(Round, closed.id)
        row.status, row.closed_on, row.closes_on = "open", None, date(2026, 12, 31)
    swept(app, fixed(datetime(2027, 1, 15, 3, tzinfo=BERLIN)))
    assert count(app, Invitee) == 2
