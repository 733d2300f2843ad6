# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bringing a database to the current schema: one idempotent command, never inside a web request (lesson 34)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from app.db import Database

_HERE = Path(__file__).parent


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.attributes["connection"] = connection
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Create or update the schema of the database at ``url``; does nothing if it is current.

    Tests stop at an earlier ``revision``, to fill it and come forward from there.
    """
    database = Database(url)
    try:
        with database.engine.execution_options(write=True).begin() as connection:
            command.upgrade(_config(connection), revision)
    finally:
        database.close()


def check(url: str) -> None:
    """Raise alembic's ``CommandError`` if tables and schema differ."""
    database = Database(url)
    try:
        with database.engine.connect() as connection:
            command.check(_config(connection))
    finally:
        database.close()


def is_current(engine: Engine) -> bool:
    """True if the database carries the newest revision."""
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
        return present == ScriptDirectory.from_config(_config(connection)).get_current_head()
