# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Databases, the app and a browser-like client for all tests."""

import asyncio
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Connection, text

from app import migrations
from app.clock import Clock, fixed
from app.db import make_engine
from app.main import create_app
from app.settings import Settings
from app.tables import METADATA
from app.web.logging import JsonFormatter
from questionnaires.library import Library
from tests import once, postgresql

_numbers = count()

# How long an example takes says more of what else the machine does.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")


@pytest.fixture(autouse=True, scope="session")
def the_same_is_made_once() -> Iterator[None]:
    """Routes, templates and the like are the same for every test."""
    with once.made_once():
        yield


@pytest.fixture(autouse=True)
def no_loop_but_the_tests_own(request: pytest.FixtureRequest) -> Iterator[None]:
    """Once a browser has been used its event loop counts as running in this thread, and asyncio would run no other."""
    if "playwright" in request.fixturenames:
        yield
        return
    loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(loop)


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
def emptied_postgresql(postgresql_server: str) -> Iterator[Callable[[], str]]:
    """Empties a migrated database and gives its URL: making a new one takes a hundred times as long."""
    _on_server(postgresql_server, "CREATE DATABASE migrated")
    url = postgresql_server.replace("/postgres?", "/migrated?")
    migrations.upgrade(url)
    everything = "; ".join(f"DELETE FROM {table.name}" for table in reversed(METADATA.sorted_tables))
    with _connected(url) as connection:

        def emptied() -> str:
            connection.exec_driver_sql(everything)
            return url

        yield emptied


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


@pytest.fixture(scope="session")
def memory_folder() -> Path | None:
    """A folder in memory, where commits need not wait for a disk; None where the system has none with room."""
    shm = Path("/dev/shm")
    has_room = os.access(shm, os.W_OK) and shutil.disk_usage(shm).free > 200_000_000
    return shm if has_room else None


@pytest.fixture
def sqlite_url(memory_folder: Path | None, sqlite_template: Path) -> Iterator[str]:
    """A migrated SQLite database."""
    with TemporaryDirectory(prefix="sktest-", dir=memory_folder) as folder:
        path = shutil.copy(sqlite_template, folder)
        yield f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    return str(request.getfixturevalue("emptied_postgresql")())


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("empty_postgresql"))


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    """A connection that commits each statement."""
    engine = make_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT", write=True) as connection:
        yield connection
    engine.dispose()


def _on_server(url: str, statement: str) -> None:
    with _connected(url) as connection:
        connection.execute(text(statement))


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
