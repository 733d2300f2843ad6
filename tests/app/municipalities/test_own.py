# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`/kommunen`, the facts of one's own municipality, and its log of acts."""

import re
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import col, select

import app as app_package
from app.audit import record
from app.municipalities.acts import SENTENCES
from app.municipalities.queries.log import PER_PAGE
from app.permissions import Role
from app.tables.audits import AuditEntry
from app.tables.municipalities import Municipality
from app.tables.people import Account
from questionnaires.library import Library
from tests import staff
from tests.app.municipalities.conftest import Towns
from tests.markup import Markup
from tests.rounds import a_round


def test_ones_own_municipalities_in_german_order(client: TestClient, app: FastAPI, towns: Towns) -> None:
    with app.state.database.writing() as db:
        db.add(
            staff.Membership(
                municipality_id=towns.other.id, account_id=towns.belm.member.account_id, role="coordinator"
            )
        )
    shown = Markup(towns.belm.member.sign_in(client).get("/kommunen").text)
    assert [link.text for link in shown.all("a", class_="entry__name")] == ["Ähausen", "Belm"]
    assert "Ähausen kleine Stadt oder Gemeinde · 14.071 Menschen Koordination" in shown.words
    assert "/verwaltung/kommunen" not in shown.links


def test_who_belongs_nowhere_is_told_what_to_do(client: TestClient, towns: Towns) -> None:
    shown = Markup(towns.operator.sign_in(client).get("/kommunen").text)
    assert "Ihr Konto gehört noch zu keiner Kommune." in shown.words
    assert "/verwaltung/kommunen" in shown.links
    assert client.get("/kommunen").status_code == 200


def test_a_coordinator_changes_the_facts(client: TestClient, app: FastAPI, towns: Towns) -> None:
    towns.belm.coordinator.sign_in(client)
    form = Markup(client.get(towns.belm.address("angaben")).text).form("/angaben")
    assert form.values() == {"name": "Belm", "municipality_type": "kleine_stadt_gemeinde", "population": "14071"}
    assert client.post(form.action, data=form.values(name="Belm am Berg", population="")).status_code == 303
    with app.state.database.reading() as db:
        found = db.get_one(Municipality, towns.belm.id)
        assert (found.name, found.population) == ("Belm am Berg", None)
        assert [(one.action, one.actor) for one in db.exec(select(AuditEntry))] == [
            ("municipality.edit", "Ada Beispiel")
        ]
    wrong = client.post(form.action, data=form.values(name="x" * 121, population="0"))
    assert wrong.status_code == 422
    assert "kürzen Sie ihn auf 120 Zeichen" in wrong.text


def test_the_log_says_who_did_what(client: TestClient, app: FastAPI, towns: Towns, library: Library) -> None:
    scope, now = towns.belm.coordinator.of(towns.belm.id), app.state.clock.now()
    questionnaire = library.latest("kurzcheck")
    with app.state.database.writing() as db:
        made = a_round(db, towns.belm.id, questionnaire, {"office": None})
        record(db, scope, "round.open", now, round_id=made.id)
        record(db, towns.other.coordinator.of(towns.other.id), "round.close", now)
        record(db, scope, "member.role", now, account=towns.belm.member.account_id, role="coordinator")
        record(db, scope, "member.remove", now, account="0" * 32)
        record(db, scope, "something.new", now)
    shown = Markup(towns.belm.coordinator.sign_in(client).get(towns.belm.address("verlauf")).text)
    lines = sorted(" ".join(item.text.split()) for item in shown.all("li", class_="act"))
    when, who = "22. November 2026, 10:42 Uhr", "Ada Beispiel"
    assert [line.replace("\u00a0", " ") for line in lines] == [
        f"{when} Durchgang geöffnet „Durchgang 2026“ {who}",
        f"{when} Person entfernt: gelöschtes Konto {who}",
        f"{when} Rolle geändert: Ömer Mitglied (Koordination) {who}",
        f"{when} something.new {who}",
    ]


def test_the_log_forgets_names_with_the_accounts(client: TestClient, app: FastAPI, towns: Towns) -> None:
    with app.state.database.writing() as db:
        second = staff.member(db, app, towns.belm.id, "Berta Zweite", Role.COORDINATOR)
        record(db, towns.belm.coordinator.of(towns.belm.id), "municipality.edit", app.state.clock.now(), name="Belm")
        db.exec(select(AuditEntry)).one().actor = ""
        db.delete(db.exec(select(Account).where(col(Account.id) == towns.belm.coordinator.account_id)).one())
    shown = Markup(second.sign_in(client).get(towns.belm.address("verlauf")).text)
    assert "Angaben zur Kommune geändert „Belm“ ohne Namen" in shown.words


def test_the_log_by_pages(client: TestClient, app: FastAPI, towns: Towns) -> None:
    scope = towns.belm.coordinator.of(towns.belm.id)
    with app.state.database.writing() as db:
        for number in range(PER_PAGE + 1):
            record(db, scope, "round.mail", app.state.clock.now(), title=f"Nummer {number}")
    towns.belm.coordinator.sign_in(client)
    first = Markup(client.get(towns.belm.address("verlauf")).text)
    assert len(first.all("li", class_="act")) == PER_PAGE
    (after,) = [link for link in first.links if "seite=2" in link]
    second = Markup(client.get(after).text)
    assert len(second.all("li", class_="act")) == 1
    assert [link for link in second.links if "seite=1" in link]
    assert "Seite 2" in second.title


def test_an_empty_log_says_what_will_stand_there(client: TestClient, towns: Towns) -> None:
    towns.belm.coordinator.sign_in(client)
    assert "Noch ist nichts geschehen." in client.get(towns.belm.address("verlauf")).text


def test_every_act_that_is_recorded_has_its_words() -> None:
    sources = [path.read_text(encoding="utf-8") for path in Path(app_package.__path__[0]).rglob("*.py")]
    found = {name for source in sources for name in re.findall(r'\brecord\(\s*\w+,\s*[\w.]+,\s*"([a-z_.]+)"', source)}
    assert {"municipality.create", "member.invite", "round.close"} <= found
    assert found - set(SENTENCES) == set()


def test_the_operator_reads_what_was_done_to_accounts_and_towns_and_nothing_of_rounds(
    client: TestClient, app: FastAPI, towns: Towns
) -> None:
    """Rounds are their municipality's own: the operator runs the instance and reads nothing of them."""
    now = app.state.clock.now()
    with app.state.database.writing() as db:
        record(db, towns.operator.scope, "account.disable", now, account=towns.belm.member.account_id)
        record(db, towns.belm.coordinator.of(towns.belm.id), "municipality.edit", now)
        record(db, towns.belm.coordinator.of(towns.belm.id), "round.create", now, title="Geheimer Durchgang")
        within = towns.belm.coordinator.within("f" * 32, towns.belm.id)
        record(db, within, "round.open", now, title="Geheimer Durchgang")
    shown = Markup(towns.operator.sign_in(client).get("/verwaltung/verlauf").text)
    assert "Konto gesperrt" in shown.words
    assert "Angaben zur Kommune geändert" in shown.words
    assert "Geheimer Durchgang" not in shown.words
    assert towns.belm.coordinator.sign_in(client).get("/verwaltung/verlauf").status_code == 403
