# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The log is JSON, in UTC, and knows nobody (D-04, D-25, X-26)."""

import io
import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from app.web.logging import JsonFormatter, record

Create = Callable[[], tuple[str, str, str]]


@pytest.fixture
def written() -> "io.StringIO":
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    logger = logging.getLogger("selbstcheck")
    logger.addHandler(handler)
    level = logger.level
    logger.setLevel(logging.INFO)
    yield stream
    logger.removeHandler(handler)
    logger.setLevel(level)


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_request_is_logged_by_its_pattern(client: TestClient, written: io.StringIO, new_response: Create) -> None:
    identifier, code, token = new_response()
    client.post(f"/probe/cookie/remember/{code}")
    client.get(f"/probe/check/{identifier}/", headers={"user-agent": "Kanarienvogel/1.0"})
    client.get(f"/probe/ansicht/{token}")
    client.get(f"/probe/ansicht/{token[::-1]}")
    entries = lines(written)
    assert [entry["route"] for entry in entries if entry["event"] == "request"] == [
        "/probe/cookie/{action}/{code}",
        "/probe/check/{response_id}/",
        "/probe/ansicht/{token}",
        "/probe/ansicht/{token}",
    ]
    for canary in (identifier, code, token, token[::-1], "Kanarienvogel", "testclient"):
        assert canary not in written.getvalue()


def test_times_are_utc_and_lines_cannot_be_forged(written: io.StringIO) -> None:
    record('a\n{"event": "forged"}', note="b\nc")
    (entry,) = lines(written)
    assert entry["event"] == 'a\n{"event": "forged"}'
    assert datetime.fromisoformat(str(entry["time"])).utcoffset() == timedelta(0)


def test_an_exception_is_logged_by_kind_and_place_not_by_its_words(client: TestClient, written: io.StringIO) -> None:
    client.get("/probe/fail")
    failure = next(entry for entry in lines(written) if entry["event"] == "unexpected")
    assert failure["error"] == "ValueError"
    assert "conftest.py" in str(failure["places"])
    assert "Kanarienvogel" not in written.getvalue()


def test_refusals_are_logged(client: TestClient, written: io.StringIO) -> None:
    client.post("/probe/form", headers={"sec-fetch-site": "cross-site"})
    assert "foreign_origin" in [entry["event"] for entry in lines(written)]
