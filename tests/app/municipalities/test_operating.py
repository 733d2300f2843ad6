# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The operator's pages: list, picker, free entry, invitation, edit, delete. No round and no result is on them."""

from datetime import date

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from app.settings import Settings
from app.tables.audits import AuditEntry
from app.tables.mails import Mail
from app.tables.municipalities import Membership, Municipality
from app.tables.people import Account, AccountLink
from app.tables.responses import Answer, Response
from app.tables.rounds import Invitee, Round, Ticket
from app.tokens import digest
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from tests import staff
from tests.app.municipalities.conftest import Towns, load
from tests.markup import Markup
from tests.rounds import a_round, respond

BASE = "/verwaltung/kommunen"


@pytest.fixture(scope="session")
def short(library: Library) -> Questionnaire:
    return library.latest("kurzcheck")


@pytest.fixture
def operator(client: TestClient, towns: Towns) -> TestClient:
    return towns.operator.sign_in(client)


def page(client: TestClient, address: str, status: int = 200) -> Markup:
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:300]
    return Markup(answer.text)


def acts(db: Session) -> list[tuple[str, str | None, dict[str, object]]]:
    return [(one.action, one.municipality_id, one.detail) for one in db.exec(select(AuditEntry))]


def test_only_the_operator_comes_in(client: TestClient, towns: Towns) -> None:
    rest = ["", "/neu", "/neu/angaben", *(f"/{towns.belm.id}{end}" for end in ("", "/angaben", "/loeschen"))]
    again = f"/personen/{towns.belm.coordinator.account_id}/einladen"
    posted = ["/neu/angaben", *(f"/{towns.belm.id}{end}" for end in ("/einladen", again, "/angaben", "/loeschen"))]
    for somebody in (towns.belm.coordinator, towns.belm.member):
        somebody.sign_in(client)
        assert {client.get(BASE + end).status_code for end in rest} == {403}
        assert {client.post(BASE + end).status_code for end in posted} == {403}
    towns.operator.sign_in(client)
    assert {client.get(BASE + end).status_code for end in rest} == {200}


def test_a_municipality_that_is_not_there(operator: TestClient) -> None:
    for end in ("", "/angaben", "/loeschen"):
        page(operator, f"{BASE}/{'0' * 32}{end}", 404)
    for end in ("/einladen", "/angaben", "/loeschen"):
        form = {"name": "X", "municipality_type": "landkreis", "guest_name": "X", "email": "x@example.org"}
        assert operator.post(f"{BASE}/{'0' * 32}{end}", data=form).status_code == 404


def test_the_list_in_german_order_with_search_and_pages(operator: TestClient, app: FastAPI) -> None:
    with app.state.database.writing() as db:
        for number in range(20):
            staff.municipality(db, f"Zdorf {number:02}")
    first = page(operator, BASE)
    names = [link.text for link in first.all("a", class_="entry__name")]
    assert names[:3] == ["Ähausen", "Belm", "Zdorf 00"]
    assert len(names) == 20
    assert "22 Kommunen · Seite 1 von 2" in first.words
    (after,) = [link for link in first.links if "seite=2" in link]
    second = page(operator, after)
    assert [link.text for link in second.all("a", class_="entry__name")] == ["Zdorf 18", "Zdorf 19"]
    assert "Noch keine Koordination" in second.words
    found = page(operator, f"{BASE}?suche=aehaus")
    assert [link.text for link in found.all("a", class_="entry__name")] == ["Ähausen"]
    assert "2 Personen gehören dazu" in found.words
    assert "Dazu passt keine Kommune" in page(operator, f"{BASE}?suche=nirgends").words
    for pattern in ("%25", "_", "belm+%25"):
        assert "Dazu passt keine Kommune" in page(operator, f"{BASE}?suche={pattern}").words
    assert "Seite 2 von 2" in page(operator, f"{BASE}?seite=999").words


