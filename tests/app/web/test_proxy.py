# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Behind a proxy: who is believed, and the sub-path (O-28, X-25)."""

import logging

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.web.addresses import address_of
from tests.app.test_settings import COMPLETE

FORGED = {"x-forwarded-for": "6.6.6.6, 10.0.0.9", "x-forwarded-proto": "https", "x-forwarded-host": "evil.example"}


@pytest.fixture
def settings(sqlite_url: str, request: pytest.FixtureRequest) -> Settings:
    return Settings(database_url=sqlite_url, **getattr(request, "param", {}))


def ask(app: FastAPI, path: str, peer: str, **headers: str) -> dict[str, str]:
    with TestClient(app, base_url="http://inner", client=(peer, 4000)) as client:
        answer: dict[str, str] = client.get(path, headers=headers).json()
        return answer


@pytest.mark.parametrize("settings", [{"trusted_proxies": "10.0.0.0/8"}], indirect=True)
def test_a_stranger_cannot_forge_address_or_scheme(app: FastAPI) -> None:
    seen = ask(app, "/probe/where", "192.0.2.7", **FORGED)
    assert seen["client"] == "192.0.2.7"
    assert seen["url"].startswith("http://inner/")


@pytest.mark.parametrize("settings", [{"trusted_proxies": "10.0.0.0/8"}], indirect=True)
def test_our_proxy_is_believed_up_to_the_first_foreign_hop(app: FastAPI) -> None:
    seen = ask(app, "/probe/where", "10.0.0.1", **FORGED)
    assert seen["client"] == "6.6.6.6"
    assert seen["url"].startswith("https://inner/")


@pytest.mark.parametrize("settings", [{"trusted_proxies": "10.0.0.0/8"}], indirect=True)
@pytest.mark.parametrize("hop", ["192.0.2.7", "192.0.2.7:4711", "::ffff:192.0.2.7", "[::ffff:192.0.2.7]:4711"])
def test_a_dual_stack_proxy_is_our_proxy_and_ports_are_no_part_of_an_address(app: FastAPI, hop: str) -> None:
    hops = f"{hop}, ::ffff:10.0.0.9, 10.0.0.8:443"
    assert ask(app, "/probe/where", "::ffff:10.0.0.1", **{"x-forwarded-for": hops})["client"] == "192.0.2.7"


@pytest.mark.parametrize(
    ("hop", "address"),
    [
        ("2001:db8::1", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        (" 192.0.2.1:80 ", "192.0.2.1"),
    ],
)
def test_addresses_as_proxies_write_them(hop: str, address: str) -> None:
    assert str(address_of(hop)) == address


@pytest.mark.parametrize("hop", ["", "unknown", "_hidden", "[]:80", ":80", "192.0.2.1:", "192.0.2.300", "[::1"])
def test_what_is_no_address(hop: str) -> None:
    assert address_of(hop) is None


@pytest.mark.parametrize(("env", "warnings"), [("production", 1), ("development", 0)])
def test_a_proxy_that_is_missing_in_the_settings_is_told_once(
    sqlite_url: str, caplog: pytest.LogCaptureFixture, env: str, warnings: int
) -> None:
    settings = Settings.model_validate({**COMPLETE, "env": env, "database_url": sqlite_url})
    app = create_app(settings)
    with caplog.at_level(logging.WARNING, "selbstcheck"), TestClient(app, client=("192.0.2.7", 4000)) as client:
        for _ in range(3):
            client.get("/healthz", headers=FORGED)
        told = [record for record in caplog.records if record.getMessage() == "untrusted_proxy"]
    assert len(told) == warnings
    assert "192.0.2.7" not in caplog.text
    assert "6.6.6.6" not in caplog.text


PUBLIC = {"public_url": "https://www.example.org/selbstcheck/"}


@pytest.mark.parametrize("settings", [PUBLIC], indirect=True)
@pytest.mark.parametrize("path", ["/probe/where", "/selbstcheck/probe/where"])
def test_a_sub_path_works_whether_the_proxy_cuts_it_off_or_not(app: FastAPI, path: str) -> None:
    seen = ask(app, path, "192.0.2.7")
    assert seen["link"] == "/selbstcheck/probe/check/%C3%A4%2F1/"
    assert seen["url"].startswith("https://")


@pytest.mark.parametrize("settings", [PUBLIC], indirect=True)
def test_every_link_of_a_page_has_the_sub_path(app: FastAPI) -> None:
    with TestClient(app, base_url="http://inner") as client:
        text = client.get("/impressum").text
    assert text.count('href="/selbstcheck/') == text.count('href="/')
    assert text.count('src="/selbstcheck/') == text.count('src="/')


@pytest.mark.parametrize("settings", [PUBLIC], indirect=True)
def test_the_origin_is_the_public_one(app: FastAPI) -> None:
    with TestClient(app, base_url="http://inner") as client:
        assert client.post("/probe/form", headers={"origin": "https://www.example.org"}).status_code == 200
        assert client.post("/probe/form", headers={"origin": "http://inner"}).status_code == 403
