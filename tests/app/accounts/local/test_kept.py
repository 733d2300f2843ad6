# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was typed when a session was over is still there after signing in (A-18, lessons 1 and 3)."""

import re
from html import unescape

import pytest
from fastapi import APIRouter, FastAPI

from app.accounts.onward import without_secrets
from app.main import create_app
from app.settings import Settings
from app.web.access import SignedIn
from app.web.bodies import Posted
from questionnaires.library import Library
from tests.app.accounts.local.conftest import Watch, make_app
from tests.app.accounts.local.people import PASSWORD, Browser, someone

router = APIRouter()
TYPED = {"title": "Durchgang „Herbst“ & <mehr>", "kept.x": "y", "note": "Zeile 1\nZeile 2", "choice": "b"}


@router.post("/probe/formular")
def probe(_scope: SignedIn, posted: Posted) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in posted.multi_items()]


@pytest.fixture
def settings(sqlite_url: str) -> Settings:
    return Settings(database_url=sqlite_url)


@pytest.fixture
def app(settings: Settings, watch: Watch, library: Library, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    """With a form of some feature or other."""
    import app.main as assembled

    monkeypatch.setattr(assembled, "ROUTERS", (*assembled.ROUTERS, router))
    assert assembled.create_app is create_app
    return make_app(settings, watch, library)


def hidden_fields(text: str) -> list[tuple[str, str]]:
    main = text[text.index("<main") :]
    form = main[main.index("<form") : main.index("</form>")]
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
    return [(unescape(name), unescape(value)) for name, value in found]


def send(desk: Browser, address: str, fields: list[tuple[str, str]]) -> str:
    from urllib.parse import urlencode

    body = urlencode(fields)
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = desk.client.post(address, content=body, headers=headers)
    assert answer.status_code in {200, 401, 422}, answer.status_code
    return str(answer.text)


@pytest.mark.parametrize("factor", [False, True])
def test_a_form_survives_the_end_of_a_session(desk: Browser, factor: bool) -> None:
    ada = someone(desk.app, factor=factor)
    desk.enter(ada)
    desk.watch.forward(hours=2)
    typed = [*TYPED.items(), ("choice", "c"), ("password", "geheim"), ("email_code", "1234")]
    text = send(desk, "/probe/formular", typed)
    assert "Ihre letzte Eingabe ist noch da" in text
    assert "geheim" not in text
    text = send(desk, "/anmelden", [("email", ada.email), ("password", "falsch"), *hidden_fields(text)])
    text = send(desk, "/anmelden", [("email", ada.email), ("password", PASSWORD), *hidden_fields(text)])
    if factor:
        text = send(desk, "/anmelden/code", [("code", desk.code(ada, 40)), *hidden_fields(text)])
        text = send(desk, "/anmelden/code", [("code", desk.code(ada)), *hidden_fields(text)])
    assert "Ihre Eingabe ist noch da" in text
    assert 'action="/probe/formular"' in text
    answer = desk.client.post("/probe/formular", data=_grouped(hidden_fields(text)))
    assert [tuple(pair) for pair in answer.json()] == [*_sorted([*TYPED.items(), ("choice", "c")])]


def _grouped(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    return {name: [value for one, value in pairs if one == name] for name, _ in pairs}


def _sorted(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, values in _grouped(pairs).items() for value in values]


def test_it_survives_setting_up_the_second_factor(desk: Browser) -> None:
    """Somebody became a coordinator while a form was open: the second factor is needed from now on."""
    import pyotp

    from app.tables.municipalities import Membership
    from tests.staff import municipality

    ada = someone(desk.app)
    desk.enter(ada)
    with desk.writing() as db:
        db.add(Membership(municipality_id=municipality(db), account_id=ada.id, role="coordinator"))
    text = send(desk, "/probe/formular", [("title", "Herbst")])
    fields = hidden_fields(text)
    code = pyotp.TOTP(dict(fields)["secret"]).at(desk.watch.now)
    text = send(desk, "/konto/zweiter-faktor", [("code", code), *fields])
    assert "Ihre Codes für den Notfall" in text
    assert hidden_fields(text) == [("title", "Herbst")]
    assert 'action="/probe/formular"' in text


def test_a_session_that_ends_between_the_steps_keeps_it_too(desk: Browser) -> None:
    ada = someone(desk.app, factor=True)
    text = send(desk, "/probe/formular", [("title", "Herbst")])
    text = send(desk, "/anmelden", [("email", ada.email), ("password", PASSWORD), *hidden_fields(text)])
    desk.watch.forward(hours=2)
    text = send(desk, "/anmelden/code", [("code", "123456"), *hidden_fields(text)])
    assert hidden_fields(text) == [("kept_to", "/probe/formular"), ("kept.title", "Herbst")]


def test_nothing_is_sent_to_an_address_that_is_not_ours(desk: Browser) -> None:
    ada = someone(desk.app)
    for to in ("https://evil.example/", "//evil.example", "/gibt-es-nicht", "/konto"):  # the last takes no form
        answer = desk.post("/anmelden", **{"email": ada.email, "password": PASSWORD, "kept_to": to, "kept.a": "b"})
        assert answer.headers["location"] == "/durchgaenge", to


@pytest.mark.parametrize("page", ["/anmelden", "/anmelden/code", "/konto/zweiter-faktor"])
def test_an_address_brings_no_form_along(desk: Browser, page: str) -> None:
    """Anybody can write a link. One press of „Eingabe senden“ would send what somebody else has thought of (X-04)."""
    ada = someone(desk.app, factor=page == "/anmelden/code")
    query = {"kept_to": "/probe/formular", "kept.title": "fremd", "weiter": "/konto"}
    if page != "/anmelden":
        desk.sign_in(ada)
    text = desk.get(page, params=query).text
    assert 'name="kept' not in text
    assert 'action="/probe/formular"' not in text
    assert ("weiter", "/konto") in hidden_fields(text)


def test_who_is_signed_in_already_is_not_led_to_a_form_by_an_address(desk: Browser) -> None:
    ada = someone(desk.app, factor=True)
    desk.enter(ada)
    answer = desk.get("/anmelden/code", params={"kept_to": "/probe/formular", "kept.title": "fremd"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/durchgaenge")


def test_a_form_without_fields_asks_only_to_sign_in(desk: Browser) -> None:
    text = send(desk, "/probe/formular", [])
    assert hidden_fields(text) == []
    assert "Bitte melden Sie sich noch einmal an" in text


def test_passwords_and_codes_are_never_kept() -> None:
    secret = ["password", "current_password", "new_password", "code", "email_code", "secret", "Passwort", "a.code"]
    plain = ["postcode", "title", "encoded", "decode", "passwords_are_here"]
    kept = without_secrets((name, "x") for name in (*secret, *plain))
    assert [name for name, _ in kept] == plain


def test_to_htmx_a_read_is_redirected_and_a_form_stays(desk: Browser) -> None:
    asked = {"hx-request": "true", "hx-current-url": "https://testserver/konto/name?x=1"}
    answer = desk.get("/durchgaenge", headers=asked)
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/anmelden?weiter=%2Fkonto%2Fname%3Fx%3D1")
    foreign = desk.get("/durchgaenge", headers={**asked, "hx-current-url": "https://evil.example/boese"})
    assert foreign.headers["hx-redirect"] == "/anmelden"
    answer = desk.client.post("/probe/formular", data={"a": "b"}, headers=asked)
    assert answer.status_code == 401
    assert answer.headers["hx-reswap"] == "none"
    assert "hx-redirect" not in answer.headers
    assert "Ihre Eingabe steht noch da" in answer.text
    assert 'target="_blank"' in answer.text
