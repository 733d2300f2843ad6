# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Checks to fill in, on both databases."""

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.db import Database
from app.settings import Settings
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from tests.app.responses.visitor import Visitor


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The database itself, beside the app or without one."""
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture(scope="session")
def questionnaire(library: Library) -> Questionnaire:
    return library.latest("weltoffene-kommune")


@pytest.fixture
def visitor(client: TestClient) -> Visitor:
    """Somebody who has started a check."""
    return Visitor(client).start()


@pytest.fixture
def another(app: FastAPI, client: TestClient) -> Callable[[], Visitor]:
    """Somebody else, with a browser and a cookie of their own, on the same running app."""

    def create() -> Visitor:
        headers = {"sec-fetch-site": "same-origin"}
        other = TestClient(app, base_url="https://testserver", headers=headers, follow_redirects=False)
        other.portal = client.portal
        return Visitor(other)

    return create
