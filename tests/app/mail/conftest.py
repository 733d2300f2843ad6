# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Instances with a mail server on both databases."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select

from app.clock import Clock
from app.db import Database
from app.mail.actions import enqueue
from app.main import create_app
from app.settings import Settings
from app.tables.mails import Mail
from questionnaires.library import Library
from tests.app.accounts.oidc.certificates import Certificates, issue
from tests.app.mail.relays import Postbox, relay
from tests.watch import Watch


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def clock(watch: Watch) -> Clock:
    return Clock(lambda: watch.now)


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Of an authority that nobody knows."""
    return issue(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    """A relay that takes everything, without encryption."""
    with relay() as box:
        yield box


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    found = Database(database_url)
    yield found
    found.close()


def sending(database_url: str, port: int, **values: Any) -> Settings:
    """Settings of an instance that sends to a relay on this machine."""
    plain: dict[str, Any] = {
        "database_url": database_url,
        "public_url": "https://selbstcheck.kommune.de",
        "smtp_host": "127.0.0.1",
        "smtp_port": port,
        "smtp_security": "none",
        "smtp_timeout": 30,
        "mail_from": "selbstcheck@kommune.de",
        "mails_per_minute": 6_000,
    }
    return Settings(**(plain | values))


@pytest.fixture
def settings(database_url: str, postbox: Postbox) -> Settings:
    return sending(database_url, postbox.port)


@pytest.fixture
def app(settings: Settings, clock: Clock, library: Library) -> Iterator[FastAPI]:
    app = create_app(settings, clock=clock, library=library)
    yield app
    app.state.database.close()


@pytest.fixture
def put(database: Database, watch: Watch) -> Callable[..., None]:
    """Put messages into the queue."""

    def enqueue_all(*recipients: str, kind: str = "notice", **values: Any) -> None:
        with database.writing() as db:
            for recipient in recipients:
                text: dict[str, Any] = {"subject": "Betreff", "body": "Text mit https://example.org/geheim"}
                enqueue(db, kind=kind, recipient=recipient, now=watch.now, **(text | values))

    return enqueue_all


def rows(database: Database) -> list[Mail]:
    """Everything in the queue, by recipient."""
    db: Session
    with database.reading() as db:
        return sorted(db.exec(select(Mail)), key=lambda mail: mail.recipient)


def the_row(database: Database) -> Mail:
    (row,) = rows(database)
    return row
