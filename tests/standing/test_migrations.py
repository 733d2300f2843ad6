# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The migrations make exactly the tables, on both databases, and can run again and again."""

from app import migrations
from app.db import Database


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
