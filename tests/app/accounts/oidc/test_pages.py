# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The way through the provider as the browser sees it, and everything that must not lead in."""

import re
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.accounts.actions.sessions import begin_session
from app.accounts.oidc import open_provider
from app.accounts.second_factor import new_secret
from app.clock import Clock
from app.db import Database
from app.main import create_app
from app.settings import Settings, SettingsError
from app.tables.municipalities import Membership
from app.web.limits import Limits
from app.web.staff_session import SECURE_NAME
from questionnaires.library import Library
from tests.app.accounts.oidc.people import account, invited, logins, sessions
from tests.app.accounts.oidc.stand_in import StandIn
from tests.staff import municipality

APP = Path(__file__).parents[4] / "app"
FINISH = "/anmelden/oidc/zurueck"
STATE = "__Host-selbstcheck-oidc"


class MovingClock:
    """A clock that a test moves on."""

    def __init__(self, now: datetime) -> None:
        self.moment = now

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def moving(clock: Clock) -> MovingClock:
    return MovingClock(clock.now())


@pytest.fixture(scope="module")
def assembled(library: Library) -> FastAPI:
    """Putting an app together takes longer than all that a test here does with it."""
    return create_app(Settings(public_url="https://testserver"), library=library)


@pytest.fixture
def app(assembled: FastAPI, settings: Settings, moving: MovingClock) -> FastAPI:
    """The app with a database, a clock and a provider of this test's own."""
    state = assembled.state
    state.settings, state.clock = settings, Clock(moving)
    state.database, state.limits, state.oidc = (
        Database(settings.database_url),
        Limits(settings),
        open_provider(settings),
    )
    return assembled


@pytest.fixture
def ada(app: FastAPI) -> str:
    """The account of somebody invited."""
    with app.state.database.writing() as db:
        return invited(db, "ada@example.org")


def begin(client: TestClient, stand_in: StandIn, back: str = "", **claims: Any) -> str:
    """Leave for the provider, who will sign the person in with these claims; the state."""
    left = client.post("/anmelden/oidc", data={"weiter": back})
    assert left.status_code == 200
    asked = parse_qs(urlsplit(left.headers["refresh"].partition("url=")[2]).query)
    now = client.app.state.clock.now()  # type: ignore[attr-defined]
    stand_in.signs_in(stand_in.token({**stand_in.claims(now, asked["nonce"][0]), **claims}))
    return asked["state"][0]


def finish(client: TestClient, state: str, **reply: str) -> Any:
    return client.post(FINISH, data={"code": "code", "state": state, **reply})


def test_somebody_comes_in_and_goes_on_to_what_they_asked_for(
    client: TestClient, app: FastAPI, stand_in: StandIn, ada: str
) -> None:
    state = begin(client, stand_in, "/konto")
    shown = client.get(FINISH, params={"code": "code", "state": state, "iss": stand_in.issuer})
    assert shown.status_code == 200
    assert all(value in shown.text for value in ("Jetzt anmelden", state, stand_in.issuer))
    with app.state.database.reading() as db:
        assert sessions(db) == [], "a GET changes nothing"
    done = finish(client, state, iss=stand_in.issuer)
    assert (done.status_code, done.headers["location"]) == (303, "/konto")
    assert client.get("/konto").status_code == 200


def test_the_cookies_say_how_they_may_be_used(client: TestClient, stand_in: StandIn, ada: str) -> None:
    left = client.post("/anmelden/oidc")
    kept = left.headers["set-cookie"].lower()
    assert kept.startswith(STATE.lower())
    assert all(word in kept for word in ("secure", "httponly", "samesite=lax", "path=/", "max-age=600"))
    assert "domain" not in kept
    done = finish(client, begin(client, stand_in))
    given = [cookie for cookie in done.headers.get_list("set-cookie") if cookie.startswith(SECURE_NAME)]
    assert "samesite=strict" in given[0].lower()
    assert STATE not in client.cookies


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "/nirgends", "x" * 400])
def test_it_goes_on_only_to_places_of_ours(
    client: TestClient, app: FastAPI, stand_in: StandIn, ada: str, back: str
) -> None:
    """X-05."""
    asked_for_nothing = finish(client, begin(client, stand_in)).headers["location"]
    assert finish(client, begin(client, stand_in, back)).headers["location"] == asked_for_nothing


