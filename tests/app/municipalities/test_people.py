# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who belongs to a municipality: roles, invitations, the last coordinator; and that no other town gets in (X-19)."""

import threading
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import col, select

from app.errors import Conflict
from app.municipalities.actions.people import change_role, remove_person
from app.municipalities.queries import members_of, municipality_of
from app.permissions import Role
from app.settings import Settings
from app.tables.audits import AuditEntry
from app.tables.mails import Mail
from app.tables.municipalities import Membership
from app.tables.people import Account, AccountLink
from app.tables.rounds import RoundModerator, RoundReader
from questionnaires.library import Library
from tests import staff
from tests.app.municipalities.conftest import Town, Towns
from tests.markup import Markup
from tests.rounds import a_round

GUEST = {"guest_name": "Neo Neu", "email": "neo@example.org", "role": "member"}


def home(client: TestClient, town: Town) -> Markup:
    answer = client.get(town.address())
    assert answer.status_code == 200
    return Markup(answer.text)


def roles(app: FastAPI, town: Town) -> dict[str, str]:
    with app.state.database.reading() as db:
        rows = db.exec(select(Membership).where(col(Membership.municipality_id) == town.id))
        return {row.account_id: row.role for row in rows}


def acts(app: FastAPI, town: Town) -> list[tuple[str, str, dict[str, object]]]:
    with app.state.database.reading() as db:
        rows = db.exec(select(AuditEntry).where(col(AuditEntry.municipality_id) == town.id))
        return [(row.action, row.actor, row.detail) for row in rows]


def routes(town: Town) -> list[tuple[str, str, bool]]:
    """Method, address, and whether members may."""
    person = f"personen/{town.member.account_id}"
    return [
        ("GET", "", True),
        ("GET", "angaben", False),
        ("POST", "angaben", False),
        ("GET", "verlauf", False),
        ("POST", "einladen", False),
        ("POST", f"{person}/einladen", False),
        ("POST", f"{person}/rolle", False),
        ("GET", f"{person}/entfernen", False),
        ("POST", f"{person}/entfernen", False),
    ]


def test_another_town_is_not_there(client: TestClient, app: FastAPI, towns: Towns) -> None:
    before = roles(app, towns.belm)
    for stranger in (towns.other.coordinator, towns.other.member, towns.operator):
        stranger.sign_in(client)
        for method, rest, _ in routes(towns.belm):
            data = {**GUEST, "name": "X", "municipality_type": "landkreis", "role": "coordinator"}
            answer = client.request(method, towns.belm.address(rest), data=data if method == "POST" else None)
            assert answer.status_code == 404, (stranger.name, method, rest)
    assert roles(app, towns.belm) == before
    assert acts(app, towns.belm) == []


def test_a_member_sees_and_changes_nothing(client: TestClient, app: FastAPI, towns: Towns) -> None:
    towns.belm.member.sign_in(client)
    before = roles(app, towns.belm)
    for method, rest, allowed in routes(towns.belm):
        data = {**GUEST, "name": "X", "municipality_type": "landkreis", "role": "coordinator"}
        answer = client.request(method, towns.belm.address(rest), data=data if method == "POST" else None)
        assert answer.status_code == (200 if allowed else 403), (method, rest)
    assert roles(app, towns.belm) == before
    assert acts(app, towns.belm) == []


def test_nobody_reaches_people_of_another_town_through_their_own(
    client: TestClient, app: FastAPI, towns: Towns
) -> None:
    towns.belm.coordinator.sign_in(client)
    foreign = f"personen/{towns.other.member.account_id}"
    assert client.get(towns.belm.address(f"{foreign}/entfernen")).status_code == 404
    assert client.post(towns.belm.address(f"{foreign}/einladen")).status_code == 404
    client.post(towns.belm.address(f"{foreign}/entfernen"))
    client.post(towns.belm.address(f"{foreign}/rolle"), data={"role": "coordinator"})
    assert roles(app, towns.other)[towns.other.member.account_id] == "member"
    assert acts(app, towns.belm) == []


def test_without_signing_in_there_is_nothing(client: TestClient, towns: Towns) -> None:
    for method, rest, _ in routes(towns.belm):
        answer = client.request(method, towns.belm.address(rest))
        assert answer.status_code in {303, 401}, (method, rest)
        assert "Belm" not in answer.text


