# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The choice of a language: kept in the one cookie, back to the same place and nowhere else (D-17, X-05, U-24)."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.main import create_app
from app.settings import Settings
from app.tokens import new_code
from app.web.urls import Places
from questionnaires.library import Library
from tests.markup import Markup

CODE = new_code()
ABROAD = [
    "//evil.example",
    "/\\evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/start\r\nLocation: https://evil.example",
    "/start//evil.example",
    "/gibt-es-nicht",
    "evil.example",
    "",
    "/" + "a/" * 400 + "!",
]


def switch(client: TestClient, language: str, back: str = "/") -> str:
    answer = client.post("/sprache", data={"sprache": language, "zurueck": back})
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_every_page_offers_every_language_in_its_own_words(client: TestClient) -> None:
    for path in ("/", "/start", "/impressum", "/gibt-es-nicht", "/beispiel/ergebnis/druck", "/check/x/"):
        page = Markup(client.get(path).text)
        current = page.one("span", class_="tongues__current")
        assert (current.text, current.attributes["aria-current"]) == ("Deutsch", "true")
        offered = [(b.text, b.attributes["lang"], b.attributes["dir"]) for b in page.all("button", name="sprache")]
        assert offered == [("Einfache Sprache", "de", "ltr"), ("English", "en", "ltr")]


def test_a_chosen_language_stays_whatever_the_browser_wants(client: TestClient) -> None:
    wanted = {"accept-language": "de-DE, de;q=0.9, en;q=0.5"}
    assert Markup(client.get("/start", headers=wanted).text).one("html").attributes["lang"] == "de"
    switch(client, "en")
    answer = client.get("/start", headers=wanted)
    assert Markup(answer.text).one("html").attributes["lang"] == "en"
    assert answer.headers["content-language"] == "en"
    assert {"Cookie", "Accept-Language"} <= set(answer.headers["vary"].split(", "))
    switch(client, "de")
    assert client.get("/start", headers={"accept-language": "en"}).headers["content-language"] == "de"


def test_plain_german_is_german(client: TestClient) -> None:
    switch(client, "einfach")
    answer = client.get("/start")
    assert answer.headers["content-language"] == "de"
    assert Markup(answer.text).one("html").attributes["lang"] == "de"
    assert Markup(answer.text).one("span", class_="tongues__current").text == "Einfache Sprache"


def test_the_one_cookie_tells_the_language_beside_the_codes(client: TestClient) -> None:
    switch(client, "en")
    assert dict(client.cookies) == {"__Host-selbstcheck": "~en"}
    client.post(f"/probe/cookie/remember/{CODE}")
    assert dict(client.cookies) == {"__Host-selbstcheck": f"~en.{CODE}"}
    switch(client, "einfach")
    assert client.get("/probe/codes").json() == [CODE]
    client.post(f"/probe/cookie/forget/{CODE}")
    assert dict(client.cookies) == {"__Host-selbstcheck": "~einfach"}
    client.post("/probe/cookie/leave/x")
    assert dict(client.cookies) == {}


def test_five_codes_have_room_beside_the_language(client: TestClient) -> None:
    switch(client, "en")
    codes = [new_code() for _ in range(6)]
    for code in codes:
        client.post(f"/probe/cookie/remember/{code}")
    assert client.get("/probe/codes").json() == codes[:0:-1]
    assert client.get("/").headers["content-language"] == "en"


def test_the_cookie_has_the_same_protection(client: TestClient) -> None:
    cookie = client.post("/sprache", data={"sprache": "en", "zurueck": "/"}).headers["set-cookie"]
    for attribute in ("HttpOnly", "Path=/", "SameSite=lax", "Secure", "Max-Age=2592000"):
        assert attribute in cookie


def test_nothing_but_the_choice_sets_it(client: TestClient) -> None:
    for path in ("/", "/start", "/beispiel/ergebnis"):
        assert "set-cookie" not in client.get(path, headers={"accept-language": "en"}).headers


def test_a_language_can_be_chosen_over_plain_http_but_no_code_kept(plain: TestClient) -> None:
    assert plain.post("/sprache", data={"sprache": "en", "zurueck": "/"}).status_code == 303
    assert plain.get("/").headers["content-language"] == "en"
    assert plain.post(f"/probe/cookie/remember/{CODE}").status_code == 403


@pytest.mark.parametrize("language", ["", "fr", "../en", "~en", "de.en", "x" * 5000])
def test_an_unknown_language_is_refused(client: TestClient, language: str) -> None:
    answer = client.post("/sprache", data={"sprache": language, "zurueck": "/"})
    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("cookie", ["~fr", "~", "~en~", "en", "~EN"])
def test_an_unknown_language_in_the_cookie_is_none(client: TestClient, cookie: str) -> None:
    client.cookies.set("__Host-selbstcheck", cookie)
    assert client.get("/").headers["content-language"] == "de"


@pytest.mark.parametrize("back", ["/", "/start", "/barriere-melden?seite=/datenschutz", "/check/a/abschnitt/E1#q-E1-x"])
def test_it_leads_back_to_the_same_place(client: TestClient, back: str) -> None:
    assert switch(client, "en", back) == back


@pytest.mark.parametrize("back", ABROAD)
def test_it_leads_nowhere_else(client: TestClient, back: str) -> None:
    assert switch(client, "en", back) == "/"


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tail=st.text(st.sampled_from("/\\.:@?#%&=ae \t\n\u2028"), max_size=12))
def test_what_is_taken_as_ours_stays_on_this_server(app: FastAPI, tail: str) -> None:
    places: Places = app.state.places
    for address in (f"/{tail}", f"/start{tail}", f"/check/{tail}"):
        if address in places:
            assert address.startswith("/")
            assert not address.startswith("//")
            assert not set(address) & set("\\:@ \t\n\u2028")


def test_each_page_tells_the_form_where_it_is(client: TestClient) -> None:
    def back(text: str) -> str:
        return dict(Markup(text).form("/sprache").fields)["zurueck"]

    assert back(client.get("/barriere-melden?seite=/start").text) == "/barriere-melden?seite=/start"
    assert back(client.get("/beispiel/ergebnis/schritte?aufwand=low").text) == "/beispiel/ergebnis/schritte?aufwand=low"
    assert back(client.post("/start", data={}).text) == "/start"
    assert back(client.post("/sprache", data={}).text) == "/"
    assert back(client.get("/gibt-es-nicht").text) == "/"


@pytest.fixture
def below(sqlite_url: str, library: Library) -> Iterator[TestClient]:
    """An instance below a sub-path."""
    settings = Settings(database_url=sqlite_url, public_url="https://www.example.org/selbstcheck")
    app = create_app(settings, library=library)
    headers = {"sec-fetch-site": "same-origin"}
    with TestClient(app, base_url="https://www.example.org", headers=headers, follow_redirects=False) as client:
        yield client


def test_below_a_sub_path_it_stays_there(below: TestClient) -> None:
    page = Markup(below.get("/selbstcheck/start").text)
    form = page.form("/sprache")
    assert form.action == "/selbstcheck/sprache"
    assert dict(form.fields)["zurueck"] == "/selbstcheck/start"
    for back, leads in (
        ("/selbstcheck/start", "/selbstcheck/start"),
        ("/start", "/selbstcheck/"),
        ("//x", "/selbstcheck/"),
    ):
        answer = below.post("/selbstcheck/sprache", data={"sprache": "en", "zurueck": back})
        assert answer.headers["location"] == leads