def test_an_empty_instance_says_what_to_do(client: TestClient, app: FastAPI) -> None:
    with app.state.database.writing() as db:
        nobody = staff.account(db, app, "Olga Betrieb", operator=True)
    shown = page(nobody.sign_in(client), BASE)
    assert "Noch gibt es keine. Legen Sie die erste an" in shown.words


def test_pick_and_add_without_script(operator: TestClient, app: FastAPI) -> None:
    load(app)
    picker = page(operator, f"{BASE}/neu?suche=Neuenkirchen")
    assert "© Statistisches Bundesamt (Destatis), Gemeindeverzeichnis, Gebietsstand 31.12.2023" in picker.words
    (picked,) = [link for link in picker.links if "034595402025" in link]
    assert "Neuenkirchen Gemeinde · Landkreis Osnabrück · Niedersachsen · 4.546 Menschen" in picker.words
    details = page(operator, picked)
    assert "Gebietsstand 31.12.2023" in details.words
    form = details.form("/neu/angaben")
    assert form.values() == {
        "ars": "034595402025",
        "name": "Neuenkirchen",
        "municipality_type": "kleine_stadt_gemeinde",
        "population": "4546",
    }
    answer = operator.post(form.action, data=form.values(municipality_type="mittlere_stadt"))
    assert answer.status_code == 303
    with app.state.database.reading() as db:
        made = db.exec(select(Municipality).where(col(Municipality.name) == "Neuenkirchen")).one()
        assert (made.type, made.population, made.ars) == ("mittlere_stadt", 4546, "034595402025")
        assert (made.district, made.state, made.created_on) == (
            "Landkreis Osnabrück",
            "Niedersachsen",
            date(2026, 11, 22),
        )
        assert acts(db)[-1] == ("municipality.create", made.id, {"name": "Neuenkirchen"})
    assert answer.headers["location"] == f"{BASE}/{made.id}"
    assert "schon angelegt" in page(operator, f"{BASE}/neu?suche=Neuenkirchen").words
    again = operator.post(form.action, data=form.values())
    assert again.status_code == 422
    assert "Diese Kommune ist schon angelegt." in Markup(again.text).words


def test_while_somebody_types_htmx_gets_the_matches_alone(operator: TestClient, app: FastAPI) -> None:
    load(app)
    answer = operator.get(f"{BASE}/neu?suche=belm", headers={"hx-request": "true"})
    assert "<html" not in answer.text
    assert '<div id="treffer">' in answer.text
    assert "1 Treffer" in answer.text.partition('id="status"')[2]
    assert "finden wir nichts" in operator.get(f"{BASE}/neu?suche=nix", headers={"hx-request": "true"}).text


def test_free_entry_where_nothing_is_loaded_or_nothing_fits(operator: TestClient, app: FastAPI) -> None:
    empty = page(operator, f"{BASE}/neu")
    assert "kein amtliches Verzeichnis" in empty.words
    assert "Destatis" not in empty.words
    form = page(operator, f"{BASE}/neu/angaben?suche=Bezirk+Nord").form("/neu/angaben")
    assert form.values()["name"] == "Bezirk Nord"
    answer = operator.post(form.action, data=form.values(municipality_type="grosse_stadt", population="250.000"))
    assert answer.status_code == 303
    with app.state.database.reading() as db:
        made = db.exec(select(Municipality).where(col(Municipality.name) == "Bezirk Nord")).one()
    assert (made.type, made.population, made.ars, made.district) == ("grosse_stadt", 250_000, None, "")


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(operator: TestClient) -> None:
    answer = operator.post(f"{BASE}/neu/angaben", data={"name": " ", "population": "viele"})
    assert answer.status_code == 422
    shown = Markup(answer.text)
    assert shown.title.startswith("Fehler: ")
    summary = [
        link.text
        for link in shown.all("a")
        if link.attributes["href"] in {"#name", "#municipality_type", "#population"}
    ]
    assert summary == [
        "Bitte schreiben Sie den Namen der Kommune.",
        "Bitte wählen Sie den Typ der Kommune.",
        "Bitte schreiben Sie die Zahl nur mit Ziffern, zum Beispiel 9000.",
    ]
    assert shown.by_id("population").attributes["value"] == "viele"


