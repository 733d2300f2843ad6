# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who moderates a round, and deleting it with everything in it."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, col, func, select

from app.accounts.queries import person_with_email
from app.permissions import Role
from app.rounds.queries.rounds import moderators_of
from app.settings import Settings
from app.tables.audits import AuditEntry
from app.tables.mails import Mail
from app.tables.people import Account, AccountLink
from app.tables.responses import Answer, Delegation, Proposal, Response
from app.tables.rounds import Invitee, Round, RoundGroup, RoundModerator, RoundReader, Ticket
from tests import staff
from tests.app.rounds.conftest import TODAY, PlannedRound, opened_round
from tests.markup import Markup
from tests.rounds import RoundOf, respond


@pytest.fixture
def found(client: TestClient, app: FastAPI) -> PlannedRound:
    """An open round with answers, and its coordinator signed in."""
    with app.state.database.writing() as db:
        found = opened_round(db, app)
        _answer(db, app, found)
    found.coordinator.sign_in(client)
    return found


def _answer(db: Session, app: FastAPI, found: PlannedRound) -> None:
    form = app.state.library.get("weltoffene-kommune", "1.0")
    made = RoundOf(found.id, found.municipality_id, found.groups)
    response = respond(db, made, "leadership", form, {form.items[0].id: 2})
    respond(db, made, "politics", form, {form.items[0].id: 3}, submitted=False)
    asked = Delegation(id="d" * 32, response_id=response, token_digest="t" * 64, asked="Amt", created_on=TODAY)
    db.add(asked)
    db.flush()
    db.add(Proposal(delegation_id=asked.id, item_id=form.items[0].id))
    group = found.groups["politics"]
    db.add(Ticket(code_digest=found.id * 2, round_id=found.id, group_id=group))
    db.add(Invitee(id=found.id, round_id=found.id, group_id=group, email="a@b.de", email_key="a@b.de"))


def count(db: Session, table: type) -> int:
    return db.exec(select(func.count()).select_from(table)).one()


