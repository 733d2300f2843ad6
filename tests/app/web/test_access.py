# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proof of access: a code in the cookie edits, a token reads, everything else is 404."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from app.settings import Settings
from app.tokens import new_code

Create = Callable[[], tuple[str, str, str]]


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url)


def test_the_code_in_the_cookie_opens_its_own_response_only(client: TestClient, new_response: Create) -> None:
    mine, code, _ = new_response()
    foreign, _, _ = new_response()
    client.post(f"/probe/cookie/remember/{new_code()}")
    client.post(f"/probe/cookie/remember/{code}")
    assert client.get(f"/probe/check/{mine}/").json() == {"id": mine, "code": code, "can_edit": True}
    assert client.get(f"/probe/check/{foreign}/").status_code == 404


def test_foreign_and_missing_look_alike_and_offer_the_code_form(client: TestClient, new_response: Create) -> None:
    foreign, _, _ = new_response()
    answers = [client.get(f"/probe/check/{identifier}/") for identifier in (foreign, "0" * 32)]
    client.post(f"/probe/cookie/remember/{new_code()}")
    answers += [client.get(f"/probe/check/{identifier}/") for identifier in (foreign, "0" * 32)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert 'href="/weiter"' in answers[0].text


def test_the_token_reads_and_never_edits(client: TestClient, new_response: Create) -> None:
    identifier, _, token = new_response()
    expected = {"id": identifier, "code": None, "can_edit": False}
    assert client.get(f"/probe/ansicht/{token}").json() == expected
    assert client.get(f"/probe/ansicht/{token.upper()}").json() == expected
    assert client.get("/probe/ansicht/0123456789").status_code == 404


def test_error_pages_name_neither_id_nor_token(client: TestClient) -> None:
    assert "kanarienvogel" not in client.get("/probe/check/kanarienvogel/").text
    assert "kanarienvogel" not in client.get("/probe/ansicht/kanarienvogel").text
