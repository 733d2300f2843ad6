# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What holds for every route, also for those that are written tomorrow."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.standing.conftest import OPENED_BY, SIGNED_IN, Call, Started, calls, contents

PUBLIC = {
    "/",
    "/praxis",
    "/praxis/{practice_id}",
    "/glossar",
    "/start",
    "/weiter",
    "/import",
    "/impressum",
    "/datenschutz",
    "/barrierefreiheit",
    "/barriere-melden",
    "/barriere-melden/danke",
    "/sprache",  # only the language in the reader's own cookie
    "/healthz",
    "/readyz",
    "/static/{version}/{path:path}",
    "/anmelden/oidc",  # the way to the OpenID provider; back only with the state that this browser was given
    "/anmelden/oidc/zurueck",
    "/anmelden/oidc/abmelden",
    "/anmelden/oidc/abgemeldet",
    "/anmelden/oidc/abmeldung",  # the provider itself, server to server, with a message that it has signed
    "/beispiel/ergebnis",  # of a fictional municipality
    "/mitmachen",  # where a code is typed
    "/anmelden",
    "/abmelden",  # also for those whose session is over
    "/anmelden/vergessen",
    "/anmelden/vergessen/gesendet",
    "/abgemeldet",
    "/einladung/{link}",  # the link is the proof, and is checked when it is used
    "/passwort/{link}",
    "/beispiel/ergebnis/{page}",
}


NOT_YET = {
    "/check/{response_id}/quittung",  # nothing is handed in yet
    "/passwort/{link}",  # the link at hand is an invitation
    "/konto/zweiter-faktor/codes",  # shown once, after they were made
}


@pytest.fixture
def all_calls(app: FastAPI, started: Started) -> list[Call]:
    return calls(app, started)


def test_every_route_is_public_on_purpose_or_proves_access(all_calls: list[Call]) -> None:
    for call in all_calls:
        needed = [guards for part, guards in OPENED_BY.items() if f"{{{part}}}" in call.pattern]
        assert all(guards & call.guards for guards in needed), call.pattern
        is_open = call.pattern in PUBLIC
        assert needed or is_open or call.guards & SIGNED_IN, f"{call.pattern} is neither public nor guarded"
        assert not (is_open and call.guards & SIGNED_IN), f"{call.pattern} is guarded, not public"


def test_a_read_only_link_changes_nothing(all_calls: list[Call]) -> None:
    assert not [call for call in all_calls if "{token}" in call.pattern and call.unsafe]


def test_the_holder_sees_every_page(holder: TestClient, all_calls: list[Call]) -> None:
    refused = {}
    for call in all_calls:
        if "has_provider" in call.guards:  # not there without one; with one: tests/app/accounts/oidc
            continue
        if not call.unsafe and call.pattern not in NOT_YET:
            answer = holder.get(call.address)
            if answer.status_code >= 400:
                refused[call.address] = answer.status_code
    assert refused == {}


def test_without_the_code_no_page_of_a_check_is_there(client: TestClient, all_calls: list[Call]) -> None:
    scoped = [call for call in all_calls if "{response_id}" in call.pattern]
    assert len(scoped) > 10
    for call in scoped:
        assert client.request(call.method, call.address).status_code == 404, call


def test_somebody_elses_code_opens_and_changes_nothing(holder: TestClient, app: FastAPI, foreign: Started) -> None:
    before = contents(app)
    for call in calls(app, foreign):
        if "{response_id}" in call.pattern:
            assert holder.request(call.method, call.address).status_code == 404, call
    assert contents(app) == before


def test_reading_changes_nothing(holder: TestClient, app: FastAPI, all_calls: list[Call]) -> None:
    before = contents(app)
    for call in all_calls:
        for method in ("GET", "HEAD", "OPTIONS"):
            for _ in range(2):
                holder.request(method, call.address)
    assert contents(app) == before
    assert dict(holder.cookies).keys() == {"__Host-selbstcheck", "__Host-selbstcheck-konto"}


def test_nothing_unsafe_is_taken_from_another_site(holder: TestClient, app: FastAPI, all_calls: list[Call]) -> None:
    before = contents(app)
    unsafe = [call for call in all_calls if call.unsafe]
    assert len(unsafe) >= 10
    for call in unsafe:
        for headers in ({"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site", "hx-request": "true"}):
            assert holder.request(call.method, call.address, headers=headers).status_code == 403, call
    assert contents(app) == before


def test_every_answer_carries_the_security_headers(holder: TestClient, all_calls: list[Call]) -> None:
    for call in all_calls:
        for method in ("GET", "POST", "PATCH"):
            headers = holder.request(method, call.address, headers={"sec-fetch-site": "cross-site"}).headers
            assert headers["content-security-policy"].startswith("default-src 'none'"), call
            assert headers["x-content-type-options"] == "nosniff", call
            assert headers["referrer-policy"] == "no-referrer", call
            assert headers["strict-transport-security"], call


def test_personal_pages_are_never_kept(holder: TestClient, all_calls: list[Call]) -> None:
    for call in all_calls:
        if call.pattern not in PUBLIC:
            assert holder.get(call.address).headers["cache-control"] == "no-store", call


def test_every_page_has_its_frame(holder: TestClient, all_calls: list[Call], started: Started) -> None:
    """One h1, one live region, the legal links, a title of its own, no id or token of a check in the frame."""
    titles: dict[str, str] = {}
    for call in all_calls:
        answer = holder.get(call.address)
        if call.unsafe or answer.status_code != 200 or not answer.headers["content-type"].startswith("text/html"):
            continue
        text = answer.text
        assert text.count("<h1") == 1, call
        assert text.count('role="status"') == 1, call
        assert text.count('id="status"') == 1, call
        for path in ("/barrierefreiheit", "/datenschutz", "/impressum", "/barriere-melden?seite="):
            assert f'href="{path}' in text, call
        footer = text[text.index('<footer class="site-footer') :]
        assert started.response_id not in footer, call
        assert started.token not in footer, call
        title = text[text.index("<title>") : text.index("</title>")]
        page = _page_of(call)
        assert titles.setdefault(title, page) == page, f"{call.pattern} has the title of {titles[title]}"


def _page_of(call: Call) -> str:
    """The same page may have two addresses: with and without slash, for the holder and read-only."""
    page = call.pattern.rstrip("/").replace("/check/{response_id}/ergebnis", "/ansicht/{token}")
    page = page.replace("/gemeinsam/{share}", "/durchgang/{round_id}")
    return page.replace("/durchgang/{round_id}/ergebnis", "/ansicht/{token}")
