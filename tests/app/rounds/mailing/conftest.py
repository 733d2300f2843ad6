# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""An open round, its coordinator at the desk, and a real relay."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from app.clock import Clock
from app.settings import Settings
from tests.app.mail.relays import Postbox, relay
from tests.app.rounds.conftest import opened_round
from tests.app.rounds.mailing.desk import PUBLIC, Desk
from tests.watch import Watch


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def clock(watch: Watch) -> Clock:
    return Clock(lambda: watch.now)


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with relay() as box:
        yield box


@pytest.fixture
def settings(database_url: str, postbox: Postbox) -> Settings:
    return Settings(
        database_url=database_url,
        public_url=PUBLIC,
        smtp_host="127.0.0.1",
        smtp_port=postbox.port,
        smtp_security="none",
        mail_from="selbstcheck@belm.de",
        mails_per_minute=6_000,
    )


@pytest.fixture
def desk(app: FastAPI) -> Desk:
    with app.state.database.writing() as db:
        return Desk(app, opened_round(db, app))
