# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Inviting and reminding by mail, from pasted addresses to what a real relay got (N-03, N-06 to N-09, D-24, X-27)."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI
from sqlmodel import select

from app.mail.message import LONGEST_LINE
from app.rounds.actions.closing import close_round
from app.settings import Settings
from app.tables.rounds import Invitee, RoundLetter
from tests.app.mail.relays import Postbox
from tests.app.rounds.conftest import TODAY, opened_round, planned_round
from tests.app.rounds.mailing.desk import PUBLIC, Desk, acts, addresses, change, mails, rows_of
from tests.markup import Markup
from tests.watch import Watch


class TestAddresses:
    def test_names_are_dropped_and_doubles_folded(self, app: FastAPI, desk: Desk) -> None:
        answer = desk.add(
            "politics",
            "Ada Beispiel <ada@belm.de>",
            "eva@belm.de; Muster, Max <max@belm.de>, uli@belm.de",
            "",
            "ADA@belm.de",
        )
        assert answer.headers["location"].endswith("?neu=4&bekannt=0")
        assert addresses(app) == {
            desk.round.groups["politics"]: ["ada@belm.de", "eva@belm.de", "max@belm.de", "uli@belm.de"]
        }
        assert "Beispiel" not in "".join(str(row.model_dump()) for row in rows_of(app, Invitee))

    def test_what_is_there_already_is_counted(self, app: FastAPI, desk: Desk) -> None:
        desk.add("politics", "ada@belm.de")
        location = desk.add("politics", "Ada@Belm.de", "eva@belm.de").headers["location"]
        assert location.endswith("?neu=1&bekannt=1")
        text = desk.client.get(location).text
        assert "Eine Adresse eingetragen" in text
        assert "Eine stand schon da" in text

    def test_errors_name_their_line_and_nothing_is_lost(self, app: FastAPI, desk: Desk) -> None:
        answer = desk.add("politics", "ada@belm.de", "kein Text; eva@belm", "uli@belm.de", status=422)
        assert "Zeile 2: „kein Text“ ist keine Adresse wie name@kommune.de." in answer.text
        assert "Zeile 2: „eva@belm“ ist keine Adresse wie name@kommune.de." in answer.text
        assert "ada@belm.de\nkein Text; eva@belm\nuli@belm.de</textarea>" in answer.text
        assert addresses(app) == {}

    def test_many_errors_are_told_in_short(self, desk: Desk) -> None:
        answer = desk.add("politics", *(f"falsch{number}" for number in range(25)), status=422)
        assert answer.text.count("ist keine Adresse wie") == 2 * 10
        assert "Dazu kommen weitere Stellen: 15." in answer.text

    def test_nothing_at_all(self, desk: Desk) -> None:
        assert "mindestens eine E-Mail-Adresse" in desk.add("politics", " ;, ", status=422).text

    def test_an_address_is_in_one_group_only(self, app: FastAPI, desk: Desk) -> None:
        desk.add("politics", "ada@belm.de")
        answer = desk.add("leadership", "eva@belm.de", "ADA@belm.de", status=422)
        assert "Zeile 2: ADA@belm.de steht schon in der Gruppe „Politik“." in answer.text
        assert list(addresses(app)) == [desk.round.groups["politics"]]

    def test_a_header_cannot_be_pasted(self, app: FastAPI, desk: Desk) -> None:
        desk.add("politics", "ada@belm.de\r\nBcc: eva@belm.de", status=422)
        desk.add("politics", "ada@belm.de%0aBcc:eva@belm.de", status=422)
        assert addresses(app) == {}

    def test_a_group_of_another_round_is_not_there(self, app: FastAPI, desk: Desk) -> None:
        with app.state.database.writing() as db:
            foreign = opened_round(db, app).groups["politics"]
        desk.get(f"/adressen/{foreign}", status=404)
        desk.post(f"/adressen/{foreign}", 404, addresses="ada@belm.de")

    def test_ticked_ones_are_removed_with_their_mail(self, app: FastAPI, desk: Desk) -> None:
        desk.add("politics", "ada@belm.de", "eva@belm.de")
        desk.send()
        group = desk.round.groups["politics"]
        (ticked,) = re.findall(r'value="(\w{32})"><label[^>]*>ada@belm.de', desk.get(f"/adressen/{group}"))
        desk.post(f"/adressen/{group}/entfernen", address=[ticked])
        assert addresses(app) == {group: ["eva@belm.de"]}
        assert [mail.recipient for mail in mails(app)] == ["eva@belm.de"]

    def test_somebody_elses_address_cannot_be_removed(self, app: FastAPI, desk: Desk) -> None:
        with app.state.database.writing() as db:
            other = Desk(app, opened_round(db, app))
        other.add("politics", "ada@belm.de")
        (foreign,) = [row.id for row in rows_of(app, Invitee)]
        desk.post(f"/adressen/{desk.round.groups['politics']}/entfernen", address=[foreign])
        desk.post("/adresse", address=foreign, act="remove")
        desk.post("/adresse", 404, address=foreign, email="eva@belm.de", act="mend")
        assert addresses(app) == {other.round.groups["politics"]: ["ada@belm.de"]}

    def test_acts_are_noted_in_numbers(self, app: FastAPI, desk: Desk) -> None:
        desk.add("politics", "ada@belm.de", "eva@belm.de")
        (entry,) = acts(app, "round.addresses")
        assert entry.detail == {"what": "added", "count": 2, "group": "politics"}
        assert "@" not in entry.model_dump_json()

    def test_after_the_end_none_is_added_but_all_can_be_removed(self, app: FastAPI, desk: Desk) -> None:
        desk.add("politics", "ada@belm.de")
        with app.state.database.writing() as db:
            close_round(db, desk.round.scope, app.state.library, today=TODAY, now=app.state.clock.now())
        desk.add("politics", "eva@belm.de", status=409)
        (invitee,) = [row.id for row in rows_of(app, Invitee)]
        desk.post(f"/adressen/{desk.round.groups['politics']}/entfernen", address=[invitee])
        assert addresses(app) == {}


