# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Security headers on every kind of answer (X-02, X-03, X-23)."""

import pytest
from fastapi.testclient import TestClient

ALL_KINDS = ["/impressum", "/healthz", "/static/x/app.css", "/gibt-es-nicht", "/probe/fail", "/probe/raise/Conflict"]


@pytest.mark.parametrize("path", ALL_KINDS)
def test_every_answer_carries_them(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["strict-transport-security"].startswith("max-age=31536000")
    assert "cache-control" in headers


def test_refused_requests_carry_them_too(client: TestClient) -> None:
    answer = client.post("/barriere-melden", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert "content-security-policy" in answer.headers


def test_over_plain_http_nothing_promises_https(plain: TestClient) -> None:
    headers = plain.get("/impressum").headers
    assert "strict-transport-security" not in headers
    assert "upgrade-insecure-requests" not in headers["content-security-policy"]


def test_what_says_nothing_about_caching_is_personal(client: TestClient) -> None:
    headers = client.get("/probe/codes").headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-robots-tag"] == "noindex"
    assert client.get("/impressum").headers["cache-control"] == "no-cache"