def test_who_needs_a_second_factor_that_the_provider_has_not_proved_is_led_to_ours(
    client: TestClient, app: FastAPI, stand_in: StandIn, ada: str
) -> None:
    """X-15."""
    with app.state.database.writing() as db:
        db.add(Membership(municipality_id=municipality(db), account_id=ada, role="coordinator"))
    done = finish(client, begin(client, stand_in, "/konto"))
    assert done.headers["location"].startswith("/konto/zweiter-faktor")
    with app.state.database.reading() as db:
        assert [session.proved_at for session in sessions(db)] == [None]
    assert client.get("/konto").status_code == 303


def test_a_second_factor_at_the_provider_counts_if_the_operator_says_so(
    client: TestClient, app: FastAPI, settings: Settings, stand_in: StandIn, ada: str
) -> None:
    app.state.oidc = open_provider(settings.model_copy(update={"oidc_second_factor": "mfa"}))
    with app.state.database.writing() as db:
        db.add(Membership(municipality_id=municipality(db), account_id=ada, role="coordinator"))
    done = finish(client, begin(client, stand_in, "/konto", amr=["pwd", "mfa"]))
    assert done.headers["location"] == "/konto"
    assert client.get("/konto").status_code == 200


def nobody_is_in(app: FastAPI) -> bool:
    with app.state.database.reading() as db:
        return sessions(db) == []


def test_a_sign_in_that_another_browser_began_leads_nowhere(
    client: TestClient, app: FastAPI, stand_in: StandIn, ada: str
) -> None:
    """Somebody sends their own way back to us as a link, to have others work in their account."""
    state = begin(client, stand_in)
    for kept in (None, "another"):
        client.cookies.clear()
        if kept:
            client.cookies.set(STATE, kept)
        assert client.get(FINISH, params={"code": "code", "state": state}).status_code == 409
        assert finish(client, state).status_code == 409
    assert nobody_is_in(app)
    assert stand_in.posted == {}, "the code was not sent to the provider"


@pytest.mark.parametrize("state", ["", "wrong", "\u00fc"])
def test_a_wrong_state_leads_nowhere(client: TestClient, app: FastAPI, stand_in: StandIn, ada: str, state: str) -> None:
    begin(client, stand_in)
    assert finish(client, state).status_code == 409
    assert nobody_is_in(app)


def test_a_state_that_nobody_began_leads_nowhere(client: TestClient, app: FastAPI, stand_in: StandIn, ada: str) -> None:
    begin(client, stand_in)
    client.cookies.set(STATE, "made-up")
    assert finish(client, "made-up").status_code == 409
    assert stand_in.posted == {}


def test_a_reply_leads_in_once(client: TestClient, app: FastAPI, stand_in: StandIn, ada: str) -> None:
    state = begin(client, stand_in)
    assert finish(client, state).status_code == 303
    client.cookies.set(STATE, state)
    assert finish(client, state).status_code == 409


def test_a_reply_that_failed_does_not_lead_in_later(
    client: TestClient, app: FastAPI, stand_in: StandIn, ada: str
) -> None:
    state = begin(client, stand_in)
    right = stand_in.answers["/token"]
    stand_in.signs_in(stand_in.token(stand_in.claims(client.app.state.clock.now(), "foreign")))  # type: ignore[attr-defined]
    refused = finish(client, state)
    assert refused.status_code == 403
    assert "Zu Ihrem Schutz haben wir Sie nicht angemeldet" in refused.text
    stand_in.answers["/token"] = right
    assert finish(client, state).status_code == 409
    assert nobody_is_in(app)


def test_who_takes_longer_than_ten_minutes_begins_again(
    client: TestClient, app: FastAPI, stand_in: StandIn, moving: MovingClock, ada: str
) -> None:
    state = begin(client, stand_in)
    moving.moment += timedelta(minutes=10)
    over = finish(client, state)
    assert over.status_code == 409
    assert "Beginnen Sie die Anmeldung noch einmal" in over.text


def test_a_reply_of_another_provider_leads_nowhere(
    client: TestClient, app: FastAPI, stand_in: StandIn, ada: str
) -> None:
    assert finish(client, begin(client, stand_in), iss="https://elsewhere.example").status_code == 403
    assert nobody_is_in(app)


