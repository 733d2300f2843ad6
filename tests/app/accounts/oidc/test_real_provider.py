# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole way with a real, certified provider: in, out, in again, and signed out by the provider itself (X-17)."""

from fastapi import FastAPI

from tests.app.accounts.oidc.people import account, invited, logins, sessions
from tests.app.accounts.oidc.real import Person, RealProvider


def invite(app: FastAPI, email: str = "Ada@Example.org") -> str:
    with app.state.database.writing() as db:
        return invited(db, email)


def leave(person: Person, app_url: str) -> Person:
    """From our sign-in page to the provider's."""
    return person.open(f"{app_url}/anmelden?weiter=/konto").send("/anmelden/oidc$").follow_refresh()


def sign_in(person: Person, app_url: str, name: str = "ada") -> Person:
    leave(person, app_url).send("/interaction/", login=name, password="any").send("/interaction/")
    assert person.page.url.path == "/anmelden/oidc/zurueck"
    return person.send("/anmelden/oidc/zurueck$")


def test_somebody_invited_signs_in(served: FastAPI, real: RealProvider, person: Person, app_url: str) -> None:
    account_id = invite(served)
    sign_in(person, app_url)
    assert person.page.status_code == 200
    assert str(person.page.url) == f"{app_url}/konto"
    with served.state.database.reading() as db:
        found = account(db, account_id)
        (session,) = sessions(db)
        assert logins(db) == []
    assert (found.oidc_issuer, found.oidc_subject) == (real.issuer, "ada")
    assert (found.name, found.email) == ("Ada Beispiel", "ada@example.org")
    assert session.account_id == account_id
    assert session.proved_at is not None
    assert session.oidc_sid


def test_the_way_there_asks_for_a_code_with_proof_and_nonce(
    served: FastAPI, real: RealProvider, person: Person, app_url: str
) -> None:
    person.open(f"{app_url}/anmelden").send("/anmelden/oidc$")
    asked = person.client.build_request("GET", person.page.headers["refresh"].partition("url=")[2]).url.params
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == f"{app_url}/anmelden/oidc/zurueck"
    assert len(asked["state"]) == len(asked["nonce"]) == len(asked["code_challenge"]) == 43
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}


def test_the_second_time_the_provider_asks_nothing_any_more(
    served: FastAPI, real: RealProvider, person: Person, app_url: str
) -> None:
    account_id = invite(served)
    sign_in(person, app_url)
    leave(person, app_url)
    assert person.page.url.path == "/anmelden/oidc/zurueck"
    person.send("/anmelden/oidc/zurueck$")
    assert str(person.page.url) == f"{app_url}/konto"
    with served.state.database.reading() as db:
        # The session that the browser had before is ended.
        assert [session.account_id for session in sessions(db)] == [account_id]


def test_who_is_not_invited_learns_whom_to_ask(
    served: FastAPI, real: RealProvider, person: Person, app_url: str
) -> None:
    sign_in(person, app_url)
    assert person.page.status_code == 403
    assert "Bitten Sie die Koordination Ihrer Kommune" in person.page.text
    with served.state.database.reading() as db:
        assert sessions(db) == []


def test_an_address_that_the_provider_does_not_vouch_for_leads_nowhere(
    served: FastAPI, real: RealProvider, person: Person, app_url: str
) -> None:
    account_id = invite(served, "eve@example.org")
    sign_in(person, app_url, "eve")
    assert person.page.status_code == 403
    assert "E-Mail-Adresse ist nicht bestätigt" in person.page.text
    with served.state.database.reading() as db:
        assert account(db, account_id).oidc_subject is None


def test_who_stops_at_the_provider_is_told_so(
    served: FastAPI, real: RealProvider, person: Person, app_url: str
) -> None:
    leave(person, app_url)
    person.open(next(line for line in person.page.text.split('"') if line.endswith("/abort")))
    assert person.page.status_code == 403
    assert "Der Anmeldedienst hat Sie nicht angemeldet" in person.page.text


def test_a_code_works_once(served: FastAPI, real: RealProvider, person: Person, app_url: str) -> None:
    invite(served)
    leave(person, app_url).send("/interaction/", login="ada", password="any").send("/interaction/")
    answered, state = person.page, person.client.cookies["__Host-selbstcheck-oidc"]
    person.send("/anmelden/oidc/zurueck$")
    person.page = answered
    person.client.cookies.set("__Host-selbstcheck-oidc", state, domain="localhost.local")
    person.send("/anmelden/oidc/zurueck$")
    assert person.page.status_code == 409
    assert "Diese Anmeldung ist abgelaufen" in person.page.text


def test_signing_out_here_leads_to_signing_out_there(
    served: FastAPI, real: RealProvider, person: Person, app_url: str
) -> None:
    invite(served)
    sign_in(person, app_url).post(f"{app_url}/abmelden")
    assert person.page.url.path == "/anmelden/oidc/abmelden"
    with served.state.database.reading() as db:
        assert sessions(db) == []
    person.open(next(part for part in person.page.text.replace("&amp;", "&").split('"') if "/session/end?" in part))
    person.send("/session/end", logout="yes")
    assert str(person.page.url) == f"{app_url}/anmelden/oidc/abgemeldet"
    assert real.says() == "backchannel success"
    leave(person, app_url)
    assert person.page.url.path.startswith("/interaction/"), "the provider asks for the password again"


def test_signing_out_there_signs_out_here(served: FastAPI, real: RealProvider, person: Person, app_url: str) -> None:
    """The provider itself calls the back channel."""
    invite(served)
    sign_in(person, app_url)
    person.open(f"{real.issuer}/session/end").send("/session/end", logout="yes")
    assert real.says() == "backchannel success"
    with served.state.database.reading() as db:
        assert sessions(db) == []
    person.open(f"{app_url}/konto")
    assert person.page.url.path == "/anmelden"