def test_an_entry_that_is_gone(operator: TestClient, app: FastAPI) -> None:
    load(app)
    page(operator, f"{BASE}/neu/angaben?ars=123456789012", 404)
    wrong = {"name": "X", "municipality_type": "landkreis", "ars": "123456789012"}
    answer = operator.post(f"{BASE}/neu/angaben", data=wrong)
    assert answer.status_code == 422
    assert "gibt es im Verzeichnis nicht mehr" in answer.text


def test_the_first_coordinator_gets_a_link_that_is_shown_once(operator: TestClient, app: FastAPI) -> None:
    with app.state.database.writing() as db:
        identifier = staff.municipality(db, "Neustadt")
    address = f"{BASE}/{identifier}"
    form = page(operator, address).form("/einladen")
    answer = operator.post(form.action, data=form.values(guest_name="Neo Neu", email="Neo.Neu@example.org"))
    assert answer.status_code == 200
    link = Markup(answer.text).all("p", class_="breakable")[0].text
    assert link.startswith("https://testserver/einladung/")
    with app.state.database.reading() as db:
        account = db.exec(select(Account).where(col(Account.email_key) == "neo.neu@example.org")).one()
        assert db.get_one(Membership, (identifier, account.id)).role == "coordinator"
        assert db.get_one(AccountLink, digest(link.rpartition("/")[2])).account_id == account.id
        assert acts(db)[-1] == ("member.invite", identifier, {"account": account.id, "role": "coordinator"})
    shown = page(operator, address)
    assert "/einladung/" not in shown.words
    assert "Neo Neu Neo.Neu@example.org Einladung noch offen Neu einladen: Neo Neu" in shown.words
    renewed = Markup(operator.post(shown.form(f"{account.id}/einladen").action).text)
    assert renewed.all("p", class_="breakable")[0].text not in {"", link}
    with app.state.database.reading() as db:
        assert acts(db)[-1] == ("member.invite_again", identifier, {"account": account.id})
    again = operator.post(form.action, data=form.values(guest_name="Neo Neu", email="neo.neu@EXAMPLE.org"))
    assert again.status_code == 422
    assert "gehört schon dazu" in again.text


def test_only_a_coordinator_who_is_not_set_up_gets_a_new_link(operator: TestClient, towns: Towns) -> None:
    for person, status in (
        (towns.belm.coordinator, 409),
        (towns.belm.member, 404),
        (towns.other.coordinator, 404),
    ):
        address = f"{BASE}/{towns.belm.id}/personen/{person.account_id}/einladen"
        assert operator.post(address).status_code == status


def test_a_wrong_address_is_refused(operator: TestClient, towns: Towns) -> None:
    for wrong in ("", "x", "x@y", "a b@example.org", "x@example.org, y@example.org", "x@example.org\r\nBcc: y@z.de"):
        answer = operator.post(f"{BASE}/{towns.belm.id}/einladen", data={"guest_name": "X", "email": wrong})
        assert answer.status_code == 422, wrong


class TestWithMail:
    @pytest.fixture
    def settings(self, database_url: str) -> Settings:
        return Settings(database_url=database_url, smtp_host="mail.example.org", mail_from="selbstcheck@example.org")

    def test_the_link_is_sent_and_not_shown(self, operator: TestClient, app: FastAPI, towns: Towns) -> None:
        form = page(operator, f"{BASE}/{towns.belm.id}").form("/einladen")
        answer = operator.post(form.action, data=form.values(guest_name="Neo Neu", email="neo@example.org"))
        assert "Die Einladung ist unterwegs" in answer.text
        assert "/einladung/" not in answer.text
        with app.state.database.reading() as db:
            mail = db.exec(select(Mail)).one()
        assert mail.recipient == "neo@example.org"
        assert "https://testserver/einladung/" in mail.body
        assert "Olga Betrieb" in mail.body
        assert "Befragungen für Belm koordinieren" in mail.body


