# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Alive and ready are two questions."""

import pytest
from fastapi.testclient import TestClient

from app import migrations
from app.settings import Settings


@pytest.fixture
def settings(empty_database_url: str) -> Settings:
    return Settings(database_url=empty_database_url)


def test_without_schema_it_lives_but_is_not_ready(client: TestClient) -> None:
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "database needs: selbstcheck migrate")


def test_with_schema_it_is_ready(client: TestClient, settings: Settings) -> None:
    migrations.upgrade(settings.database_url)
    assert client.get("/readyz").text == "ready"


def test_without_its_tables_a_page_apologises(client: TestClient) -> None:
    answer = client.post("/barriere-melden", data={"description": "x"})
    assert answer.status_code in {500, 503}
    assert "<h1" in answer.text