class TestSending:
    def test_each_gets_the_link_of_the_group_and_nothing_of_their_own(
        self, app: FastAPI, desk: Desk, postbox: Postbox
    ) -> None:
        """N-03, N-04: one message to one recipient, the same for all of a group."""
        desk.add("politics", "ada@belm.de", "eva@belm.de")
        desk.add("leadership", "uli@belm.de")
        location = desk.send().headers["location"]
        assert location.endswith("?unterwegs=3")
        assert "3 E-Mails werden nach und nach verschickt." in desk.client.get(location).text
        desk.carry()
        by_address = {got.recipients[0]: got for got in postbox.got}
        assert by_address.keys() == {"ada@belm.de", "eva@belm.de", "uli@belm.de"}
        assert by_address["ada@belm.de"].text == by_address["eva@belm.de"].text
        for address, group in {"ada@belm.de": "politics", "uli@belm.de": "leadership"}.items():
            links = set(re.findall(r"https://\S+", by_address[address].text))
            link = f"{PUBLIC}/mitmachen/{desk.round.links[group]}"
            assert links == {link, f"{PUBLIC}/datenschutz"}
            assert address not in by_address[address].text

    def test_links_come_from_the_settings_and_lines_are_short(self, desk: Desk, postbox: Postbox) -> None:
        """N-06: not from what a client says the host is."""
        desk.add("politics", "ada@belm.de")
        desk.client.headers["host"] = "boese.example"
        desk.send(body="Wort " * 60 + "{link}")
        desk.carry()
        assert "boese.example" not in postbox.got[0].raw.decode()
        assert max(len(line) for line in postbox.got[0].text.split("\n")) <= LONGEST_LINE
        assert max(len(line) for line in postbox.got[0].raw.split(b"\r\n")) <= LONGEST_LINE

    def test_answers_go_to_a_person(self, app: FastAPI, desk: Desk, postbox: Postbox) -> None:
        """To the address in the contact of the round, else to whoever sends."""
        for contact, expected in {
            "Integrationsstelle, kontakt@belm.de, 05406 1": "kontakt@belm.de",
            "Telefon 05406 1": desk.round.coordinator.email,
            "": desk.round.coordinator.email,
        }.items():
            change(app, desk, contact=contact)
            desk.add("politics", f"{len(contact)}@belm.de")
            desk.send()
            desk.carry()
            got = postbox.got.pop()
            assert got.message["reply-to"] == expected
            assert got.message["auto-submitted"] == "auto-generated"

    def test_what_everybody_is_told_cannot_be_edited_away(self, desk: Desk, postbox: Postbox) -> None:
        """N-08."""
        desk.add("politics", "ada@belm.de")
        desk.send(body="{link}")
        desk.send("erinnerung", body="{link}")
        desk.carry()
        for got in postbox.got:
            words = " ".join(got.text.split())
            assert "Sie möchten keine weiteren E-Mails zu dieser Befragung? Antworten Sie kurz" in words
            assert "Ihre Adresse löschen wir spätestens 30 Tage nach dem Ende der Befragung." in words
        reminder = next(got for got in postbox.got if "Erinnerung" in got.text)
        assert "an alle, die schon geantwortet haben" in " ".join(reminder.text.split())

    def test_nobody_is_invited_twice(self, app: FastAPI, desk: Desk, postbox: Postbox) -> None:
        desk.add("politics", "ada@belm.de")
        desk.send()
        desk.add("politics", "eva@belm.de")
        assert "Eine Adresse hat noch keine Einladung." in desk.get()
        assert desk.send().headers["location"].endswith("?unterwegs=1")
        assert desk.send().headers["location"].endswith("?unterwegs=0")
        desk.carry()
        assert sorted(postbox.recipients) == ["ada@belm.de", "eva@belm.de"]
        assert [entry.detail for entry in acts(app, "round.mail")] == [{"count": 1}, {"count": 1}]

    def test_a_reminder_goes_to_all_whoever_answered(self, app: FastAPI, desk: Desk, postbox: Postbox) -> None:
        """D-24: there is nothing to be known about who did, and nothing is asked."""
        desk.add("politics", "ada@belm.de", "eva@belm.de")
        desk.add("leadership", "uli@belm.de")
        desk.send()
        desk.carry()
        postbox.got.clear()
        desk.send("erinnerung")
        desk.carry()
        assert sorted(postbox.recipients) == ["ada@belm.de", "eva@belm.de", "uli@belm.de"]
        assert [entry.detail for entry in acts(app, "round.reminder")] == [{"count": 3}]

    def test_at_most_one_reminder_a_day(self, app: FastAPI, desk: Desk, watch: Watch) -> None:
        desk.add("politics", "ada@belm.de")
        desk.send("erinnerung")
        assert "Heute wurde schon erinnert" in desk.get()
        answer = desk.post("/erinnerung", 409, subject="x", body="{link}", step="send")
        assert "Heute wurde schon erinnert" in answer.text
        watch.now = datetime(2026, 11, 22, 22, 59, tzinfo=UTC)  # one minute before midnight in Berlin
        _stay_signed_in(app, watch)
        desk.post("/erinnerung", 409, subject="x", body="{link}", step="send")
        watch.now += timedelta(minutes=1)
        desk.send("erinnerung")
        assert len(acts(app, "round.reminder")) == 2

    def test_before_and_after_the_period_nothing_is_sent(self, app: FastAPI, desk: Desk) -> None:
        desk.add("politics", "ada@belm.de")
        day = timedelta(days=1)
        for values in (
            {"opens_on": TODAY + day},
            {"opens_on": TODAY - 2 * day, "closes_on": TODAY - day},
            {"status": "planned", "opened_on": None},
        ):
            change(app, desk, **values)
            for what in ("einladung", "erinnerung"):
                desk.post(f"/{what}", 409, subject="x", body="{link}", step="send")
            assert "Verschicken können Sie erst" in desk.preview(subject="x", body="{link}")
        assert mails(app) == []

    def test_addresses_can_be_prepared_before_it_is_opened(self, app: FastAPI) -> None:
        with app.state.database.writing() as db:
            desk = Desk(app, planned_round(db, app))
        desk.add("politics", "ada@belm.de")
        assert "sobald Sie den Durchgang geöffnet haben" in desk.get()

    def test_two_thousand_are_put_into_the_queue_without_waiting_for_the_relay(
        self, app: FastAPI, desk: Desk, postbox: Postbox
    ) -> None:
        """X-27: the relay is not even asked."""
        for number, group in enumerate(("politics", "leadership")):
            desk.add(group, *(f"{number}.{person}@belm.de" for person in range(1_000)))
        desk.send()
        assert len(mails(app)) == 2_000
        assert postbox.sessions == set()