def test_a_form_on_another_site_begins_nothing(client: TestClient, app: FastAPI, stand_in: StandIn) -> None:
    for path in ("/anmelden/oidc", FINISH):
        assert client.post(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    with app.state.database.reading() as db:
        assert logins(db) == []


@pytest.mark.parametrize(
    ("values", "claims", "status", "told"),
    [
        ({"password_hash": "a hash"}, {}, 409, "Melden Sie sich mit dem Passwort an"),
        ({"is_disabled": True}, {}, 403, "Ihr Konto ist gesperrt"),
        ({"oidc_issuer": "https://a.example", "oidc_subject": "ada"}, {}, 409, "gehört hier zu einem anderen Konto"),
        ({}, {"email_verified": False}, 403, "nicht bestätigt"),
        ({}, {"email": "eve@example.org"}, 403, "Bitten Sie die Koordination Ihrer Kommune"),
    ],
    ids=str,
)
def test_who_gets_no_account_is_told_what_to_do(
    client: TestClient,
    app: FastAPI,
    stand_in: StandIn,
    values: dict[str, Any],
    claims: dict[str, Any],
    status: int,
    told: str,
) -> None:
    with app.state.database.writing() as db:
        invited(db, "ada@example.org", **values)
    answer = finish(client, begin(client, stand_in, **claims))
    assert answer.status_code == status
    assert told in answer.text
    assert nobody_is_in(app)


def sign_in_with_password(client: TestClient, app: FastAPI, email: str = "ada@example.org") -> str:
    with app.state.database.writing() as db:
        account_id = invited(db, email, password_hash="a hash")
        token = begin_session(db, account_id, app.state.clock.now(), proved=True)
    client.cookies.set(SECURE_NAME, token, domain="testserver.local", path="/")
    return account_id


def test_the_owner_of_an_account_with_a_password_connects_it(
    client: TestClient, app: FastAPI, stand_in: StandIn
) -> None:
    account_id = sign_in_with_password(client, app)
    shown = client.get("/konto/oidc")
    assert "Ihr Passwort hier gilt dann nicht mehr" in shown.text
    before = client.cookies[SECURE_NAME]
    done = finish(client, begin(client, stand_in, "/konto/oidc"))
    assert done.headers["location"] == "/konto/oidc"
    assert client.cookies[SECURE_NAME] != before
    assert "Sie melden sich nur dort an" in client.get("/konto/oidc").text
    with app.state.database.reading() as db:
        assert account(db, account_id).password_hash is None
        assert len(sessions(db)) == 1


def test_an_account_is_not_connected_to_somebody_else(client: TestClient, app: FastAPI, stand_in: StandIn) -> None:
    account_id = sign_in_with_password(client, app)
    answer = finish(client, begin(client, stand_in, "/konto/oidc", email="eve@example.org"))
    assert answer.status_code == 409
    assert "Das Konto wurde nicht verbunden" in answer.text
    with app.state.database.reading() as db:
        assert account(db, account_id).password_hash == "a hash"


def test_an_account_is_not_connected_once_its_session_is_over(
    client: TestClient, app: FastAPI, stand_in: StandIn
) -> None:
    account_id = sign_in_with_password(client, app)
    state = begin(client, stand_in, "/konto/oidc")
    client.cookies.delete(SECURE_NAME)
    assert "Ihr Konto hat ein Passwort" in finish(client, state).text
    with app.state.database.reading() as db:
        assert account(db, account_id).oidc_subject is None


def test_name_and_address_are_changed_at_the_provider_only(
    client: TestClient, app: FastAPI, stand_in: StandIn, ada: str
) -> None:
    """O-20."""
    finish(client, begin(client, stand_in))
    shown = client.get("/konto").text
    assert "Name und E-Mail-Adresse kommen von dort" in shown
    assert not any(f'href="{path}"' in shown for path in ("/konto/name", "/konto/email"))
    for path in ("/konto/name", "/konto/email", "/konto/email/bestaetigen", "/konto/passwort"):
        assert client.post(path, data={"name": "Eve", "email": "eve@example.org"}).status_code == 403, path
    finish(client, begin(client, stand_in, name="Ada Neu", email="ada@new.example"))
    with app.state.database.reading() as db:
        assert (account(db, ada).name, account(db, ada).email) == ("Ada Neu", "ada@new.example")


def log_out(client: TestClient, token: str) -> Any:
    """As the provider does it: no cookie, no origin."""
    headers = {"sec-fetch-site": ""}
    request = client.build_request("POST", "/anmelden/oidc/abmeldung", data={"logout_token": token}, headers=headers)
    del request.headers["sec-fetch-site"]
    request.headers.pop("cookie", None)
    return client.send(request)


def test_the_provider_ends_a_session(client: TestClient, app: FastAPI, stand_in: StandIn, ada: str) -> None:
    finish(client, begin(client, stand_in))
    token = stand_in.token(stand_in.logout_claims(app.state.clock.now()), typ="logout+jwt")
    answer = log_out(client, token)
    assert (answer.status_code, answer.headers["cache-control"], answer.text) == (200, "no-store", "")
    assert nobody_is_in(app)
    assert log_out(client, token).status_code == 400, "the same message again"


@pytest.mark.parametrize("has_factor", [False, True])
def test_the_provider_ends_a_session_also_after_our_own_second_factor(
    client: TestClient, app: FastAPI, stand_in: StandIn, ada: str, has_factor: bool
) -> None:
    """The second factor begins a session of its own, which is still the one that the provider began."""
    secret = new_secret()
    with app.state.database.writing() as db:
        db.add(Membership(municipality_id=municipality(db), account_id=ada, role="coordinator"))
        if has_factor:
            person = account(db, ada)
            person.totp_secret, person.totp_confirmed = secret, True
    finish(client, begin(client, stand_in))
    code = pyotp.TOTP(secret).at(app.state.clock.now())
    if has_factor:
        client.post("/anmelden/code", data={"code": code})
    else:
        client.post("/konto/zweiter-faktor", data={"secret": secret, "code": code})
    assert client.get("/konto").status_code == 200
    token = stand_in.token(stand_in.logout_claims(app.state.clock.now()), typ="logout+jwt")
    assert log_out(client, token).status_code == 200
    assert nobody_is_in(app)


@pytest.mark.parametrize(
    "claims", [{"iss": "https://elsewhere.example"}, {"aud": "another"}, {"nonce": "a"}, {"events": {}}]
)
def test_what_the_provider_has_not_said_ends_nothing(
    client: TestClient, app: FastAPI, stand_in: StandIn, ada: str, claims: dict[str, Any]
) -> None:
    finish(client, begin(client, stand_in))
    token = stand_in.token(stand_in.logout_claims(app.state.clock.now(), **claims), typ="logout+jwt")
    assert log_out(client, token).status_code == 400
    assert not nobody_is_in(app)


def test_without_a_token_nothing_ends(client: TestClient, app: FastAPI, stand_in: StandIn, ada: str) -> None:
    finish(client, begin(client, stand_in))
    assert client.post("/anmelden/oidc/abmeldung").status_code == 400
    assert not nobody_is_in(app)


def test_while_the_provider_is_away_people_are_told_so_and_passwords_work(
    client: TestClient, app: FastAPI, stand_in: StandIn, ada: str
) -> None:
    stand_in.answers.clear()
    away = client.post("/anmelden/oidc")
    assert away.status_code == 503
    assert "Der Anmeldedienst antwortet gerade nicht" in away.text
    shown = client.get("/anmelden")
    assert shown.status_code == 200
    assert 'name="password"' in shown.text
    signed_out = client.get("/anmelden/oidc/abmelden")
    assert signed_out.status_code == 200
    assert "Auch bei Stadt-Login abmelden" not in signed_out.text
    with app.state.database.reading() as db:
        assert logins(db) == []


def test_a_provider_that_goes_away_meanwhile_signs_nobody_in(
    client: TestClient, app: FastAPI, stand_in: StandIn, ada: str
) -> None:
    state = begin(client, stand_in)
    stand_in.answers["/token"] = 503, {}
    assert finish(client, state).status_code == 503
    assert nobody_is_in(app)


def test_signing_out_offers_to_sign_out_at_the_provider(client: TestClient, stand_in: StandIn, ada: str) -> None:
    stand_in.discovery["end_session_endpoint"] = f"{stand_in.issuer}/end?realm=a"
    finish(client, begin(client, stand_in))
    assert client.post("/abmelden").headers["location"] == "/anmelden/oidc/abmelden"
    shown = client.get("/anmelden/oidc/abmelden").text.replace("&amp;", "&")
    assert (
        f"{stand_in.issuer}/end?realm=a&client_id=selbstcheck&post_logout_redirect_uri=https%3A%2F%2Ftestserver"
        in shown
    )
    assert "Sie sind auch bei Stadt-Login abgemeldet" in client.get("/anmelden/oidc/abgemeldet").text


def test_who_signed_in_with_a_password_is_not_sent_to_the_provider(
    client: TestClient, app: FastAPI, stand_in: StandIn
) -> None:
    sign_in_with_password(client, app)
    assert client.post("/abmelden").headers["location"] == "/abgemeldet"


def test_the_provider_is_asked_nothing_before_somebody_wants_to_sign_in(client: TestClient, stand_in: StandIn) -> None:
    assert "Stadt-Login" in client.get("/anmelden").text
    assert not stand_in.asked


def test_the_log_names_the_check_that_failed_and_nothing_of_the_person(
    client: TestClient, stand_in: StandIn, ada: str, caplog: pytest.LogCaptureFixture
) -> None:
    """X-26."""
    caplog.set_level("INFO", "selbstcheck")
    finish(client, begin(client, stand_in, aud="another", email="ada@example.org"))
    told = [getattr(line, "fields", {}) for line in caplog.records]
    assert {"reason": "id_token_aud"} in told
    assert not any(word in str(told) for word in ("ada", "another", "code="))


def test_beginning_is_limited(
    client: TestClient, app: FastAPI, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """X-11: each beginning keeps a row."""
    limits = app.state.limits
    monkeypatch.setitem(limits._per_hour, "oidc", type(limits._per_hour["oidc"])(2))
    assert [client.post("/anmelden/oidc").status_code for _ in range(3)] == [200, 200, 429]


def test_an_instance_without_provider_has_none_of_these_pages(
    client: TestClient, app: FastAPI, sqlite_url: str
) -> None:
    app.state.settings = Settings(database_url=sqlite_url)
    app.state.oidc = open_provider(app.state.settings)
    assert app.state.oidc is None
    assert "/anmelden/oidc" not in client.get("/anmelden").text
    for path in ("/anmelden/oidc", FINISH, "/anmelden/oidc/abmeldung"):
        assert client.post(path).status_code == 404, path
    for path in (FINISH, "/anmelden/oidc/abmelden", "/anmelden/oidc/abgemeldet", "/konto/oidc"):
        assert client.get(path).status_code == 404, path


def test_an_instance_without_provider_needs_no_package_for_it() -> None:
    """Authlib and what comes with it are an extra: only `open_provider` leads to the modules that use it."""
    sources = {path: path.read_text(encoding="utf-8") for path in APP.rglob("*.py")}
    users = {
        path for path, text in sources.items() if re.search(r"^(?:from|import) (?:authlib|joserfc|httpx2)", text, re.M)
    }
    assert {path.parent for path in users} == {APP / "accounts/oidc"}
    names = "|".join(f"accounts.oidc.{path.stem}" for path in users)
    importing = {path for path, text in sources.items() if re.search(rf"^from app.({names}) import", text, re.M)}
    assert importing <= users


def test_a_package_that_is_missing_is_named_at_the_start(plain: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "app.accounts.oidc.provider", None)
    with pytest.raises(SettingsError, match=r"SELBSTCHECK_OIDC_ISSUER: .* selbstcheck\[oidc\]"):
        open_provider(plain)


def test_authorities_that_cannot_be_read_are_named_at_the_start(plain: Settings, tmp_path: Path) -> None:
    (tmp_path / "empty.pem").touch()
    for path in (tmp_path / "missing.pem", tmp_path / "empty.pem"):
        with pytest.raises(SettingsError, match="SELBSTCHECK_CA_FILE"):
            open_provider(plain.model_copy(update={"ca_file": path}))


def test_in_production_the_provider_has_to_be_reached_over_https(plain: Settings) -> None:
    with pytest.raises(SettingsError, match="SELBSTCHECK_OIDC_ISSUER"):
        plain.model_copy(update={"env": "production", "oidc_issuer": "http://login.example"}).ready()
