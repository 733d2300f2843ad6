# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Planning a round as a coordinator does it, without script; what the pages refuse, and to whom."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import Session, select

from app.permissions import Role
from app.rounds.plans import GroupPlan
from app.tables.audits import AuditEntry
from app.tables.municipalities import Membership
from app.tables.rounds import Round, RoundGroup
from tests import staff
from tests.app.rounds.conftest import SHORT, PlannedRound, a_plan, opened_round, planned_round
from tests.markup import Markup

STEPS = ("", "/gruppen", "/schutz", "/worte", "/ziele")


@pytest.fixture
def coordinator(client: TestClient, app: FastAPI) -> staff.Staff:
    """Somebody who coordinates Belm, signed in in this browser."""
    with app.state.database.writing() as db:
        who = staff.member(db, app, staff.municipality(db))
    who.sign_in(client)
    return who


@pytest.fixture
def found(client: TestClient, app: FastAPI) -> PlannedRound:
    """A planned round, and its coordinator signed in."""
    with app.state.database.writing() as db:
        found = planned_round(db, app)
    found.coordinator.sign_in(client)
    return found


@pytest.fixture
def opened(client: TestClient, app: FastAPI) -> PlannedRound:
    with app.state.database.writing() as db:
        found = opened_round(db, app)
    found.coordinator.sign_in(client)
    return found


def send(client: TestClient, address: str, leave_out: tuple[str, ...] = (), **changes: str) -> Response:
    """Fill in the form of the page at this address, and send it."""
    page = Markup(client.get(address).text)
    (form,) = [form for form in page.forms if form.method == "post" and form.action == address]
    values = {name: value for name, value in form.values(**changes).items() if name not in leave_out}
    return client.post(address, data=values)


def where(answer: Response) -> str:
    assert answer.status_code == 303, Markup(answer.text).words
    return str(answer.headers["location"])


def test_from_nothing_to_open_without_script(client: TestClient, app: FastAPI, coordinator: staff.Staff) -> None:
    with app.state.database.reading() as db:
        town = _town(db, coordinator)
    groups = where(send(client, f"/kommune/{town}/durchgaenge/neu", title="Herbst 2026"))
    chosen = {"in-leadership": "1", "expected-leadership": "12", "in-business": "1", "expected-business": "2"}
    protection = where(send(client, groups, **chosen, **{"title-own-1": "Jugendrat", "expected-own-1": "3"}))
    assert protection.endswith("/planen/schutz")
    warning = "Wirtschaft und Kammern (2) und Jugendrat (3) würden zusammen als „Weitere Gruppen“ gezeigt."
    assert warning in Markup(client.get(protection).text).words
    words = where(send(client, protection, n_min="4"))
    targets = where(send(client, words, contact="Frau Demirhan, 05406 12345"))
    opening = where(send(client, targets))
    page = Markup(client.get(opening).text)
    assert warning in page.words  # said once more before it is opened
    assert "für Gruppen mit mindestens 4 Antworten" in page.words
    overview = where(client.post(opening))
    assert "Der Durchgang ist geöffnet" in client.get(overview).text
    with app.state.database.reading() as db:
        row = db.exec(select(Round)).one()
        titles = {group.key: (group.title, group.expected) for group in db.exec(select(RoundGroup))}
    assert (row.status, row.title, row.n_min, row.mode, row.contact) == (
        "open",
        "Herbst 2026",
        4,
        "anonym",
        "Frau Demirhan, 05406 12345",
    )
    assert titles == {
        "leadership": ("Verwaltungsspitze", 12),
        "business": ("Wirtschaft und Kammern", 2),
        "own-1": ("Jugendrat", 3),
    }


def _town(db: Session, who: staff.Staff) -> str:
    return db.exec(select(Membership.municipality_id).where(Membership.account_id == who.account_id)).one()