def test_members_see_names_and_roles_but_no_addresses(client: TestClient, towns: Towns) -> None:
    shown = home(towns.belm.member.sign_in(client), towns.belm)
    assert "Ada Beispiel Koordination Ömer Mitglied (Sie) Mitglied" in shown.words
    assert "@" not in shown.words
    assert shown.forms[-1].action != towns.belm.address("einladen")
    assert "kleine Stadt oder Gemeinde · 14.071 Menschen" in shown.words
    assert f"/durchgaenge?kommune={towns.belm.id}" in shown.links
    assert towns.belm.address("verlauf") not in shown.links
    coordinator = home(towns.belm.coordinator.sign_in(client), towns.belm)
    assert towns.belm.member.email in coordinator.words
    assert towns.belm.address("verlauf") in coordinator.links


def test_a_coordinator_invites_and_hands_the_link_over(client: TestClient, app: FastAPI, towns: Towns) -> None:
    form = home(towns.belm.coordinator.sign_in(client), towns.belm).form(towns.belm.address("einladen"))
    assert form.values()["role"] == "member"
    answer = client.post(form.action, data=GUEST)
    assert answer.status_code == 200
    shown = Markup(answer.text)
    first = shown.all("p", class_="breakable")[0].text
    assert first.startswith("https://testserver/einladung/")
    with app.state.database.reading() as db:
        account = db.exec(select(Account).where(col(Account.email_key) == "neo@example.org")).one()
    assert roles(app, towns.belm)[account.id] == "member"
    assert acts(app, towns.belm) == [("member.invite", "Ada Beispiel", {"account": account.id, "role": "member"})]
    again = shown.form(f"{account.id}/einladen")
    second = Markup(client.post(again.action).text).all("p", class_="breakable")[0].text
    assert second != first
    assert acts(app, towns.belm)[-1] == ("member.invite_again", "Ada Beispiel", {"account": account.id})


def test_who_has_an_account_needs_no_link(client: TestClient, app: FastAPI, towns: Towns) -> None:
    towns.belm.coordinator.sign_in(client)
    answer = client.post(towns.belm.address("einladen"), data={**GUEST, "email": towns.other.member.email.upper()})
    assert answer.status_code == 200
    assert "hat schon ein Konto und meldet sich damit an" in answer.text
    assert "Dieses Konto heißt „Max Anders“" in answer.text  # it may be somebody else who took the address
    assert "/einladung/" not in answer.text
    assert roles(app, towns.belm)[towns.other.member.account_id] == "member"
    assert client.post(towns.belm.address(f"personen/{towns.other.member.account_id}/einladen")).status_code == 409


def test_no_link_is_shown_to_an_account_that_opens_more(client: TestClient, app: FastAPI, towns: Towns) -> None:
    """Or a coordinator could take over somebody who was invited elsewhere and has not set up the account yet."""
    with app.state.database.writing() as db:
        db.get_one(Account, towns.other.coordinator.account_id).password_hash = None
    towns.belm.coordinator.sign_in(client)
    for waiting in (towns.other.coordinator, towns.operator):
        answer = client.post(towns.belm.address("einladen"), data={**GUEST, "email": waiting.email})
        assert answer.status_code == 200
        assert "Den Link zum Einrichten bekommt die Person von der Betreiberin" in answer.text
        assert f"Dieses Konto heißt „{waiting.name}“" in answer.text
        assert "/einladung/" not in answer.text
        assert "/einladung/" not in client.post(towns.belm.address(f"personen/{waiting.account_id}/einladen")).text
    with app.state.database.reading() as db:
        assert db.exec(select(AccountLink)).all() == []


def link_in(text: str) -> str:
    """The path of the link that a page shows once."""
    return urlsplit(Markup(text).all("p", class_="breakable")[0].text).path


def opens(client: TestClient, path: str) -> bool:
    return client.get(path).status_code == 200


@pytest.mark.parametrize("by", ["operator", "coordinator"])
def test_a_link_that_somebody_else_holds_opens_nothing_that_comes_later(
    client: TestClient, app: FastAPI, towns: Towns, by: str
) -> None:
    """Whoever invited first could come in under the name of the person, with what others entrusted to them since."""
    towns.other.coordinator.sign_in(client)
    theirs = link_in(client.post(towns.other.address("einladen"), data=GUEST).text)
    assert opens(client, theirs)
    person = towns.operator if by == "operator" else towns.belm.coordinator
    address = f"/verwaltung/kommunen/{towns.belm.id}/einladen" if by == "operator" else towns.belm.address("einladen")
    invited = person.sign_in(client).post(address, data={**GUEST, "role": "coordinator"})
    assert not opens(client, theirs)
    assert ("/einladung/" in invited.text) == (by == "operator")
    # Nor does the first one get another.
    towns.other.coordinator.sign_in(client)
    with app.state.database.reading() as db:
        account = db.exec(select(Account).where(col(Account.email_key) == "neo@example.org")).one()
    again = client.post(towns.other.address(f"personen/{account.id}/einladen"))
    assert "/einladung/" not in again.text
    if by == "operator":
        assert opens(client, link_in(invited.text))


