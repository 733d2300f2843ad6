# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The operator's page, and the sender that the server starts: on both databases, with a real relay (N-07, N-09)."""

import re
import threading
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from app.clock import Clock
from app.db import Database
from app.mail.courier import Courier
from app.main import create_app
from app.settings import Settings
from app.tables.audits import AuditEntry
from questionnaires.library import Library
from tests import staff
from tests.app.mail.conftest import rows, sending
from tests.app.mail.relays import PASSWORD, USER, Postbox
from tests.markup import Markup

Put = Callable[..., None]
ADDRESS = "/verwaltung/mail"


class Desk:
    """The operator's browser. It does not run the server's own sender: the tests say when mail goes."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        headers = {"sec-fetch-site": "same-origin"}
        self.client = TestClient(app, base_url="https://testserver", headers=headers, follow_redirects=False)
        with app.state.database.writing() as db:
            self.operator = staff.account(db, app, "Olga Betrieb", operator=True)
        self.operator.sign_in(self.client)

    def page(self) -> Markup:
        answer = self.client.get(ADDRESS)
        assert answer.status_code == 200
        return Markup(answer.text)

    def post(self, rest: str, status: int = 303, **fields: str) -> str:
        answer = self.client.post(ADDRESS + rest, data=fields)
        assert answer.status_code == status
        return answer.text


@pytest.fixture
def desk(app: FastAPI) -> Desk:
    return Desk(app)


@pytest.fixture
def courier(database: Database, settings: Settings, clock: Clock) -> Courier:
    return Courier(database, settings, clock)


def acts(database: Database) -> list[tuple[str, dict[str, object]]]:
    db: Session
    with database.reading() as db:
        return [(entry.action, entry.detail) for entry in db.exec(select(AuditEntry)).all()]


def test_the_settings_without_the_password(database_url: str, clock: Clock, library: Library) -> None:
    found = sending(database_url, 2525, smtp_security="starttls", smtp_user=USER, smtp_password=PASSWORD)
    app = create_app(found, clock=clock, library=library)
    words = Desk(app).page().words
    app.state.database.close()
    for said in ("127.0.0.1:2525", "selbstcheck@kommune.de", "STARTTLS", f"als {USER}, Passwort hinterlegt"):
        assert said in words
    assert PASSWORD not in words


def test_without_a_mail_server_it_says_what_is_missing(database_url: str, clock: Clock, library: Library) -> None:
    app = create_app(Settings(database_url=database_url), clock=clock, library=library)
    desk = Desk(app)
    page = desk.page()
    assert "Diese Instanz verschickt keine E-Mails." in page.words
    assert "SELBSTCHECK_SMTP_HOST" in page.words
    desk.post("/probe", recipient="ada@kommune.de")
    with app.state.database.reading() as db:
        assert db.exec(select(AuditEntry)).all() == []
    app.state.database.close()


class TestTrial:
    """N-09: nothing in the request waits for the relay; the page tells how it went."""

    def test_it_goes_to_the_operators_own_address_at_first(self, desk: Desk) -> None:
        assert desk.page().by_id("recipient").attributes["value"] == desk.operator.email

    def test_it_arrives(self, desk: Desk, courier: Courier, postbox: Postbox, database: Database) -> None:
        desk.post("/probe", recipient="ada@kommune.de")
        assert "Die Probe ist unterwegs" in desk.page().words
        assert postbox.sessions == set()
        courier.carry()
        assert "Der Mailserver hat die Probe angenommen" in desk.page().words
        assert "das ist eine Probe" in postbox.got[0].text
        assert acts(database) == [("mail.test", {})]

    def test_it_fails_with_a_reason(self, desk: Desk, courier: Courier, postbox: Postbox, database: Database) -> None:
        postbox.refused["ada@kommune.de"] = "451 4.7.1 <ada@kommune.de> greylisted"
        desk.post("/probe", recipient="ada@kommune.de")
        courier.carry()
        words = desk.page().words
        assert "Die Probe wurde nicht verschickt" in words
        assert "Der Mailserver nimmt die Adresse nicht an (451 4.7.1)." in words
        del postbox.refused["ada@kommune.de"]
        desk.post("/probe", recipient="ada@kommune.de")
        courier.carry()
        assert "Der Mailserver hat die Probe angenommen" in desk.page().words
        assert len(rows(database)) == 1

    def test_it_needs_an_address(self, desk: Desk, database: Database) -> None:
        text = desk.post("/probe", 422, recipient="ada@kommune")
        assert 'value="ada@kommune"' in text
        assert "name@kommune.de" in text
        assert rows(database) == []


class TestQueue:
    @pytest.fixture
    def failed(self, postbox: Postbox, courier: Courier, put: Put) -> None:
        """Two of a round and one of an account failed, one was sent, one waits for another attempt."""
        postbox.refused |= {
            "r1@belm.de": "550 5.1.1 <r1@belm.de> no",
            "r2@verein.de": "554 no",
            "konto@belm.de": "550 no",
            "warten@belm.de": "451 later",
        }
        put("r1@belm.de", "r2@verein.de", "gut@belm.de", "warten@belm.de", kind="round")
        put("konto@belm.de", kind="invite")
        courier.carry()

    @pytest.mark.usefixtures("failed")
    def test_counts_and_reasons_without_addresses(self, desk: Desk) -> None:
        page = desk.page()
        assert [found.text for found in page.all("dd")][:3] == ["1", "1", "3"]
        for said in ("bei belm.de", "bei verein.de", "(550 5.1.1)", "(554)", "Laden Sie die Person neu ein"):
            assert said in page.words
        for name in ("r1@", "r2@", "konto@", "gut@", "warten@"):
            assert name not in page.words

    @pytest.mark.usefixtures("failed")
    def test_one_is_tried_again(self, desk: Desk, courier: Courier, postbox: Postbox, database: Database) -> None:
        postbox.refused.clear()
        form = next(form for form in desk.page().forms if ("act", "retry") in form.buttons and form.fields)
        desk.post("/fehlgeschlagen", **form.values(act="retry"))
        courier.carry()
        assert len(postbox.got) == 2
        assert acts(database)[-1] == ("mail.retry", {"count": 1})

    @pytest.mark.usefixtures("failed")
    def test_all_are_tried_again_but_those_without_text(
        self, desk: Desk, courier: Courier, postbox: Postbox, database: Database
    ) -> None:
        postbox.refused.clear()
        desk.post("/fehlgeschlagen", act="retry")
        courier.carry()
        assert {row.recipient: row.status for row in rows(database)} == {
            "gut@belm.de": "sent",
            "konto@belm.de": "failed",
            "r1@belm.de": "sent",
            "r2@verein.de": "sent",
            "warten@belm.de": "queued",
        }

    @pytest.mark.usefixtures("failed")
    def test_discarding_takes_the_failed_only(self, desk: Desk, database: Database) -> None:
        desk.post("/fehlgeschlagen", act="discard")
        assert [row.recipient for row in rows(database)] == ["gut@belm.de", "warten@belm.de"]
        assert acts(database)[-1] == ("mail.discard", {"count": 3})

    @pytest.mark.usefixtures("failed")
    def test_an_unknown_act_does_nothing(self, desk: Desk, database: Database) -> None:
        before = [row.model_dump() for row in rows(database)]
        desk.post("/fehlgeschlagen", act="delete everything")
        assert [row.model_dump() for row in rows(database)] == before

    def test_a_relay_that_is_away_is_told(
        self, desk: Desk, database: Database, settings: Settings, clock: Clock, put: Put
    ) -> None:
        put("ada@kommune.de", kind="round")
        Courier(database, sending(settings.database_url, 1), clock).carry()
        words = desk.page().words
        assert "Warum zuletzt etwas warten musste: Der Mailserver ist nicht erreichbar." in words


class TestServer:
    """The app as the server runs it."""

    def test_it_sends_by_itself_and_leaves_no_thread(
        self, app: FastAPI, database: Database, put: Put, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("app.mail.sender.LOOK_SECONDS", 0.02)
        put("ada@kommune.de")
        with TestClient(app):
            for _ in range(500):
                if rows(database)[0].status == "sent":
                    break
                threading.Event().wait(0.01)
        assert rows(database)[0].status == "sent"
        assert "mail" not in {thread.name for thread in threading.enumerate()}

    def test_without_a_mail_server_there_is_no_thread(self, database_url: str, library: Library) -> None:
        with TestClient(create_app(Settings(database_url=database_url), library=library)):
            assert "mail" not in {thread.name for thread in threading.enumerate()}

    def test_people_go_on_while_the_relay_hangs(
        self, app: FastAPI, desk: Desk, postbox: Postbox, put: Put, courier: Courier
    ) -> None:
        """X-27: with a message under way that does not end, pages are shown and forms are taken."""
        postbox.hangs_until = threading.Event()
        put("ada@kommune.de")
        hanging = threading.Thread(target=courier.carry)
        hanging.start()
        while not postbox.sessions and hanging.is_alive():
            hanging.join(0.01)
        assert desk.client.get("/").status_code == 200
        desk.post("/probe", recipient="ada@kommune.de")
        assert hanging.is_alive()
        postbox.hangs_until.set()
        hanging.join()


def test_only_operators(app: FastAPI, desk: Desk) -> None:
    with app.state.database.writing() as db:
        town = staff.municipality(db)
        member = staff.member(db, app, town)
    member.sign_in(desk.client)
    assert desk.client.get(ADDRESS).status_code == 403
    assert not re.search("Mailserver", desk.client.get(ADDRESS).text)
