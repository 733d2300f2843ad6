# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""An instance with a clock that can be moved, cheap hashing, and people with passwords, on both databases."""

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.accounts.passwords import Passwords
from app.clock import Clock
from app.main import create_app
from app.settings import Settings
from questionnaires.library import Library
from tests.app.accounts.local.people import Browser
from tests.watch import Watch

CHEAP = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url, operator_email="hilfe@kommune.de")


@pytest.fixture
def mailing(database_url: str) -> Settings:
    """The same instance with a mail server."""
    return Settings(
        database_url=database_url, operator_email="hilfe@kommune.de", smtp_host="localhost", mail_from="a@kommune.de"
    )


@pytest.fixture
def app(settings: Settings, watch: Watch, library: Library) -> FastAPI:
    return make_app(settings, watch, library)


def make_app(settings: Settings, watch: Watch, library: Library) -> FastAPI:
    """An app that hashes cheaply: the one seam for tests."""
    app = create_app(settings, clock=Clock(lambda: watch.now), library=library)
    app.state.passwords = Passwords(settings.breached_passwords_file, CHEAP)
    return app


@pytest.fixture
def desk(app: FastAPI, watch: Watch, client: TestClient) -> Browser:
    """A browser nobody is signed in with."""
    return Browser(client, app, watch)


@pytest.fixture
def another(app: FastAPI, watch: Watch, client: TestClient) -> Callable[[], Browser]:
    """A second browser on the same running app."""

    def create() -> Browser:
        headers = {"sec-fetch-site": "same-origin"}
        other = TestClient(app, base_url="https://testserver", headers=headers, follow_redirects=False)
        other.portal = client.portal
        return Browser(other, app, watch)

    return create


@pytest.fixture
def mail_desk(mailing: Settings, watch: Watch, library: Library) -> Iterator[Browser]:
    """A browser on the instance that sends mail; without its lifespan, so that nothing leaves the queue."""
    app = make_app(mailing, watch, library)
    headers = {"sec-fetch-site": "same-origin"}
    client = TestClient(app, base_url="https://testserver", headers=headers, follow_redirects=False)
    yield Browser(client, app, watch)
    app.state.database.close()