def test_facts_change_and_rounds_keep_theirs(
    operator: TestClient, app: FastAPI, towns: Towns, short: Questionnaire
) -> None:
    """R-05."""
    with app.state.database.writing() as db:
        round_id = a_round(db, towns.belm.id, short, {"office": None}).id
    form = page(operator, f"{BASE}/{towns.belm.id}/angaben").form("/angaben")
    changes = {"name": "Belm-Neu", "municipality_type": "grosse_stadt", "population": "300000"}
    assert operator.post(form.action, data=form.values(**changes)).status_code == 303
    with app.state.database.reading() as db:
        town, kept = db.get_one(Municipality, towns.belm.id), db.get_one(Round, round_id)
        assert (town.name, town.type, town.population) == ("Belm-Neu", "grosse_stadt", 300_000)
        assert (kept.municipality_name, kept.municipality_type, kept.population, kept.size_class) == (
            "Belm",
            "kleine_stadt_gemeinde",
            14_071,
            "under_50000",
        )
        assert acts(db)[-1] == ("municipality.edit", towns.belm.id, {"name": "Belm-Neu"})
    assert operator.post(form.action, data=form.values(name="")).status_code == 422


def test_without_rounds_it_is_deleted_at_once(operator: TestClient, app: FastAPI, towns: Towns) -> None:
    shown = page(operator, f"{BASE}/{towns.belm.id}/loeschen")
    assert "Diese Kommune hat keinen Durchgang." in shown.words
    assert "die Zugehörigkeit von 2 Personen" in shown.words
    answer = operator.post(shown.form("/loeschen").action)
    assert answer.status_code == 303
    assert "Die Kommune ist gelöscht" in page(operator, answer.headers["location"]).words
    with app.state.database.reading() as db:
        assert db.get(Municipality, towns.belm.id) is None
        assert db.get(Account, towns.belm.coordinator.account_id) is not None
        assert [one.municipality_id for one in db.exec(select(Membership))] == [towns.other.id] * 2
        detail = {"name": "Belm", "rounds": 0, "people": 2}
        assert acts(db)[-1] == ("municipality.delete", towns.belm.id, detail)


def test_with_rounds_only_for_who_types_the_name_and_then_all_of_it(
    operator: TestClient, app: FastAPI, towns: Towns, short: Questionnaire
) -> None:
    with app.state.database.writing() as db:
        for town in (towns.belm, towns.other):
            made = a_round(db, town.id, short, {"office": None})
            respond(db, made, "office", short, {short.items[0].id: 2})
            group = made.groups["office"]
            db.add(Ticket(code_digest=f"t-{town.id}", round_id=made.id, group_id=group))
            db.add(Invitee(id=f"i{town.id[1:]}", round_id=made.id, group_id=group, email="a@b.de", email_key="a@b.de"))
    shown = page(operator, f"{BASE}/{towns.belm.id}/loeschen")
    assert "Diese Kommune hat 1 Durchgang." in shown.words
    assert "Durchgang 2026" not in shown.words
    refused = operator.post(shown.form("/loeschen").action, data={"name": "Bell"})
    assert refused.status_code == 422
    assert "Bitte schreiben Sie den Namen der Kommune, wie er oben steht." in refused.text
    assert operator.post(shown.form("/loeschen").action, data={"name": " belm "}).status_code == 303
    with app.state.database.reading() as db:
        assert [one.municipality_id for one in db.exec(select(Round))] == [towns.other.id]
        for table in (Response, Answer, Ticket, Invitee):
            assert len(db.exec(select(table)).all()) == 1, table
