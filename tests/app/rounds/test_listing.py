# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The list of rounds, the page of one, and who was heard: for every role, and with what is counted only."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import get_args
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import delete, event, update
from sqlmodel import Session, select

from app.permissions import Role
from app.rounds.forms.listing import STATES, Search, read_search
from app.rounds.plans import Plan
from app.rounds.queries.rounds import Heard, heard_of
from app.rounds.views.dashboard import State, state_of
from app.tables.mails import Mail
from app.tables.municipalities import Membership
from app.tables.responses import Response
from app.tables.rounds import ROUNDS, Invitee, RoundModerator, RoundReader, Ticket
from tests import staff
from tests.app.rounds.conftest import TODAY, PlannedRound, a_plan, opened_round, planned_round
from tests.markup import Markup
from tests.rounds import RoundOf, respond

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@contextmanager
def counted(app: FastAPI) -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    statements: list[str] = []

    def note(*given: object) -> None:
        statements.append(str(given[2]))

    event.listen(app.state.database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(app.state.database.engine, "before_cursor_execute", note)


def titled(title: str) -> Plan:
    plan = a_plan()
    return replace(plan, basics=replace(plan.basics, title=title))


def a_round_of(db: Session, app: FastAPI, who: staff.Staff, town: str, title: str, **values: object) -> PlannedRound:
    found = planned_round(db, app, titled(title), coordinator=who, town=town)
    if values:
        db.execute(update(ROUNDS).where(ROUNDS.c.id == found.id).values(**values))
    return found


def shown(client: TestClient, query: str = "") -> list[str]:
    """The titles on the list, in their order."""
    answer = client.get(f"/durchgaenge{query}")
    assert answer.status_code == 200
    return [link.text for link in Markup(answer.text).all("a", class_="rounds__title")]


class TestList:
    def test_it_has_the_own_and_the_moderated_rounds_and_no_other(self, client: TestClient, app: FastAPI) -> None:
        with app.state.database.writing() as db:
            here, there, away = (staff.municipality(db, name) for name in ("Belm", "Bohmte", "Celle"))
            ada = staff.member(db, app, here)
            eve = staff.member(db, app, there, "Eve Fremd")
            a_round_of(db, app, ada, here, "Meiner")
            moderated = a_round_of(db, app, eve, there, "Moderiert")
            a_round_of(db, app, eve, there, "Fremd im selben Ort")
            a_round_of(db, app, eve, away, "Fremd")
            moderator = staff.moderator(db, app, moderated.id)
            db.add(Membership(municipality_id=here, account_id=moderator.account_id, role="member"))
        assert set(shown(ada.sign_in(client))) == {"Meiner"}
        assert set(shown(moderator.sign_in(client))) == {"Meiner", "Moderiert"}
        page = Markup(client.get("/durchgaenge").text)
        assert page.words.count("Sie moderieren") == 1
        assert not [link for link in page.links if link.endswith("/neu")]

    def test_somebody_who_is_both_sees_a_round_once(self, client: TestClient, app: FastAPI) -> None:
        with app.state.database.writing() as db:
            town = staff.municipality(db)
            ada = staff.member(db, app, town)
            found = a_round_of(db, app, ada, town, "Einmal")
            other = staff.moderator(db, app, found.id)
            db.add(Membership(municipality_id=town, account_id=other.account_id, role="member"))
        assert shown(other.sign_in(client)) == ["Einmal"]

    def test_the_last_changed_comes_first(self, client: TestClient, app: FastAPI) -> None:
        start = datetime(2026, 11, 1, tzinfo=UTC)
        with app.state.database.writing() as db:
            town = staff.municipality(db)
            ada = staff.member(db, app, town)
            for day, title in enumerate(("Erster", "Zweiter", "Dritter")):
                a_round_of(db, app, ada, town, title, changed_at=start + timedelta(days=day))
        assert shown(ada.sign_in(client)) == ["Dritter", "Zweiter", "Erster"]

    def test_it_is_searched_by_title_and_municipality_however_they_are_spelt(
        self, client: TestClient, app: FastAPI
    ) -> None:
        with app.state.database.writing() as db:
            here, there = staff.municipality(db, "Überlingen"), staff.municipality(db, "Belm")
            ada = staff.member(db, app, here)
            db.add(Membership(municipality_id=there, account_id=ada.account_id, role="coordinator"))
            a_round_of(db, app, ada, here, "Große Befragung")
            a_round_of(db, app, ada, there, "Probe")
            opened = opened_round(db, app, titled("Läuft"), coordinator=ada, town=there)
        ada.sign_in(client)
        assert shown(client, "?suche=ueberlingen") == ["Große Befragung"]
        assert shown(client, "?suche=uberlingen+gross") == ["Große Befragung"]
        assert shown(client, "?suche=BEL+pro") == ["Probe"]
        assert shown(client, "?stand=running") == ["Läuft"]
        assert shown(client, "?stand=over") == []
        assert set(shown(client, f"?kommune={there}")) == {"Probe", "Läuft"}
        assert shown(client, f"?kommune={there}&stand=planned&suche=probe") == ["Probe"]
        assert "gibt es keinen Durchgang" in client.get("/durchgaenge?suche=nichts").text
        assert len(shown(client, "?stand=unsinn&seite=99&kommune=")) == 3
        found = client.get("/durchgaenge?suche=probe", headers={"hx-request": "true"}).text
        assert "1 von 3 Durchgängen" in found
        assert "<h1" not in found
        assert opened.id not in found

    def test_what_is_no_word_is_looked_for_as_it_stands(self, client: TestClient, app: FastAPI) -> None:
        with app.state.database.writing() as db:
            town = staff.municipality(db)
            ada = staff.member(db, app, town)
            a_round_of(db, app, ada, town, "Quote 50 %")
            a_round_of(db, app, ada, town, "Runde_2")
            a_round_of(db, app, ada, town, "Ohne")
        ada.sign_in(client)
        assert shown(client, "?suche=%25") == ["Quote 50 %"]
        assert shown(client, "?suche=50+%25") == ["Quote 50 %"]
        assert shown(client, "?suche=_") == ["Runde_2"]
        assert shown(client, "?suche=%25%25") == []

    def test_the_filter_has_the_words_of_the_rows(self, client: TestClient, app: FastAPI) -> None:
        days = {"opens_on": TODAY + timedelta(days=1), "closes_on": TODAY + timedelta(days=9)}
        past = {"opens_on": TODAY - timedelta(days=9), "closes_on": TODAY - timedelta(days=1)}
        made = {
            "planned": {},
            "waiting": {"status": "open", "opened_on": TODAY, **days},
            "running": {"status": "open", "opened_on": TODAY},
            "over": {"status": "open", "opened_on": TODAY, **past},
            "closed": {"status": "closed", "opened_on": TODAY, "closed_on": TODAY},
            "released": {"status": "released", "opened_on": TODAY, "closed_on": TODAY, "released_on": TODAY},
        }
        assert tuple(made) == STATES == get_args(State)
        with app.state.database.writing() as db:
            town = staff.municipality(db)
            ada = staff.member(db, app, town)
            for state, values in made.items():
                a_round_of(db, app, ada, town, state, **values)
        ada.sign_in(client)
        options = Markup(client.get("/durchgaenge").text).all("option")
        assert [option.attributes["value"] for option in options] == ["", *STATES]
        for option in options[1:]:
            found = Markup(client.get(f"/durchgaenge?stand={option.attributes['value']}").text)
            assert [link.text for link in found.all("a", class_="rounds__title")] == [option.attributes["value"]]
            assert found.one("span", class_="rounds__state").text == option.text

    def test_it_is_read_a_page_at_a_time(self, client: TestClient, app: FastAPI) -> None:
        with app.state.database.writing() as db:
            town = staff.municipality(db)
            ada = staff.member(db, app, town)
            for number in range(23):
                a_round_of(db, app, ada, town, f"Nummer {number}")
        ada.sign_in(client)
        first, second = shown(client), shown(client, "?seite=2")
        assert (len(first), len(second), len({*first, *second})) == (20, 3, 23)
        assert "/durchgaenge?suche=nummer&seite=2" in Markup(client.get("/durchgaenge?suche=nummer").text).links
        assert "/durchgaenge?suche=nummer" in Markup(client.get("/durchgaenge?suche=nummer&seite=2").text).links

    def test_its_cost_does_not_grow(self, client: TestClient, app: FastAPI) -> None:
        """Ten rounds of one municipality, and a moderator of twenty municipalities, cost as much as one."""
        with app.state.database.writing() as db:
            town = staff.municipality(db)
            one, ten = staff.member(db, app, town), staff.member(db, app, staff.municipality(db), "Zehn Runden")
            single = a_round_of(db, app, one, town, "Nur einer")
            for number in range(10):
                a_round_of(db, app, ten, _town_of(db, ten), f"Nummer {number}")
            many = staff.moderator(db, app, single.id, "Viele Orte")
            for number in range(19):
                boss = staff.member(db, app, staff.municipality(db, f"Ort {number}"), f"Boss {number}")
                other = a_round_of(db, app, boss, _town_of(db, boss), f"Runde {number}")
                db.add(RoundModerator(round_id=other.id, account_id=many.account_id))
        costs = {}
        for who, expected in ((one, 1), (ten, 10), (many, 20)):
            who.sign_in(client)
            with counted(app) as statements:
                assert len(shown(client)) == expected
            costs[who.name] = len(statements)
        assert len(set(costs.values())) == 1, costs
        assert costs["Ada Beispiel"] <= 6

    def test_an_empty_list_says_what_will_stand_there(self, client: TestClient, app: FastAPI) -> None:
        with app.state.database.writing() as db:
            town = staff.municipality(db)
            boss, nobody = staff.member(db, app, town), staff.account(db, app, "Neu Hier")
            operator = staff.account(db, app, "Ole Betrieb", operator=True)
        page = Markup(boss.sign_in(client).get("/durchgaenge").text)
        assert "In einem Durchgang beantworten Verwaltung, Politik und andere Gruppen" in page.words
        assert "Noch gibt es keinen" in page.words
        assert f"/kommune/{town}/durchgaenge/neu" in page.links
        page = Markup(nobody.sign_in(client).get("/durchgaenge").text)
        assert "In einem Durchgang beantworten Verwaltung, Politik und andere Gruppen" in page.words
        assert "Planen kann ihn die Koordination" in page.words
        assert not [link for link in page.links if link.endswith("/neu")]
        page = Markup(operator.sign_in(client).get("/durchgaenge").text)
        assert "/verwaltung/kommunen" in page.links

    def test_nobody_sees_it_without_signing_in(self, client: TestClient) -> None:
        assert client.get("/durchgaenge").status_code in {303, 401}


def _town_of(db: Session, who: staff.Staff) -> str:
    return db.exec(select(Membership.municipality_id).where(Membership.account_id == who.account_id)).one()


def test_what_stands_in_the_address_filters_only_where_it_is_known() -> None:
    assert read_search({"stand": "offen", "seite": "-3", "suche": "  a  b "}) == Search("a b")
    assert read_search({"stand": "over", "seite": "2", "kommune": "x"}) == Search("", "over", "x", 2)
    assert Search("ä b", "over").at(3) == "suche=%C3%A4+b&stand=over&seite=3"
    assert Search().at(1) == ""


@pytest.mark.parametrize(
    ("status", "today", "state"),
    [
        ("planned", TODAY, "planned"),
        ("open", TODAY - timedelta(days=1), "waiting"),
        ("open", TODAY, "running"),
        ("open", TODAY + timedelta(days=27), "running"),
        ("open", TODAY + timedelta(days=28), "over"),
        ("closed", TODAY, "closed"),
        ("released", TODAY, "released"),
    ],
)
def test_the_state_on_a_day(status: str, today: date, state: str) -> None:
    assert state_of(status, TODAY, TODAY + timedelta(days=27), today) == state


def a_mail(round_id: str, kind: str, recipient: str, status: str) -> Mail:
    return Mail(
        id=uuid4().hex,
        kind=kind,
        recipient=recipient,
        subject="x",
        body="y",
        round_id=round_id,
        status=status,
        not_before=NOW,
        created_at=NOW,
    )


@pytest.fixture
def busy(client: TestClient, app: FastAPI) -> PlannedRound:
    """An open round: seven of leadership and one of politics submitted, a draft, addresses and codes."""
    with app.state.database.writing() as db:
        found = opened_round(db, app)
        made = RoundOf(found.id, found.municipality_id, found.groups)
        form = app.state.library.get("weltoffene-kommune", "1.0")
        for _ in range(7):
            respond(db, made, "leadership", form, {form.items[0].id: 2})
        respond(db, made, "politics", form, {form.items[0].id: 4})
        respond(db, made, "advisory_council", form, {form.items[0].id: 1}, submitted=False)
        for number, status in enumerate(("unused", "used", "void")):
            group = found.groups["politics"]
            db.add(Ticket(code_digest=str(number) * 64, round_id=found.id, group_id=group, status=status))
        for place, status in enumerate(("sent", "queued", "failed", "")):
            email, group = f"gast{place}@example.org", found.groups["leadership"]
            invited = Invitee(id=str(place) * 32, round_id=found.id, group_id=group, email=email, email_key=email)
            db.add(invited)
            for kind in ("round", "reminder") if status else ():
                db.add(a_mail(found.id, kind, email, status))
    found.coordinator.sign_in(client)
    return found


class TestWatch:
    def test_it_counts_what_was_submitted_and_nothing_else(self, app: FastAPI, busy: PlannedRound) -> None:
        """M7.8. Codes count as they were made: used ones would tell who has begun."""
        with app.state.database.reading() as db:
            assert heard_of(db, busy.scope) == (
                Heard(busy.groups["leadership"], "leadership", "Verwaltungsspitze", 12, 4, 2, 0, 7),
                Heard(busy.groups["politics"], "politics", "Politik", 9, 0, 0, 3, 1),
                Heard(
                    busy.groups["advisory_council"], "advisory_council", "Beirat oder Integrationsrat", 3, 0, 0, 0, 0
                ),
            )

    def test_the_page_says_who_was_not_heard(self, client: TestClient, busy: PlannedRound) -> None:
        page = Markup(client.get(f"/durchgang/{busy.id}/stand").text)
        assert "8 von 24 haben abgegeben" in page.words
        assert "Noch nicht gehört: Beirat oder Integrationsrat." in page.words
        assert f"/durchgang/{busy.id}/einladen" in page.links

    def test_each_group_says_how_many_were_written_to_and_how_many_codes_were_made(
        self, client: TestClient, busy: PlannedRound
    ) -> None:
        page = Markup(client.get(f"/durchgang/{busy.id}/stand").text)
        rows = [cell.text for cell in page.all("span", class_="turnout__invited")]
        assert rows == ["12 erwartet · 2 angeschrieben", "9 erwartet · 3 Codes", "3 erwartet"]

    @pytest.mark.parametrize("status", ["closed", "released"])
    def test_when_it_is_over_it_says_so(
        self, client: TestClient, app: FastAPI, busy: PlannedRound, status: str
    ) -> None:
        with app.state.database.writing() as db:
            released = TODAY if status == "released" else None
            db.execute(update(ROUNDS).values(status=status, closed_on=TODAY, released_on=released))
        words = Markup(client.get(f"/durchgang/{busy.id}/stand").text).words
        assert "Nicht gehört: Beirat oder Integrationsrat." in words
        with app.state.database.writing() as db:
            db.execute(delete(Response))
        words = Markup(client.get(f"/durchgang/{busy.id}/stand").text).words
        assert "Niemand hat abgegeben" in words
        assert "Noch" not in words

    def test_it_costs_the_same_for_many_responses(self, client: TestClient, app: FastAPI, busy: PlannedRound) -> None:
        costs = []
        for _ in range(2):
            with counted(app) as statements:
                client.get(f"/durchgang/{busy.id}/stand")
            costs.append(len(statements))
            with app.state.database.writing() as db:
                form = app.state.library.get("kurzcheck", "1.0")
                for _ in range(20):
                    respond(db, RoundOf(busy.id, busy.municipality_id, busy.groups), "politics", form, {})
        assert costs[0] == costs[1] <= 9

    def test_a_moderator_watches_and_a_member_does_not(
        self, client: TestClient, app: FastAPI, busy: PlannedRound
    ) -> None:
        with app.state.database.writing() as db:
            moderator = staff.moderator(db, app, busy.id)
            member = staff.member(db, app, busy.municipality_id, "Mit Glied", Role.MEMBER)
            foreign = staff.member(db, app, staff.municipality(db, "Anderswo"), "Eve Fremd")
        address = f"/durchgang/{busy.id}/stand"
        page = Markup(moderator.sign_in(client).get(address).text)
        assert "8 von 24" in page.words
        assert f"/durchgang/{busy.id}/einladen" not in page.links
        assert member.sign_in(client).get(address).status_code == 403
        assert foreign.sign_in(client).get(address).status_code == 404


class TestOverview:
    def links(self, client: TestClient, found: PlannedRound) -> set[str]:
        answer = client.get(f"/durchgang/{found.id}/")
        assert answer.status_code == 200
        base = f"/durchgang/{found.id}/"
        return {link.removeprefix(base) for link in Markup(answer.text).links if link.startswith(base)}

    def test_a_planned_round_leads_through_its_steps(self, client: TestClient, app: FastAPI) -> None:
        with app.state.database.writing() as db:
            found = planned_round(db, app)
        links = self.links(found.coordinator.sign_in(client), found)
        steps = {"planen", "planen/gruppen", "planen/schutz", "planen/worte", "planen/ziele"}
        assert steps | {"oeffnen", "einladen", "papier", "moderation", "loeschen"} <= links
        assert not {"stand", "abschluss", "vergleich"} & links

    def test_a_member_sees_where_it_is_and_no_count(self, client: TestClient, app: FastAPI, busy: PlannedRound) -> None:
        with app.state.database.writing() as db:
            member = staff.member(db, app, busy.municipality_id, "Mit Glied", Role.MEMBER)
        member.sign_in(client)
        assert self.links(client, busy) == set()
        page = Markup(client.get(f"/durchgang/{busy.id}/").text)
        assert "Geantwortet wird bis zum 19. Dezember 2026." in page.words
        assert "abgegeben" not in page.words
        assert " 8 " not in page.words

    @pytest.mark.parametrize(
        ("values", "words", "next_step"),
        [
            ({"opens_on": TODAY + timedelta(days=2)}, "Geantwortet wird vom 24. November", "einladen"),
            ({}, "8 von 24 Erwarteten haben abgegeben", "stand"),
            (
                {"opens_on": TODAY - timedelta(days=9), "closes_on": TODAY - timedelta(days=1)},
                "Der letzte Tag war der 21. November 2026",
                "abschluss",
            ),
            ({"status": "closed", "closed_on": TODAY}, "noch niemand sieht es", "abschluss"),
            (
                {"status": "released", "closed_on": TODAY, "released_on": TODAY},
                "Für Ihr Konto ist das Ergebnis nicht freigegeben",
                "abschluss",
            ),
        ],
    )
    def test_it_says_what_comes_next(
        self,
        client: TestClient,
        app: FastAPI,
        busy: PlannedRound,
        values: dict[str, object],
        words: str,
        next_step: str,
    ) -> None:
        with app.state.database.writing() as db:
            if values:
                db.execute(update(ROUNDS).values(**values))
        assert words in Markup(client.get(f"/durchgang/{busy.id}/").text).words
        assert next_step in self.links(client, busy)

    def test_a_released_result_is_offered_to_whom_it_was_released(
        self, client: TestClient, app: FastAPI, busy: PlannedRound
    ) -> None:
        with app.state.database.writing() as db:
            db.execute(update(ROUNDS).values(status="released", closed_on=TODAY, released_on=TODAY))
            db.add(RoundReader(round_id=busy.id, account_id=busy.coordinator.account_id))
        assert {"vergleich", "ergebnis"} <= self.links(client, busy)

    def test_a_foreign_round_is_not_there(self, client: TestClient, app: FastAPI, busy: PlannedRound) -> None:
        with app.state.database.writing() as db:
            foreign = staff.member(db, app, staff.municipality(db, "Anderswo"), "Eve Fremd")
        assert foreign.sign_in(client).get(f"/durchgang/{busy.id}/").status_code == 404
