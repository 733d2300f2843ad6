# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Errors become pages in plain language, or words for the live region (U-18, X-27)."""

import inspect

import pytest
from fastapi.testclient import TestClient

from app import errors

FAMILY = [name for name, member in inspect.getmembers(errors, inspect.isclass) if issubclass(member, errors.AppError)]
# They lead to the sign-in page instead: tests/app/accounts/local/test_kept.py.
FAMILY = [name for name in FAMILY if not issubclass(getattr(errors, name), errors.SignInNeeded)]


@pytest.mark.parametrize("name", FAMILY)
def test_each_error_has_its_page(client: TestClient, name: str) -> None:
    kind: type[errors.AppError] = getattr(errors, name)
    answer = client.get(f"/probe/raise/{name}")
    assert answer.status_code == kind.status
    for text in (f'<h1 class="page-title">{kind.title}</h1>', kind.text, kind.help, f"<title>{kind.title} –"):
        assert text in answer.text
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", FAMILY)
def test_htmx_gets_words_for_the_live_region_and_swaps_nothing_else(client: TestClient, name: str) -> None:
    kind: type[errors.AppError] = getattr(errors, name)
    answer = client.get(f"/probe/raise/{name}", headers={"hx-request": "true"})
    assert answer.status_code == kind.status
    assert answer.headers["hx-reswap"] == "none"
    assert answer.text == (
        f'<div id="status" data-hx-swap-oob="innerHTML"><span class="failed">'
        f"<strong>{kind.title}.</strong> {kind.text} {kind.help}</span></div>"
    )


def test_the_unexpected_tells_nothing_about_the_inside(client: TestClient) -> None:
    answer = client.get("/probe/fail")
    assert answer.status_code == 500
    assert "Kanarienvogel" not in answer.text
    assert "ValueError" not in answer.text
    assert "Das liegt nicht an Ihnen" in answer.text


def test_unknown_pages_methods_and_malformed_queries(client: TestClient) -> None:
    assert client.get("/gibt-es-nicht").status_code == 404
    assert client.put("/impressum").status_code == 404
    assert client.get("/barriere-melden", params={"seite": "x" * 300}).status_code == 422


def test_too_many_says_when_to_come_back(client: TestClient) -> None:
    assert client.get("/probe/raise/TooMany").headers["retry-after"] == "60"


def test_no_machine_page_of_the_framework_is_reachable(client: TestClient) -> None:
    for path in ("/docs", "/redoc", "/openapi.json", "/metrics", "/.git/config", "/static/x/vendor/SHA256SUMS"):
        assert client.get(path).status_code == 404
