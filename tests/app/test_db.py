# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The database below the requests: settings of SQLite, addresses, constraints, deleting."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import DateTime, Integer, Time, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import select

from app.db import Database, database_address
from app.tables import Answer, Response, Snapshot
from app.tables.base import Moment


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


def response(**changes: Any) -> Response:
    values: dict[str, Any] = {
        "id": "r1",
        "code_digest": "c",
        "view_digest": "v",
        "municipality_type": "landkreis",
        "questionnaire_id": "tiny",
        "questionnaire_version": "1.0",
        "questionnaire_digest": "d",
        "started_on": date(2026, 11, 22),
        "changed_on": date(2026, 11, 22),
    }
    return Response(**values | changes)


def answer(**changes: Any) -> Answer:
    return Answer(**{"response_id": "r1", "item_id": "E1.a", "kind": "level", "level": 2} | changes)


@pytest.mark.parametrize(
    ("written", "driver"),
    [
        ("postgres://u:p@h/d", "postgresql+psycopg"),
        ("postgresql://u:p@h/d", "postgresql+psycopg"),
        ("postgresql+psycopg://u:p@h/d", "postgresql+psycopg"),
        ("sqlite:///x.db", "sqlite"),
    ],
)
def test_addresses(written: str, driver: str) -> None:
    assert database_address(written).drivername == driver


def test_sqlite_survives_loss_of_power(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.reading() as session:
        found = {name: session.execute(text(f"PRAGMA {name}")).scalar() for name in PRAGMAS}
    database.close()
    assert found == PRAGMAS


PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_reading_refuses_to_write(database: Database) -> None:
    with database.reading() as session:
        session.add(response())
        with pytest.raises(DBAPIError):
            session.flush()


def test_writing_commits_and_an_exception_undoes(database: Database) -> None:
    with database.writing() as session:
        session.add(response())
    with pytest.raises(ZeroDivisionError):
        write_and_fail(database)
    with database.reading() as session:
        assert list(session.exec(select(Response.id))) == ["r1"]


def write_and_fail(database: Database) -> None:
    with database.writing() as session:
        session.add(response(id="r2", code_digest="c2", view_digest="v2"))
        session.flush()
        raise ZeroDivisionError


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "closed"},
        {"municipality_type": "bezirk"},
        {"population": 0},
        {"status": "submitted"},
        {"submitted_on": date(2026, 11, 22)},
    ],
)
def test_a_response_that_cannot_be_is_refused(database: Database, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(response(**wrong))


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "maybe"},
        {"level": 5},
        {"level": None},
        {"kind": "dont_know"},
        {"carried_by": "friends"},
        {"project_until": "2027-06"},
        {"revision": 0},
        {"response_id": "nobody"},
    ],
)
def test_an_answer_that_cannot_be_is_refused(database: Database, wrong: dict[str, Any]) -> None:
    with database.writing() as session:
        session.add(response())
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(answer(**wrong))


def test_deleting_a_response_takes_everything_with_it(database: Database) -> None:
    with database.writing() as session:
        session.add(response())
        session.flush()
        session.add(answer())
        session.add(Snapshot(response_id="r1", profile="{}", scoring_version="1", created_on=date(2026, 11, 22)))
    with database.writing() as session:
        session.execute(text("DELETE FROM response"))
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM answer")).scalar() == 0
        assert session.execute(text("SELECT count(*) FROM snapshot")).scalar() == 0


PARTICIPANTS = {"response", "answer", "snapshot", "ticket", "invitee", "delegation", "proposal", "round_comment"}
"""What people leave who answer or are invited; people with an account have times."""


def test_the_schema_keeps_no_time_of_participants_and_no_computer_of_anybody(database: Database) -> None:
    """D-02, D-04, M7.9: dates only, no address, no agent, ids that are given and not counted."""
    tables = Response.metadata.tables
    assert set(tables) >= PARTICIPANTS
    for name, table in tables.items():
        for column in table.columns:
            is_time = isinstance(column.type, DateTime | Time | Moment)
            assert not (is_time and name in PARTICIPANTS), column
            assert not {"ip", "agent", "browser", "time"} & set(column.name.split("_")), column
        counted = [column.name for column in table.primary_key if isinstance(column.type, Integer)]
        assert counted == (["position"] if name == "round_comment" else []), table  # its place after shuffling