class TestOutcome:
    @pytest.fixture
    def failed(self, desk: Desk, postbox: Postbox) -> Desk:
        """One of three has a mistake in the address."""
        postbox.refused["eav@belm.de"] = "550 5.1.1 <eav@belm.de> unknown"
        desk.add("politics", "ada@belm.de", "eav@belm.de")
        desk.add("leadership", "uli@belm.de")
        desk.send(body="Mein Text: {link}")
        desk.carry()
        return desk

    def test_counts_by_group_and_the_addresses_that_failed(self, failed: Desk) -> None:
        text = Markup(failed.get()).words
        assert "Politik 2 Adressen · eine E-Mail verschickt · eine nicht angekommen" in text
        assert "Verwaltungsspitze eine Adresse · eine E-Mail verschickt" in text
        assert "Zusammen: 3 Adressen · 2 E-Mails verschickt · eine nicht angekommen" in text
        assert "Der Mailserver nimmt die Adresse nicht an (550 5.1.1)." in text
        assert "eav@belm.de" in text
        assert "uli@belm.de" not in text

    def test_a_mended_address_gets_the_letter_as_it_was_written(
        self, app: FastAPI, failed: Desk, postbox: Postbox
    ) -> None:
        postbox.got.clear()
        failed.post("/adresse", address=self.failed_id(failed), email="Eva <eva@belm.de>", act="mend")
        failed.carry()
        assert postbox.recipients == ["eva@belm.de"]
        assert postbox.got[0].text.startswith(f"Mein Text: {PUBLIC}/mitmachen/")
        assert "Nicht angekommen" not in failed.get()
        assert "eav@belm.de" not in str([mail.model_dump() for mail in mails(app)])

    def test_a_mended_address_is_an_address(self, failed: Desk) -> None:
        answer = failed.post("/adresse", 422, address=self.failed_id(failed), email="eva@belm", act="mend")
        assert 'value="eva@belm"' in answer.text
        assert "name@kommune.de" in answer.text

    def test_a_mended_address_is_nobody_elses(self, failed: Desk) -> None:
        answer = failed.post("/adresse", 422, address=self.failed_id(failed), email="Uli@belm.de", act="mend")
        assert "Diese Adresse steht schon in der Gruppe „Verwaltungsspitze“." in answer.text

    def test_only_the_size_of_a_letter_may_change(self, app: FastAPI, failed: Desk, postbox: Postbox) -> None:
        del postbox.refused["eav@belm.de"]
        failed.post("/adresse", address=self.failed_id(failed), email="eav@belm.de", act="mend")
        failed.carry()
        assert {mail.status for mail in mails(app)} == {"sent"}

    def test_it_can_be_removed(self, app: FastAPI, failed: Desk) -> None:
        failed.post("/adresse", address=self.failed_id(failed), act="remove")
        assert "Nicht angekommen" not in failed.get()
        assert len(mails(app)) == 2

    def test_all_can_be_tried_again(self, app: FastAPI, failed: Desk, postbox: Postbox) -> None:
        del postbox.refused["eav@belm.de"]
        failed.post("/noch-einmal")
        failed.carry()
        assert {mail.status for mail in mails(app)} == {"sent"}
        assert sorted(postbox.recipients) == ["ada@belm.de", "eav@belm.de", "uli@belm.de"]

    @staticmethod
    def failed_id(desk: Desk) -> str:
        (found,) = re.findall(r'name="address" value="(\w{32})"', desk.get())
        return str(found)


