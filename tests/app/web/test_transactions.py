# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""One request, one transaction: reading cannot write, writing is committed before the reply, raising undoes."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from app.settings import Settings


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url)


def test_a_get_cannot_write(client: TestClient) -> None:
    assert client.get("/probe/write").status_code == 500
    assert client.get("/probe/reports").json() == []


def test_a_post_is_committed(client: TestClient) -> None:
    assert client.post("/probe/write/a").status_code == 200
    assert client.get("/probe/reports").json() == ["a"]


def test_a_reading_transaction_leaves_nothing_behind_on_its_connection(client: TestClient) -> None:
    for number in range(12):
        assert client.get("/probe/reports").status_code == 200
        assert client.post(f"/probe/write/{number}").status_code == 200
        assert client.get("/probe/write").status_code == 500


def test_raising_undoes_what_was_written(client: TestClient) -> None:
    assert client.post("/probe/undo/a").status_code == 409
    assert client.get("/probe/reports").json() == []


def test_a_failing_commit_is_told_before_anybody_reads_saved(client: TestClient, app: FastAPI) -> None:
    def refuse(_connection: object) -> None:
        raise OperationalError("COMMIT", None, Exception("disk full"))

    event.listen(app.state.database.engine, "commit", refuse)
    answer = client.post("/probe/write/a")
    event.remove(app.state.database.engine, "commit", refuse)

    assert answer.status_code == 503
    assert "nicht gespeichert" in answer.text
    assert client.get("/probe/reports").json() == []


def test_more_writers_and_readers_than_threads_and_connections_all_finish(client: TestClient) -> None:
    def one(number: int) -> int:
        if number % 3:
            return client.post(f"/probe/write/{number:03}").status_code
        return client.get("/probe/reports").status_code

    with ThreadPoolExecutor(90) as pool:
        statuses = list(pool.map(one, range(180)))

    assert set(statuses) == {200}
    assert len(client.get("/probe/reports").json()) == 120