class TestRefused:
    def test_a_new_round_without_title_keeps_what_was_typed(
        self, client: TestClient, app: FastAPI, coordinator: staff.Staff
    ) -> None:
        with app.state.database.reading() as db:
            address = f"/kommune/{_town(db, coordinator)}/durchgaenge/neu"
        answer = send(client, address, title=" ", opens_on="morgen", closes_on="31.12.2026")
        page = Markup(answer.text)
        assert answer.status_code == 422
        assert page.title.startswith("Fehler:")
        assert [link for link in page.links if link.startswith("#")] == ["#main", "#title", "#opens_on"]
        assert page.form("/neu").values()["opens_on"] == "morgen"
        assert page.form("/neu").values()["closes_on"] == "31.12.2026"

    @pytest.mark.parametrize(
        ("step", "changes", "field"),
        [
            ("", {"title": "x" * 121}, "title"),
            ("", {"form": "nichts@1.0"}, "form"),
            ("", {"closes_on": "1.11.2026"}, "closes_on"),
            ("", {"closes_on": "22.11.2062"}, "closes_on"),
            ("/gruppen", {"expected-leadership": "zwölf"}, "expected-leadership"),
            ("/gruppen", {"expected-leadership": "3.5"}, "expected-leadership"),
            ("/gruppen", {"form-leadership": "steuerung-quartier@1.0"}, "form-leadership"),
            ("/gruppen", {"title-leadership": "x" * 81}, "title-leadership"),
            ("/gruppen", {"title-own-1": "politik"}, "title-own-1"),
            ("/schutz", {"n_min": "2"}, "n_min"),
            ("/schutz", {"n_min": "3,5"}, "n_min"),
            ("/schutz", {"raw_months": "61"}, "raw_months"),
            ("/schutz", {"mode": "offen"}, "mode"),
            ("/schutz", {"comments": ""}, "comments"),
            ("/worte", {"message": "x" * 1001}, "message"),
            ("/worte", {"contact": "x" * 201}, "contact"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field_and_kept(
        self, client: TestClient, app: FastAPI, found: PlannedRound, step: str, changes: dict[str, str], field: str
    ) -> None:
        answer = send(client, f"/durchgang/{found.id}/planen{step}", **changes)
        page = Markup(answer.text)
        assert answer.status_code == 422
        assert f"#{field}" in page.links
        assert page.by_id(f"{field}-error").text.strip()
        kept = page.form(f"/planen{step}").values()
        chosen = {"mode", "comments", "form", "form-leadership"}  # what is no choice cannot be shown as chosen
        assert {name: kept[name] for name in changes if name not in chosen} == {
            name: value for name, value in changes.items() if name not in chosen
        }
        with app.state.database.reading() as db:
            assert [entry.action for entry in db.exec(select(AuditEntry))] == ["round.create"]

    def test_a_page_that_is_out_of_date_overwrites_nothing(
        self, client: TestClient, app: FastAPI, found: PlannedRound
    ) -> None:
        address = f"/durchgang/{found.id}/planen/worte"
        answer = send(client, address, base="0.000000", contact="Amt")
        page = Markup(answer.text)
        assert answer.status_code == 422
        assert "gerade geändert" in page.words
        assert page.form("/worte").values()["contact"] == "Amt"
        # The form that came back knows the state now: sent again, it is kept.
        assert client.post(address, data=page.form("/worte").values()).status_code == 303

    def test_an_unready_round_stays_closed_and_says_why(
        self, client: TestClient, app: FastAPI, coordinator: staff.Staff
    ) -> None:
        with app.state.database.writing() as db:
            empty = planned_round(db, app, a_plan(()), coordinator=coordinator, town=_town(db, coordinator))
        address = f"/durchgang/{empty.id}/oeffnen"
        assert where(client.post(address)) == address
        page = Markup(client.get(address).text)
        assert "Es fehlen die Gruppen" in page.words
        assert f"/durchgang/{empty.id}/planen/gruppen" in page.links
        assert not [form for form in page.forms if form.action == address]


class TestPreview:
    """htmx asks while somebody types; nothing is kept."""

    def test_groups(self, client: TestClient, app: FastAPI, found: PlannedRound) -> None:
        address = f"/durchgang/{found.id}/planen/gruppen/vorschau"
        typed = {"in-leadership": "1", "expected-leadership": "9", "in-others": "1", "expected-others": "2"}
        answer = client.post(address, data=typed, headers={"hx-request": "true"})
        assert "Sonstige (2) ist für sich zu klein" in answer.text
        assert "<h1" not in answer.text
        with app.state.database.reading() as db:
            assert len(db.exec(select(RoundGroup)).all()) == 3

    def test_protection(self, client: TestClient, found: PlannedRound) -> None:
        address = f"/durchgang/{found.id}/planen/schutz/vorschau"
        typed = {"mode": "named", "n_min": "5", "comments": "no", "raw_months": "12"}
        shown = client.post(address, data=typed, headers={"hx-request": "true"}).text
        assert "Jede Gruppe ist zu sehen" in shown
        assert "Ihr Name, so wie Sie ihn hier schreiben" in shown
        assert "Notiz schreiben" not in shown


class TestOpen:
    def test_promises_are_read_and_not_asked(self, client: TestClient, app: FastAPI, opened: PlannedRound) -> None:
        address = f"/durchgang/{opened.id}/planen/schutz"
        page = Markup(client.get(address).text)
        assert "steht seit der Öffnung fest" in page.words
        assert [form for form in page.forms if form.action == address] == []
        typed = {"mode": "named", "n_min": "3", "comments": "yes", "raw_months": "12"}
        assert client.post(address, data=typed).status_code == 409
        with app.state.database.reading() as db:
            assert db.exec(select(Round.mode)).one() == "anonym"

    def test_the_last_day_moves(self, client: TestClient, app: FastAPI, opened: PlannedRound) -> None:
        address = f"/durchgang/{opened.id}/planen"
        assert {"form", "opens_on"} & {
            name for name, _ in Markup(client.get(address).text).form("/planen").fields
        } == set()
        assert where(send(client, address, closes_on="24.12.2026")) == f"/durchgang/{opened.id}/"
        with app.state.database.reading() as db:
            assert db.exec(select(Round.closes_on)).one().isoformat() == "2026-12-24"

    def test_a_group_can_be_renamed_and_not_taken_out(
        self, client: TestClient, app: FastAPI, opened: PlannedRound
    ) -> None:
        address = f"/durchgang/{opened.id}/planen/gruppen"
        where(send(client, address, **{"title-politics": "Rat", "in-others": "1"}))
        with app.state.database.reading() as db:
            titles = {group.key: group.title for group in db.exec(select(RoundGroup))}
        assert titles["politics"] == "Rat"
        assert len(titles) == 4

    def test_opening_again_leads_to_the_round(self, client: TestClient, opened: PlannedRound) -> None:
        address = f"/durchgang/{opened.id}/oeffnen"
        assert where(client.get(address)) == f"/durchgang/{opened.id}/"
        assert client.post(address).status_code == 409


class TestWho:
    @pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
    def test_members_and_moderators_do_not_plan(
        self, client: TestClient, app: FastAPI, found: PlannedRound, role: Role
    ) -> None:
        with app.state.database.writing() as db:
            who = staff.of_round(db, app, found.id, found.municipality_id, role)
        who.sign_in(client)
        assert client.get(f"/kommune/{found.municipality_id}/durchgaenge/neu").status_code == (
            403 if role is Role.MEMBER else 404
        )
        for address in _addresses(found):
            assert client.get(address).status_code == 403, address
            assert client.post(address).status_code == 403, address

    def test_a_foreign_round_is_not_there(self, client: TestClient, app: FastAPI, found: PlannedRound) -> None:
        with app.state.database.writing() as db:
            other = staff.member(db, app, staff.municipality(db, "Anderswo"))
        other.sign_in(client)
        assert client.get(f"/kommune/{found.municipality_id}/durchgaenge/neu").status_code == 404
        assert client.post(f"/kommune/{found.municipality_id}/durchgaenge/neu").status_code == 404
        for address in _addresses(found):
            assert client.get(address).status_code == 404, address
            assert client.post(address).status_code == 404, address


def _addresses(found: PlannedRound) -> list[str]:
    return [*(f"/durchgang/{found.id}/planen{step}" for step in STEPS), f"/durchgang/{found.id}/oeffnen"]


FEW_GET_ALL = (GroupPlan("leadership", "Verwaltungsspitze", 3), GroupPlan("politics", "Politik", 20, SHORT))
UNSEEN = "61 Fragen gehen nur an Verwaltungsspitze (3). Das sind weniger als 5 Menschen."


def test_questions_that_too_few_get_are_told_before_anybody_is_invited(client: TestClient, app: FastAPI) -> None:
    """D-10, by the groups' own forms: on the groups, beside the protection, and before the round is opened."""
    with app.state.database.writing() as db:
        found = planned_round(db, app, a_plan(FEW_GET_ALL))
    found.coordinator.sign_in(client)
    base = f"/durchgang/{found.id}"
    for page in ("planen/gruppen", "planen/schutz", "oeffnen"):
        assert UNSEEN in Markup(client.get(f"{base}/{page}").text).words, page
    typed = Markup(client.get(f"{base}/planen/gruppen").text).form("/planen/gruppen").values()
    assert UNSEEN in preview_of(client, f"{base}/planen/gruppen", typed)
    assert "61 Fragen" not in preview_of(client, f"{base}/planen/gruppen", typed | {"form-politics": ""})
    nobody = preview_of(client, f"{base}/planen/gruppen", typed | {"form-leadership": str(SHORT)})
    assert "61 Fragen bekommt keine Gruppe. Zu diesen Fragen wird nichts zu sehen sein." in nobody
    chosen = {"mode": "named", "n_min": "5", "comments": "no", "raw_months": "12"}
    named = preview_of(client, f"{base}/planen/schutz", chosen)
    assert "Namentlich im Team: Jede Gruppe" in named
    assert "61 Fragen" not in named


def preview_of(client: TestClient, step: str, typed: dict[str, str]) -> str:
    """What is told while this is being typed: a fragment of the page."""
    return Markup(f"<main>{client.post(f'{step}/vorschau', data=typed).text}</main>").words


def test_a_round_that_is_too_small_is_told_so_once(client: TestClient, app: FastAPI) -> None:
    groups = (GroupPlan("leadership", "Verwaltungsspitze", 2), GroupPlan("politics", "Politik", 2, SHORT))
    with app.state.database.writing() as db:
        found = planned_round(db, app, a_plan(groups))
    found.coordinator.sign_in(client)
    words = Markup(client.get(f"/durchgang/{found.id}/oeffnen").text).words
    assert "Zu wenige für ein Ergebnis" in words
    assert "61 Fragen" not in words
