# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Legal pages with all their parts (A-01, A-02, D-13), and reported barriers (A-04)."""

import json
from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.operations import gaps
from app.operations.actions import delete_reports
from app.operations.queries import Report, reports
from app.settings import Settings
from tests.app.test_settings import COMPLETE


@pytest.fixture
def settings(sqlite_url: str, request: pytest.FixtureRequest) -> Settings:
    return Settings(database_url=sqlite_url, **getattr(request, "param", {}))


COMPLETE_HERE = {**COMPLETE, "public_url": "https://testserver"}
LEGAL = ("/impressum", "/datenschutz", "/barrierefreiheit")


@pytest.mark.parametrize("settings", [COMPLETE_HERE], indirect=True)
def test_the_statement_has_all_seven_parts(client: TestClient) -> None:
    text = client.get("/barrierefreiheit").text
    parts = {
        "body": "Stadt Musterstadt",
        "state": "Niedersachsen",
        "law": "Niedersächsisches Behindertengleichstellungsgesetz",
        "status": "teilweise vereinbar",
        "gaps": "12.1.1",
        "method and date": "Selbstbewertung. Zuletzt geprüft: 1. November 2026",
        "feedback": 'href="/barriere-melden"',
        "feedback mail": "selbstcheck@musterstadt.example",
        "enforcement": "https://example.org/schlichtung",
    }
    assert {name for name, part in parts.items() if part not in text} == set()


@pytest.mark.parametrize("settings", [COMPLETE_HERE], indirect=True)
@pytest.mark.parametrize("path", LEGAL)
def test_a_complete_instance_has_no_empty_places(client: TestClient, path: str) -> None:
    assert "noch nicht" not in client.get(path).text.replace("Was noch nicht barrierefrei ist", "")


@pytest.mark.parametrize("path", LEGAL)
def test_an_unfinished_instance_says_so(client: TestClient, path: str) -> None:
    assert "noch nicht für den Betrieb eingerichtet" in client.get(path).text


@pytest.mark.parametrize("settings", [{"draft_days": 14, "submitted_months": 6, "report_months": 3}], indirect=True)
def test_the_notice_names_the_real_periods(client: TestClient) -> None:
    text = client.get("/datenschutz").text
    for period in ("14 Tage", "6 Monate", "3 Monate", "Die Teilnahme ist freiwillig"):
        assert period in text


@pytest.mark.parametrize(
    "settings", [{"address_days": 7, "audit_months": 5, "account_months": 9}], indirect=True, ids=["periods"]
)
def test_the_notice_tells_of_rounds_accounts_and_mail_as_well(client: TestClient) -> None:
    """It holds for everything that is kept, not for checks alone (A-01, D-13, M7.4)."""
    text = " ".join(client.get("/datenschutz").text.split())
    for period in ("7 Tage nach dem Ende der Befragung", "Nach 5 Monaten", "9 Monate nach der letzten Anmeldung"):
        assert period in text
    for said in (
        "mit Name und Uhrzeit in einem Verlauf",
        "ein zweites Cookie",
        "erhält die Kommune das Ergebnis, und alle, denen sie es zeigt",
        "sieht die Kommune nur, wie viele Menschen je Gruppe eingeladen sind und abgegeben haben",
        "zeigt das Ergebnis damit die Antwort von allen",
        "Danach sind abgegebene Antworten gezählt",
        "Erinnerungen an alle",
    ):
        assert said in text, said
    assert "ein drittes" not in text  # there is no OpenID provider


@pytest.mark.parametrize(
    "settings",
    [{"address_days": 0, "oidc_issuer": "https://id.belm.de", "oidc_client_id": "x", "oidc_name": "Stadt-Login"}],
    indirect=True,
    ids=["provider"],
)
def test_the_notice_names_the_provider_with_which_people_sign_in(client: TestClient) -> None:
    text = " ".join(client.get("/datenschutz").text.split())
    assert "Wer sich über „Stadt-Login“ anmeldet, hat hier kein Passwort" in text
    assert "für zehn Minuten ein drittes" in text
    assert "Adressen und Nachrichten löschen wir am Ende der Befragung" in text


def test_known_gaps_of_the_product_are_complete() -> None:
    shipped = json.loads(Path(gaps.__file__).with_name("gaps.json").read_text(encoding="utf-8"))
    assert shipped["gaps"]
    assert all(all(entry.values()) for entry in shipped["gaps"])
    assert len(gaps.product_gaps()) == len(shipped["gaps"])


def test_a_barrier_is_stored_with_its_day_only(client: TestClient, app: FastAPI) -> None:
    typed = {"page": "/check/…/abschnitt/E1", "description": " Kein\r\nFokus ", "contact": "a@b.example"}
    answer = client.post("/barriere-melden", data=typed)
    assert (answer.status_code, answer.headers["location"]) == (303, "/barriere-melden/danke")
    assert "gespeichert" in client.get("/barriere-melden/danke").text
    with app.state.database.reading() as session:
        stored = Report(date(2026, 11, 22), "/check/…/abschnitt/E1", "Kein\nFokus", "a@b.example")
        assert reports(session) == (stored,)


def test_what_is_missing_is_said_twice_and_nothing_typed_is_lost(client: TestClient, app: FastAPI) -> None:
    answer = client.post("/barriere-melden", data={"description": "  ", "contact": "<b>&", "page": "x" * 201})
    assert answer.status_code == 422
    assert "<title>Fehler: Barriere melden" in answer.text
    assert answer.text.count("Beschreiben Sie, was nicht funktioniert.") == 2
    assert 'href="#description"' in answer.text
    assert 'aria-describedby="description-hint description-error"' in answer.text
    assert answer.text.count("Kürzen Sie „Auf welcher Seite?“ auf höchstens 200 Zeichen.") == 2
    assert 'value="&lt;b&gt;&amp;"' in answer.text
    with app.state.database.reading() as session:
        assert reports(session) == ()


def test_the_form_knows_the_page_but_no_id(client: TestClient) -> None:
    text = client.get("/barriere-melden", params={"seite": '/check/…/"><script>'}).text
    assert 'value="/check/…/&#34;&gt;&lt;script&gt;"' in text
    assert "?seite=/barriere-melden" in text


@pytest.mark.parametrize("dry_run", [True, False])
def test_old_reports_go(client: TestClient, app: FastAPI, dry_run: bool) -> None:
    client.post("/barriere-melden", data={"description": "alt"})
    with app.state.database.writing() as session:
        assert delete_reports(session, before=date(2026, 11, 22), dry_run=dry_run) == 0
        assert delete_reports(session, before=date(2026, 11, 23), dry_run=dry_run) == 1
    with app.state.database.reading() as session:
        assert len(reports(session)) == (1 if dry_run else 0)