class TestModeration:
    def test_somebody_new_gets_a_link_shown_once(self, client: TestClient, app: FastAPI, found: PlannedRound) -> None:
        address = f"/durchgang/{found.id}/moderation"
        answer = client.post(address, data={"name": "Mo Deration", "email": "mo@example.org"})
        assert answer.status_code == 200
        assert "https://testserver/einladung/" in answer.text
        page = client.get(address).text
        assert "Mo Deration" in page
        assert "/einladung/" not in page
        with app.state.database.reading() as db:
            (moderator,) = moderators_of(db, found.scope)
            acts = db.exec(select(AuditEntry).where(AuditEntry.action == "round.moderator.add")).one()
        assert (moderator.email, moderator.is_set_up) == ("mo@example.org", False)
        assert acts.detail == {"account": moderator.account_id}

    def test_somebody_known_needs_no_link_and_sees_the_round(
        self, client: TestClient, app: FastAPI, found: PlannedRound
    ) -> None:
        with app.state.database.writing() as db:
            known = staff.account(db, app, "Bekannte Person")
            db.get_one(Account, known.account_id).password_hash = "x"
        answer = client.post(f"/durchgang/{found.id}/moderation", data={"name": "Egal", "email": known.email.upper()})
        assert "/einladung/" not in answer.text
        assert "gibt es schon ein Konto" in answer.text
        assert "Dieses Konto heißt „Bekannte Person“" in answer.text
        known.sign_in(client)
        assert f"/durchgang/{found.id}/" in Markup(client.get("/durchgaenge").text).links

    def test_who_waits_for_another_invitation_is_shown_no_link(
        self, client: TestClient, app: FastAPI, found: PlannedRound
    ) -> None:
        """X-19: with the link a coordinator could open what the account sees elsewhere."""
        with app.state.database.writing() as db:
            waiting = staff.member(db, app, staff.municipality(db, "Anderswo"), "Wartet Noch")
        answer = client.post(f"/durchgang/{found.id}/moderation", data={"name": "x", "email": waiting.email})
        assert "/einladung/" not in answer.text
        assert "Den Link zum Einrichten bekommt die Person von der Betreiberin" in answer.text
        assert "Dieses Konto heißt „Wartet Noch“" in answer.text
        with app.state.database.reading() as db:
            assert count(db, AccountLink) == 0
            assert [one.account_id for one in moderators_of(db, found.scope)] == [waiting.account_id]

    def test_a_lost_link_is_made_anew_for_who_opens_nothing_else(
        self, client: TestClient, app: FastAPI, found: PlannedRound
    ) -> None:
        base = f"/durchgang/{found.id}/moderation"
        client.post(base, data={"name": "Mo", "email": "mo@example.org"})
        with app.state.database.reading() as db:
            (moderator,) = moderators_of(db, found.scope)
        again = f"{base}/{moderator.account_id}/einladen"
        assert again in [form.action for form in Markup(client.get(base).text).forms]
        assert "https://testserver/einladung/" in client.post(again).text
        with app.state.database.writing() as db:
            other = opened_round(db, app)
            db.add(RoundModerator(round_id=other.id, account_id=moderator.account_id))
        assert "/einladung/" not in client.post(again).text  # the account opens a foreign round by now
        with app.state.database.writing() as db:
            db.get_one(Account, moderator.account_id).password_hash = "x"
        assert client.post(again).status_code == 404
        assert client.post(f"{base}/{found.coordinator.account_id}/einladen").status_code == 404

    def test_a_link_that_somebody_else_holds_opens_no_round_that_comes_later(
        self, client: TestClient, app: FastAPI, found: PlannedRound
    ) -> None:
        with app.state.database.writing() as db:
            other = opened_round(db, app)
        typed = {"name": "Mo", "email": "mo@example.org"}
        shown = other.coordinator.sign_in(client).post(f"/durchgang/{other.id}/moderation", data=typed).text
        theirs = "/einladung/" + shown.partition("/einladung/")[2].partition("<")[0]
        assert client.get(theirs).status_code == 200
        found.coordinator.sign_in(client).post(f"/durchgang/{found.id}/moderation", data=typed)
        assert client.get(theirs).status_code == 410

    def test_nobody_is_invited_twice(self, client: TestClient, app: FastAPI, found: PlannedRound) -> None:
        address, typed = f"/durchgang/{found.id}/moderation", {"name": "Mo", "email": "mo@example.org"}
        client.post(address, data=typed)
        again = client.post(address, data=typed)
        assert again.status_code == 422
        assert "moderiert schon" in again.text
        with app.state.database.reading() as db:
            assert count(db, RoundModerator) == 1

    def test_two_who_invite_at_once_are_told(
        self, client: TestClient, app: FastAPI, found: PlannedRound, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        address, typed = f"/durchgang/{found.id}/moderation", {"name": "Mo", "email": "mo@example.org"}
        client.post(address, data=typed)
        monkeypatch.setattr("app.rounds.actions.moderating._moderates", lambda *_: False)
        again = client.post(address, data=typed)
        assert again.status_code == 422
        assert "moderiert schon" in again.text

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"name": "", "email": "mo@example.org"}, "name"),
            ({"name": "Mo", "email": "mo"}, "email"),
            ({"name": "Mo", "email": "mo@example.org\r\nBcc: x@example.org"}, "email"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(
        self, client: TestClient, app: FastAPI, found: PlannedRound, typed: dict[str, str], field: str
    ) -> None:
        answer = client.post(f"/durchgang/{found.id}/moderation", data=typed)
        assert answer.status_code == 422
        assert f"#{field}" in Markup(answer.text).links
        with app.state.database.reading() as db:
            assert person_with_email(db, "mo@example.org") is None

    def test_who_is_removed_sees_nothing_any_more(self, client: TestClient, app: FastAPI, found: PlannedRound) -> None:
        with app.state.database.writing() as db:
            moderator = staff.moderator(db, app, found.id)
            db.add(RoundReader(round_id=found.id, account_id=moderator.account_id))
        address = f"/durchgang/{found.id}/moderation/{moderator.account_id}/entfernen"
        assert client.post(address).status_code == 303
        assert client.post(address).status_code == 404
        with app.state.database.reading() as db:
            assert count(db, RoundModerator) == count(db, RoundReader) == 0
        assert moderator.sign_in(client).get(f"/durchgang/{found.id}/").status_code == 404

    def test_a_member_who_moderated_keeps_what_was_released(
        self, client: TestClient, app: FastAPI, found: PlannedRound
    ) -> None:
        with app.state.database.writing() as db:
            member = staff.member(db, app, found.municipality_id, "Mit Glied", Role.MEMBER)
            db.add(RoundModerator(round_id=found.id, account_id=member.account_id))
            db.add(RoundReader(round_id=found.id, account_id=member.account_id))
        client.post(f"/durchgang/{found.id}/moderation/{member.account_id}/entfernen")
        with app.state.database.reading() as db:
            assert (count(db, RoundModerator), count(db, RoundReader)) == (0, 1)

    @pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
    def test_only_a_coordinator_invites(
        self, client: TestClient, app: FastAPI, found: PlannedRound, role: Role
    ) -> None:
        with app.state.database.writing() as db:
            who = staff.of_round(db, app, found.id, found.municipality_id, role)
        who.sign_in(client)
        base = f"/durchgang/{found.id}/moderation"
        assert client.get(base).status_code == client.post(base).status_code == 403
        assert client.post(f"{base}/{who.account_id}/entfernen").status_code == 403
        assert client.post(f"{base}/{who.account_id}/einladen").status_code == 403


class TestByMail:
    @pytest.fixture
    def settings(self, database_url: str) -> Settings:
        return Settings(database_url=database_url, smtp_host="mail.example.org", mail_from="check@example.org")

    def test_the_link_goes_by_mail_and_is_not_shown(
        self, client: TestClient, app: FastAPI, found: PlannedRound
    ) -> None:
        typed = {"name": "Mo Deration", "email": "mo@example.org"}
        answer = client.post(f"/durchgang/{found.id}/moderation", data=typed)
        assert "/einladung/" not in answer.text
        with app.state.database.reading() as db:
            letter = db.exec(select(Mail)).one()
        assert letter.recipient == "mo@example.org"
        assert "für Belm den Durchgang „Durchgang 2026“ moderieren" in letter.body
        assert "/einladung/" in letter.body


class TestDeleting:
    def test_everything_goes_and_the_neighbour_stays(
        self, client: TestClient, app: FastAPI, found: PlannedRound
    ) -> None:
        with app.state.database.writing() as db:
            other = opened_round(db, app)
            form = app.state.library.get("weltoffene-kommune", "1.0")
            made = RoundOf(other.id, other.municipality_id, other.groups)
            respond(db, made, "leadership", form, {form.items[0].id: 1})
        address = f"/durchgang/{found.id}/loeschen"
        assert "geht eine Rückmeldung verloren" in Markup(client.get(address).text).words
        sent = client.post(address, data={"title": " durchgang  2026 "})
        assert (sent.status_code, sent.headers["location"]) == (303, "/durchgaenge")
        with app.state.database.reading() as db:
            assert [row.id for row in db.exec(select(Round))] == [other.id]
            assert {row.round_id for row in db.exec(select(RoundGroup))} == {other.id}
            assert [count(db, table) for table in (Response, Answer)] == [1, 1]
            assert [count(db, table) for table in (Ticket, Invitee, Delegation, Proposal)] == [0, 0, 0, 0]
            acts = db.exec(select(AuditEntry).where(col(AuditEntry.action) == "round.delete")).one()
        assert (acts.round_id, acts.detail, acts.actor) == (found.id, {"title": "Durchgang 2026"}, "Ada Beispiel")
        assert client.get(f"/durchgang/{found.id}/").status_code == 404

    def test_a_wrong_title_deletes_nothing(self, client: TestClient, app: FastAPI, found: PlannedRound) -> None:
        answer = client.post(f"/durchgang/{found.id}/loeschen", data={"title": "Durchgang 2025"})
        page = Markup(answer.text)
        assert answer.status_code == 422
        assert page.form("/loeschen").values()["title"] == "Durchgang 2025"
        with app.state.database.reading() as db:
            assert (count(db, Round), count(db, Response)) == (1, 2)

    @pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
    def test_only_a_coordinator_deletes(
        self, client: TestClient, app: FastAPI, found: PlannedRound, role: Role
    ) -> None:
        with app.state.database.writing() as db:
            who = staff.of_round(db, app, found.id, found.municipality_id, role)
            foreign = staff.member(db, app, staff.municipality(db, "Anderswo"), "Eve Fremd")
        address, typed = f"/durchgang/{found.id}/loeschen", {"title": "Durchgang 2026"}
        who.sign_in(client)
        assert client.get(address).status_code == client.post(address, data=typed).status_code == 403
        foreign.sign_in(client)
        assert client.get(address).status_code == client.post(address, data=typed).status_code == 404
