# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The migrations make exactly the tables, on both databases, and can run again and again."""

import pytest
from sqlalchemy import text

from app import migrations
from app.db import Database

FIRST = (
    "INSERT INTO response VALUES ('a', 'code', 'view', 'landkreis', 'Auental', 9000, 'weltoffene-kommune', '1.0', 'd', "
    "'submitted', '2026-11-20', '2026-11-21', '2026-11-22', '{\"sections\": {\"E1\": 4}}')",
    "INSERT INTO answer VALUES ('a', 'E1.gremium', 'level', 3, '', 'Beschluss', 'project', '2027-06', 2, 'w')",
    "INSERT INTO answer VALUES ('a', 'E1.stelle', 'dont_know', NULL, '', '', '', NULL, 1, '')",
    "INSERT INTO snapshot VALUES ('a', '{}', '1', '2026-11-22')",
)
"""A database as it was in the first revision."""
FOURTH = (
    "INSERT INTO municipality VALUES ('m', 'Auental', 'landkreis', 9000, NULL, '', '', '2026-11-20')",
    "INSERT INTO \"round\" VALUES ('r', 'm', 'Runde', 'open', 'anonym', 5, 'weltoffene-kommune', '1.0', 'd', "
    "'Auental', 'landkreis', 9000, '', '2026-11-20', '2026-12-20', '{}', '', 'Worte', TRUE, 12, NULL, '2026-11-20', "
    "'2026-11-20 09:00:00+00:00', '2026-11-20', NULL, NULL)",
    "INSERT INTO round_group VALUES ('g', 'r', 'office', 'Amt', 0, NULL, 'weltoffene-kommune', '1.0', 'd', 'code')",
    "INSERT INTO invitee VALUES ('i', 'r', 'g', 'ada@belm.de', 'ada@belm.de')",
)
"""A round as it was in the fourth."""


def test_migrations_and_tables_agree(empty_database_url: str) -> None:
    migrations.upgrade(empty_database_url)
    migrations.check(empty_database_url)


def test_upgrading_twice_changes_nothing(empty_database_url: str) -> None:
    database = Database(empty_database_url)
    assert not migrations.is_current(database.engine)
    migrations.upgrade(empty_database_url)
    migrations.upgrade(empty_database_url)
    assert migrations.is_current(database.engine)
    database.close()


def test_what_was_kept_before_there_were_rounds_is_kept(empty_database_url: str) -> None:
    migrations.upgrade(empty_database_url, "0001")
    database = Database(empty_database_url)
    with database.writing() as session:
        for statement in FIRST:
            session.connection().exec_driver_sql(statement)
    before = _everything(database, ("answer", "snapshot"))
    response = _everything(database, ("response",))
    migrations.upgrade(empty_database_url)
    migrations.check(empty_database_url)
    assert _everything(database, ("answer", "snapshot")) == before
    assert _everything(database, ("response",)) == [(*response[0], None, None, "")]
    database.close()


@pytest.mark.parametrize("revision", ["0001", "0002", "0003", "0004"])
def test_every_earlier_state_comes_forward(empty_database_url: str, revision: str) -> None:
    migrations.upgrade(empty_database_url, revision)
    database = Database(empty_database_url)
    assert not migrations.is_current(database.engine)
    migrations.upgrade(empty_database_url)
    migrations.check(empty_database_url)
    assert migrations.is_current(database.engine)
    database.close()


def test_rounds_from_before_letters_were_kept_take_one_and_it_goes_with_them(empty_database_url: str) -> None:
    migrations.upgrade(empty_database_url, "0004")
    database = Database(empty_database_url)
    tables = ("municipality", '"round"', "round_group", "invitee")
    with database.writing() as session:
        for statement in FOURTH:
            session.connection().exec_driver_sql(statement)
    before = _everything(database, tables)
    migrations.upgrade(empty_database_url)
    assert _everything(database, tables) == before
    with database.writing() as session:
        session.execute(text("INSERT INTO round_letter VALUES ('r', 'reminder', 'Betreff', 'Text')"))
    assert len(_everything(database, ("round_letter",))) == 1
    with database.writing() as session:
        session.execute(text('DELETE FROM "round"'))
    assert _everything(database, ("round_letter",)) == []
    database.close()


def _everything(database: Database, tables: tuple[str, ...]) -> list[tuple[object, ...]]:
    with database.reading() as session:
        rows = [row for table in tables for row in session.execute(text(f"SELECT * FROM {table}"))]
    return sorted(map(tuple, rows), key=str)


def test_sqlite_does_not_number_what_must_have_no_order(sqlite_url: str) -> None:
    """M7.9: no key reveals the order of submission, a hidden one neither."""
    database = Database(sqlite_url)
    with database.reading() as session:
        kept = {
            name: "WITHOUT ROWID" in sql
            for name, sql in session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
        }
    database.close()
    assert {name for name, is_unordered in kept.items() if is_unordered} == {"response", "answer", "ticket"}
