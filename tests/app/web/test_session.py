# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one cookie (D-17, D-21, X-01)."""

from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.tokens import new_code

CODES = [new_code() for _ in range(7)]


def test_nothing_is_set_before_it_is_needed(client: TestClient) -> None:
    for path in ("/impressum", "/gibt-es-nicht", "/probe/codes"):
        assert "set-cookie" not in client.get(path).headers


def test_over_https_it_is_a_host_cookie(client: TestClient) -> None:
    cookie = client.post(f"/probe/cookie/remember/{CODES[0]}").headers["set-cookie"]
    assert cookie.startswith(f"__Host-selbstcheck={CODES[0]};")
    for attribute in ("HttpOnly", "Path=/", "SameSite=lax", "Secure", "Max-Age=2592000"):
        assert attribute in cookie
    assert "Domain" not in cookie


def test_five_codes_newest_first(client: TestClient) -> None:
    for code in [*CODES, CODES[4]]:
        client.post(f"/probe/cookie/remember/{code}")
    assert client.get("/probe/codes").json() == [CODES[4], CODES[6], CODES[5], CODES[3], CODES[2]]


def test_forgetting_the_last_takes_the_cookie(client: TestClient) -> None:
    client.post(f"/probe/cookie/remember/{CODES[0]}")
    client.post(f"/probe/cookie/forget/{CODES[0]}")
    assert dict(client.cookies) == {}


def test_leaving_the_device_clears_everything(client: TestClient) -> None:
    client.post(f"/probe/cookie/remember/{CODES[0]}")
    answer = client.post("/probe/cookie/leave/x")
    assert answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    assert dict(client.cookies) == {}


def test_rubbish_in_the_cookie_is_no_code(client: TestClient) -> None:
    client.cookies.set("__Host-selbstcheck", f"x.{CODES[1].lower()}.{CODES[1]}.<b>")
    assert client.get("/probe/codes").json() == [CODES[1]]


def test_plain_http_works_on_a_loopback_address_only(app: FastAPI, plain: TestClient) -> None:
    refused = plain.post(f"/probe/cookie/remember/{CODES[0]}")
    assert refused.status_code == 403
    assert "nicht verschlüsselt" in refused.text
    for base in ("http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"):
        with TestClient(app, base_url=base) as client:
            cookie = client.post(f"/probe/cookie/remember/{CODES[0]}").headers["set-cookie"]
        assert cookie.startswith(f"selbstcheck={CODES[0]};")
        assert "Secure" not in cookie