def test_pages_ask_the_database_as_often_however_many_there_are(app: FastAPI, desk: Desk) -> None:
    from sqlalchemy import event

    counted: list[str] = []
    event.listen(app.state.database.engine, "before_cursor_execute", lambda *values: counted.append(values[2]))
    desk.add("politics", "ada@belm.de")
    desk.send()

    def queries(rest: str = "") -> int:
        counted.clear()
        desk.get(rest)
        return len(counted)

    pages = ("", f"/adressen/{desk.round.groups['politics']}")
    few = [queries(page) for page in pages]
    desk.add("politics", *(f"{number}@belm.de" for number in range(200)))
    desk.send()
    assert [queries(page) for page in pages] == few


class TestWithoutMailServer:
    @pytest.fixture
    def settings(self, database_url: str) -> Settings:
        return Settings(database_url=database_url, public_url=PUBLIC)

    def test_the_page_offers_what_works_instead(self, desk: Desk) -> None:
        """N-02: the text of each group to copy, and no address is asked for."""
        text = desk.get()
        assert "Diese Instanz verschickt keine E-Mails." in text
        assert "<textarea" not in text
        for link in desk.round.links.values():
            assert f"{PUBLIC}/mitmachen/{link}" in text
        assert text.count('href="mailto:?subject=Einladung%3A%20Durchgang%202026&amp;body=Guten%20Tag') == 3

    def test_a_text_that_was_kept_is_the_one_to_copy(self, app: FastAPI, desk: Desk) -> None:
        with app.state.database.writing() as db:
            db.add(
                RoundLetter(round_id=desk.round.id, occasion="invitation", subject="Zu {titel}", body="Hier: {link}")
            )
        text = desk.get()
        assert text.count(f"Hier: {PUBLIC}/mitmachen/") == 3
        assert "mailto:?subject=Zu%20Durchgang%202026&amp;body=Hier%3A%20https" in text

    def test_nothing_is_put_into_a_queue_that_nobody_works_on(self, app: FastAPI, desk: Desk) -> None:
        desk.post("/einladung", subject="x", body="{link}", step="send")
        desk.get("/einladung", status=303)
        assert mails(app) == []


def _stay_signed_in(app: FastAPI, watch: Watch) -> None:
    """The session would be over by then."""
    from app.tables.people import AccountSession

    with app.state.database.writing() as db:
        for session in db.exec(select(AccountSession)).all():
            session.started_at = session.seen_at = session.proved_at = watch.now
