# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Limits of what is sent, dynamic forms, and HEAD."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.web.bodies import MAX_BODY_BYTES, MAX_FIELDS


def test_dynamic_names_arrive(client: TestClient) -> None:
    assert client.post("/probe/form", data={"E1.a.answer": "3"}).json() == {"E1.a.answer": "3"}


@pytest.mark.parametrize(
    "text",
    ["", "größer & „leer“ + 100 %", "a=b&c", "Zeile\r\nnoch eine", "\x00\ufffd🙂"],
)
def test_an_ordinary_form_and_one_with_files_say_the_same(client: TestClient, text: str) -> None:
    ordinary = client.post("/probe/form", data={"E1.a.note": text, "leer": ""})
    with_files = client.post("/probe/form", data={"E1.a.note": text, "leer": ""}, files={"f": ("", b"")})
    assert ordinary.json() == {"E1.a.note": text, "leer": ""}
    assert ordinary.json().items() <= with_files.json().items()


def test_bytes_that_are_no_text_are_replaced(client: TestClient) -> None:
    form = {"content-type": "application/x-www-form-urlencoded; charset=utf-8"}
    answer = client.post("/probe/form", content=b"a=%ff%fe&b=%C3%A4&c&=d", headers=form)
    assert answer.json() == {"a": "\ufffd\ufffd", "b": "ä", "c": "", "": "d"}


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


@pytest.mark.parametrize("address", ["/probe/%00", "/durchgang/%00/", "/mitmachen/AB%00", "/praxis?wort=%00"])
def test_an_address_with_a_nul_is_none_of_ours(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404