def test_two_who_invite_the_same_person_at_once_are_told(
    client: TestClient, app: FastAPI, towns: Towns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have seen that the person does not belong yet."""
    towns.belm.coordinator.sign_in(client)
    client.post(towns.belm.address("einladen"), data=GUEST)
    before = roles(app, towns.belm)
    monkeypatch.setattr("app.municipalities.actions.inviting._refuse_who_belongs", lambda *_: None)
    again = client.post(towns.belm.address("einladen"), data=GUEST)
    assert again.status_code == 422
    assert "gehört schon dazu" in again.text
    assert roles(app, towns.belm) == before


class TestHalfSetUpMail:
    @pytest.fixture
    def settings(self, database_url: str) -> Settings:
        return Settings(database_url=database_url, smtp_host="mail.example.org")  # nobody to send as

    def test_the_link_is_shown_as_nothing_is_sent(self, client: TestClient, app: FastAPI, towns: Towns) -> None:
        towns.belm.coordinator.sign_in(client)
        assert opens(client, link_in(client.post(towns.belm.address("einladen"), data=GUEST).text))
        with app.state.database.reading() as db:
            assert db.exec(select(Mail)).all() == []


class TestWithMail:
    @pytest.fixture
    def settings(self, database_url: str) -> Settings:
        return Settings(database_url=database_url, smtp_host="mail.example.org", mail_from="selbstcheck@example.org")

    def test_a_letter_sent_before_goes_on_working(self, client: TestClient, app: FastAPI, towns: Towns) -> None:
        """It lies in the mailbox of the person alone."""
        for town in (towns.other, towns.belm):
            town.coordinator.sign_in(client).post(town.address("einladen"), data=GUEST)
        with app.state.database.reading() as db:
            letters = [mail.body for mail in db.exec(select(Mail)) if mail.recipient == "neo@example.org"]
        assert len(letters) == 2
        for letter in letters:
            assert opens(client, "/einladung/" + letter.partition("/einladung/")[2].split()[0])

    def test_whose_account_it_is_is_told_to_who_invites(self, client: TestClient, towns: Towns) -> None:
        towns.belm.coordinator.sign_in(client)
        guest = {**GUEST, "email": towns.other.member.email}
        answer = client.post(towns.belm.address("einladen"), data=guest)
        assert "Die Einladung ist unterwegs" in answer.text
        assert "Dieses Konto heißt „Max Anders“" in answer.text

    def test_letters_say_who_invites_and_to_what(self, client: TestClient, app: FastAPI, towns: Towns) -> None:
        towns.belm.coordinator.sign_in(client)
        assert "Die Einladung ist unterwegs" in client.post(towns.belm.address("einladen"), data=GUEST).text
        client.post(towns.belm.address("einladen"), data={**GUEST, "email": towns.other.member.email})
        with app.state.database.reading() as db:
            mails = {mail.recipient: mail.body for mail in db.exec(select(Mail))}
        assert "Ada Beispiel" in mails["neo@example.org"]
        assert "Sie gehören dort zu Belm" in mails["neo@example.org"]
        assert "/einladung/" in mails["neo@example.org"]
        assert f"https://testserver{towns.belm.address()}" in mails[towns.other.member.email]


def test_wrong_words_are_kept(client: TestClient, towns: Towns) -> None:
    towns.belm.coordinator.sign_in(client)
    answer = client.post(towns.belm.address("einladen"), data={"guest_name": "", "email": "neo", "role": "operator"})
    assert answer.status_code == 422
    shown = Markup(answer.text)
    assert shown.title.startswith("Fehler: Belm")
    assert shown.by_id("email").attributes["value"] == "neo"
    for words in ("Bitte schreiben Sie den Namen der Person.", "Bitte wählen Sie eine Rolle."):
        assert words in shown.words


def test_roles_change_both_ways(client: TestClient, app: FastAPI, towns: Towns) -> None:
    shown = home(towns.belm.coordinator.sign_in(client), towns.belm)
    mine, theirs = towns.belm.coordinator.account_id, towns.belm.member.account_id
    assert not [form for form in shown.forms if mine in form.action]
    form = shown.form(f"{theirs}/rolle")
    assert client.post(form.action, data=form.values()).headers["location"] == towns.belm.address()
    assert roles(app, towns.belm)[theirs] == "coordinator"
    form = home(client, towns.belm).form(f"{theirs}/rolle")
    client.post(form.action, data=form.values())
    client.post(form.action, data=form.values())  # a second click
    assert [(action, detail) for action, _, detail in acts(app, towns.belm)] == [
        ("member.role", {"account": theirs, "role": "coordinator"}),
        ("member.role", {"account": theirs, "role": "member"}),
    ]
    assert client.post(form.action, data={"role": "operator"}).status_code == 422


def test_somebody_is_removed_after_being_asked(client: TestClient, app: FastAPI, towns: Towns) -> None:
    towns.belm.coordinator.sign_in(client)
    theirs = towns.belm.member.account_id
    asked = Markup(client.get(towns.belm.address(f"personen/{theirs}/entfernen")).text)
    assert "Ömer Mitglied sieht danach nichts mehr von Belm" in asked.words
    form = asked.form("/entfernen")
    assert client.post(form.action).headers["location"] == towns.belm.address()
    client.post(form.action)  # a second click
    assert theirs not in roles(app, towns.belm)
    assert acts(app, towns.belm) == [("member.remove", "Ada Beispiel", {"account": theirs})]
    assert towns.belm.member.sign_in(client).get(towns.belm.address()).status_code == 404


def test_who_comes_back_reads_nothing_that_was_released_before(app: FastAPI, towns: Towns, library: Library) -> None:
    """Results are for those whom the coordination has chosen, not for those it had chosen once (M7.8)."""
    theirs, form, now = towns.belm.member.account_id, library.latest("kurzcheck"), app.state.clock.now()
    with app.state.database.writing() as db:
        first, moderated = (a_round(db, towns.belm.id, form, {"office": None}) for _ in range(2))
        elsewhere = a_round(db, towns.other.id, form, {"office": None})
        db.add(RoundModerator(round_id=moderated.id, account_id=theirs))
        db.add_all(RoundReader(round_id=one.id, account_id=theirs) for one in (first, moderated, elsewhere))
        db.flush()
        remove_person(db, towns.belm.coordinator.of(towns.belm.id), theirs, now=now)
        reads = set(db.exec(select(RoundReader.round_id).where(col(RoundReader.account_id) == theirs)))
    assert reads == {moderated.id, elsewhere.id}


def test_the_last_coordinator_stays(client: TestClient, app: FastAPI, towns: Towns) -> None:
    towns.belm.coordinator.sign_in(client)
    mine = f"personen/{towns.belm.coordinator.account_id}"
    before = roles(app, towns.belm)
    answer = client.post(towns.belm.address(f"{mine}/rolle"), data={"role": "member"})
    assert answer.status_code == 409
    assert "Eine Koordination muss bleiben" in answer.text
    assert client.post(towns.belm.address(f"{mine}/entfernen")).status_code == 409
    assert roles(app, towns.belm) == before


def test_one_of_two_coordinators_can_leave(client: TestClient, app: FastAPI, towns: Towns) -> None:
    towns.belm.coordinator.sign_in(client)
    client.post(towns.belm.address(f"personen/{towns.belm.member.account_id}/rolle"), data={"role": "coordinator"})
    mine = towns.belm.address(f"personen/{towns.belm.coordinator.account_id}/entfernen")
    assert "Sich selbst entfernen" in client.get(mine).text
    assert client.post(mine).headers["location"] == "/kommunen"
    assert list(roles(app, towns.belm).values()) == ["coordinator"]


def test_two_who_remove_each_other_at_once_leave_one(app: FastAPI, towns: Towns) -> None:
    first, second = towns.belm.coordinator, towns.belm.member
    with app.state.database.writing() as db:
        change_role(db, first.of(towns.belm.id), second.account_id, Role.COORDINATOR, now=app.state.clock.now())
    start, refused = threading.Barrier(2), []

    def remove(by: staff.Staff, whom: staff.Staff) -> None:
        start.wait()
        try:
            with app.state.database.writing() as db:
                remove_person(db, by.of(towns.belm.id), whom.account_id, now=app.state.clock.now())
        except Conflict:
            refused.append(by)

    threads = [threading.Thread(target=remove, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert list(roles(app, towns.belm).values()) == ["coordinator"]


def test_what_the_rounds_are_told(app: FastAPI, towns: Towns) -> None:
    with app.state.database.reading() as db:
        facts = municipality_of(db, towns.belm.coordinator.of(towns.belm.id))
        people = members_of(db, towns.belm.coordinator.of(towns.belm.id))
    assert (facts.id, facts.name, facts.type, facts.population) == (
        towns.belm.id,
        "Belm",
        "kleine_stadt_gemeinde",
        14_071,
    )
    assert (facts.ars, facts.district, facts.state, facts.size_class) == (None, "", "", "under_50000")
    assert [(one.name, one.role) for one in people] == [("Ada Beispiel", "coordinator"), ("Ömer Mitglied", "member")]
