# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Limits of what is sent, dynamic forms, and HEAD."""

from collections.abc import Iterator

from fastapi.testclient import TestClient

from app.web.bodies import MAX_BODY_BYTES, MAX_FIELDS


def test_dynamic_names_arrive(client: TestClient) -> None:
    assert client.post("/probe/form", data={"E1.a.answer": "3"}).json() == {"E1.a.answer": "3"}


def test_an_announced_body_over_the_limit_is_413(client: TestClient) -> None:
    answer = client.post("/probe/form", content=b"x" * (MAX_BODY_BYTES + 1))
    assert answer.status_code == 413
    assert "zu viel auf einmal" in answer.text


def test_a_body_that_hides_its_length_is_413_too(client: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(MAX_BODY_BYTES // 1000 + 2):
            yield b"x" * 1000

    form = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/probe/form", content=chunks(), headers=form).status_code == 413


def test_too_many_fields_are_refused(client: TestClient) -> None:
    fields = {f"f{number}": "" for number in range(MAX_FIELDS + 1)}
    answer = client.post("/probe/form", data=fields)
    assert 400 <= answer.status_code < 500


def test_head_is_get_without_a_body(client: TestClient) -> None:
    got, asked = client.get("/impressum"), client.head("/impressum")
    assert (asked.status_code, asked.content) == (200, b"")
    assert asked.headers["content-type"] == got.headers["content-type"]
    assert client.head("/probe/write").status_code == 500
