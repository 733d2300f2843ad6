# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Databases, the app and a browser-like client for all tests."""

import logging
import shutil
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

from app import migrations
from app.clock import Clock, fixed
from app.db import make_engine
from app.main import create_app
from app.settings import Settings
from app.tables import METADATA
from app.web.logging import JsonFormatter
from questionnaires.library import Library
from tests import postgresql

_numbers = count()


@pytest.fixture(autouse=True)
def no_log_outlives_its_test() -> Iterator[None]:
    """A command that sets up the log writes to the output of its own test, which is closed afterwards."""
    yield
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if isinstance(handler.formatter, JsonFormatter)]:
        root.removeHandler(handler)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """URL of the database ``postgres`` on a server that lives as long as the session."""
    with postgresql.server() as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_migrated(postgresql_server: str) -> str:
    """URL of a migrated database, to be emptied for each test: making a new one takes a hundred times as long."""
    _on_server(postgresql_server, "CREATE DATABASE migrated")
    url = postgresql_server.replace("/postgres?", "/migrated?")
    migrations.upgrade(url)
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied for each test."""
    path = tmp_path_factory.mktemp("template") / "migrated.db"
    migrations.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def empty_postgresql(postgresql_server: str) -> str:
    """URL of a new database without any table."""
    name = f"test_{next(_numbers)}"
    _on_server(postgresql_server, f"CREATE DATABASE {name} TEMPLATE template0")
    return postgresql_server.replace("/postgres?", f"/{name}?")


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """A migrated SQLite database."""
    shutil.copy(sqlite_template, tmp_path / "test.db")
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    url = str(request.getfixturevalue("postgresql_migrated"))
    _on_server(url, *(f"DELETE FROM {table.name}" for table in reversed(METADATA.sorted_tables)))
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("empty_postgresql"))


def _on_server(url: str, *statements: str) -> None:
    engine = make_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT", write=True) as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def clock() -> Clock:
    """Sunday, 22 November 2026, 10:42 in Berlin."""
    return fixed(datetime(2026, 11, 22, 10, 42))  # noqa: DTZ001  fixed() takes naive moments as Berlin


@pytest.fixture
def settings(sqlite_url: str) -> Settings:
    """Settings of a development instance on a fresh SQLite database."""
    return Settings(database_url=sqlite_url)


@pytest.fixture(scope="session")
def library() -> Library:
    """The shipped questionnaires, read once for all tests: definitions never change."""
    return Library()


@pytest.fixture
def app(settings: Settings, clock: Clock, library: Library) -> FastAPI:
    """The app on a fresh SQLite database, with the clock standing still."""
    return create_app(settings, clock=clock, library=library)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A browser on the app over https: same origin, redirects not followed."""
    headers = {"sec-fetch-site": "same-origin"}
    with TestClient(app, base_url="https://testserver", headers=headers, follow_redirects=False) as client:
        yield client
