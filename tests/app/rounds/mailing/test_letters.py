# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The text of invitation and reminder: written, kept with the round, looked at (N-03, N-04, N-09)."""

from dataclasses import replace
from typing import ClassVar

import pytest
from fastapi import FastAPI

from app.mail.message import SUBJECT_LENGTH
from app.rounds.actions.closing import close_round
from app.rounds.actions.deleting import delete_round
from app.rounds.letters import PLACEHOLDERS
from app.tables.rounds import RoundLetter
from tests import staff
from tests.app.mail.relays import Postbox
from tests.app.rounds.conftest import TODAY, opened_round, planned_round
from tests.app.rounds.mailing.desk import BODY, Desk, acts, change, mails, rows_of
from tests.markup import Markup


class TestLetter:
    def test_a_text_that_cannot_be_sent(self, app: FastAPI, desk: Desk) -> None:
        desk.add("politics", "ada@belm.de")
        for body, said in {
            "": "Bitte schreiben Sie einen Text.",
            "Ohne den Platz": "Der Platzhalter {link} fehlt.",
            "{link} {lnk}": "Den Platzhalter {lnk} gibt es nicht.",
            "{link} {}": "Den Platzhalter {} gibt es nicht.",
            "{link}" + "x" * 5_000: "Bitte kürzen Sie es auf 5000 Zeichen.",
        }.items():
            for step in ("preview", "send"):
                answer = desk.post("/einladung", 422, subject="Betreff", body=body, step=step)
                assert said in answer.text
                assert f">{body}</textarea>" in answer.text
        assert mails(app) == []

    def test_a_subject_tells_nothing_about_a_person(self, desk: Desk) -> None:
        """N-04."""
        for subject in ("{link}", "Fragen an {kontakt}", "{code}"):
            assert "nicht im Betreff" in desk.post("/einladung", 422, subject=subject, body=BODY, step="send").text

    def test_the_preview_is_what_arrives(self, app: FastAPI, desk: Desk, postbox: Postbox) -> None:
        """N-09, to the letter."""
        desk.add("politics", "ada@belm.de")
        change(app, desk, title="Wort  " * 19 + "Ende")  # twice in a subject it is too long
        page = Markup(desk.preview(subject="Zu {titel} {titel}", body=BODY + " Wort" * 60))
        desk.post("/einladung", **page.form("einladung").values(step="send"))
        desk.carry()
        (got,) = postbox.got
        assert page.one("pre").text == got.text
        assert page.one("p", class_="letter__subject").text == f"Betreff {got.message['subject']}"
        assert len(str(got.message["subject"])) <= SUBJECT_LENGTH

    def test_every_place_is_explained_and_offered_where_it_works(self, desk: Desk) -> None:
        for what in ("einladung", "erinnerung"):
            page = Markup(desk.get(f"/{what}"))
            assert page.by_id("subject-hint").text == "Platzhalter im Betreff: {kommune}, {titel}, {bis}"
            explained = {place.text for place in page.all("dt")}
            assert explained == {f"{{{name}}}" for name in PLACEHOLDERS}
            assert all(said.text for said in page.all("dd"))

    @pytest.mark.parametrize("mode", ["anonym", "named"])
    def test_the_first_text_can_be_sent_as_it_is(self, app: FastAPI, desk: Desk, mode: str) -> None:
        change(app, desk, mode=mode, message="Der Rat hat das so beschlossen.")
        desk.add("politics", "ada@belm.de")
        for what in ("einladung", "erinnerung"):
            page = Markup(desk.get(f"/{what}"))
            desk.preview(what, **page.form(what).values())
        text = Markup(desk.get("/einladung")).one("textarea").text
        assert "Der Rat hat das so beschlossen." in text
        assert ("anonym" in text) == (mode == "anonym")

    def test_values_are_no_places(self, app: FastAPI, desk: Desk, postbox: Postbox) -> None:
        change(app, desk, title="Runde {link}", contact="{code} <script>")
        desk.add("politics", "ada@belm.de")
        desk.send()
        desk.carry()
        assert "Fragen: {code} <script>." in postbox.got[0].text
        assert postbox.got[0].message["subject"] == "Einladung: Runde {link}"


class TestKept:
    """What was written stays with the round: for the next addresses, and for whoever writes next."""

    OWN: ClassVar[dict[str, str]] = {"subject": "Mein {titel}", "body": "Mein Text: {link}\n\nBis bald"}

    @pytest.fixture
    def other(self, app: FastAPI, desk: Desk) -> Desk:
        """A second coordinator of the same municipality."""
        with app.state.database.writing() as db:
            who = staff.member(db, app, desk.round.municipality_id, "Zwei Te")
        return Desk(app, replace(desk.round, coordinator=who))

    @pytest.mark.parametrize("step", ["preview", "save", "send"])
    @pytest.mark.parametrize("what", ["einladung", "erinnerung"])
    def test_the_form_shows_what_was_last_written(self, desk: Desk, other: Desk, what: str, step: str) -> None:
        desk.add("politics", "ada@belm.de")
        proposed = self.written(desk, what)
        desk.post(f"/{what}", **self.OWN, step=step)
        assert self.written(other, what) == self.OWN
        for kind in {"einladung", "erinnerung"} - {what}:
            assert self.written(other, kind) != self.OWN
            assert self.written(other, kind) != proposed

    def test_the_next_addresses_get_it(self, desk: Desk, other: Desk, postbox: Postbox) -> None:
        desk.add("politics", "ada@belm.de")
        desk.post("/einladung", **self.OWN, step="send")
        other.add("politics", "eva@belm.de")
        shown = Markup(other.get("/einladung/vorschau"))
        other.post("/einladung", **shown.form("einladung").values(step="send"))
        desk.carry()
        first, second = sorted(postbox.got, key=lambda got: got.recipients)
        assert first.text == second.text
        assert first.text.startswith("Mein Text: https://")
        assert first.message["subject"] == second.message["subject"] == "Mein Durchgang 2026"

    def test_saving_sends_nothing_and_works_before_the_beginning(self, app: FastAPI) -> None:
        with app.state.database.writing() as db:
            desk = Desk(app, planned_round(db, app))
        location = desk.post("/einladung", **self.OWN, step="save").headers["location"]
        assert "Der Text ist gespeichert" in desk.client.get(location).text
        assert self.written(desk) == self.OWN
        assert mails(app) == []

    def test_looking_changes_nothing(self, app: FastAPI, desk: Desk) -> None:
        for rest in ("/einladung", "/einladung/vorschau", "/erinnerung?vorschlag=1", "/erinnerung/vorschau"):
            desk.get(rest)
        assert rows_of(app, RoundLetter) == []
        assert acts(app, "round.letter") == []

    def test_a_change_is_noted_once_and_without_its_words(self, app: FastAPI, desk: Desk) -> None:
        for _ in range(2):
            desk.post("/erinnerung", **self.OWN, step="save")
        (entry,) = acts(app, "round.letter")
        assert (entry.detail, entry.actor) == ({"occasion": "reminder"}, desk.round.coordinator.name)

    def test_going_back_to_the_proposal(self, app: FastAPI, desk: Desk) -> None:
        assert "zurücksetzen" not in desk.get("/einladung")
        proposed = self.written(desk)
        desk.post("/einladung", **self.OWN, step="save")
        back = next(link for link in Markup(desk.get("/einladung")).links if "vorschlag" in link)
        page = Markup(desk.client.get(back).text)
        assert "Bis dahin bleibt Ihr eigener gespeichert." in page.words
        assert self.written(desk) == self.OWN
        desk.post("/einladung", **page.form("einladung").values(step="save"))
        assert self.written(desk) == proposed
        assert rows_of(app, RoundLetter) == []
        assert len(acts(app, "round.letter")) == 2

    def test_a_proposal_that_nobody_touched_follows_the_plan(self, app: FastAPI, desk: Desk) -> None:
        desk.add("politics", "ada@belm.de")
        desk.post("/einladung", **Markup(desk.get("/einladung")).form("einladung").values(step="send"))
        change(app, desk, message="Der Rat hat das so beschlossen.")
        assert "Der Rat hat das so beschlossen." in self.written(desk)["body"]
        assert acts(app, "round.letter") == []

    def test_a_mistake_keeps_what_was_typed_and_what_was_kept(self, desk: Desk) -> None:
        desk.post("/einladung", **self.OWN, step="save")
        answer = Markup(desk.post("/einladung", 422, subject="Neu", body="Ohne Platz", step="save").text)
        assert answer.form("einladung").values()["subject"] == "Neu"
        assert answer.by_id("body").text == "Ohne Platz"
        assert self.written(desk) == self.OWN

    @pytest.mark.parametrize("step", ["preview", "save", "send"])
    def test_nobody_writes_over_anothers_text_unseen(self, app: FastAPI, desk: Desk, other: Desk, step: str) -> None:
        desk.add("politics", "ada@belm.de")
        opened = Markup(desk.get("/einladung")).form("einladung")
        other.post("/einladung", **self.OWN, step="save")
        mine = {"subject": "Meins", "body": "Meins: {link}"}
        # A mistake of one's own in between does not hide it.
        form = Markup(desk.post("/einladung", 422, **opened.values(subject="", body="{link}")).text).form("einladung")
        answer = Markup(desk.post("/einladung", 422, **form.values(**mine, step=step)).text)
        assert "Jemand hat den gespeicherten Text inzwischen geändert." in answer.words
        assert answer.one("pre").text == self.OWN["body"]
        assert answer.by_id("body").text == mine["body"]
        assert mails(app) == []
        assert self.written(desk) == self.OWN
        desk.post("/einladung", **answer.form("einladung").values(step=step))
        assert self.written(other) == mine

    @pytest.mark.parametrize("step", ["preview", "save", "send"])
    def test_who_goes_back_in_the_browser_meets_no_one_but_themselves(
        self, app: FastAPI, desk: Desk, step: str
    ) -> None:
        desk.add("politics", "ada@belm.de")
        opened = Markup(desk.get("/einladung")).form("einladung")
        proposed = self.written(desk)
        for first in (self.OWN, {"subject": "Meins", "body": "Meins: {link}"}, proposed):
            desk.post("/einladung", **opened.values(**first, step="preview"))
        again = {"subject": "Doch so", "body": "Doch: {link}"}
        desk.post("/einladung", **opened.values(**again, step=step))
        assert self.written(desk) == again

    def test_who_goes_back_in_the_browser_still_meets_what_another_wrote_since(self, desk: Desk, other: Desk) -> None:
        opened = Markup(desk.get("/einladung")).form("einladung")
        desk.post("/einladung", **opened.values(**self.OWN, step="preview"))
        other.post("/einladung", subject="Deins", body="Deins: {link}", step="save")
        answer = Markup(desk.post("/einladung", 422, **opened.values(subject="Meins", step="preview")).text)
        assert "Jemand hat den gespeicherten Text inzwischen geändert." in answer.words
        # Another letter of the same round is no answer to that.
        desk.post("/erinnerung", **self.OWN, step="save")
        desk.post("/einladung", 422, **opened.values(subject="Meins", step="preview"))

    def test_after_the_end_nothing_is_written(self, app: FastAPI, desk: Desk) -> None:
        desk.post("/einladung", **self.OWN, step="save")
        with app.state.database.writing() as db:
            close_round(db, desk.round.scope, app.state.library, today=TODAY, now=app.state.clock.now())
        for rest in ("/einladung", "/einladung/vorschau", "/erinnerung", "/erinnerung/vorschau"):
            desk.get(rest, status=303)
        for step in ("preview", "save", "send"):
            desk.post("/einladung", 409, subject="Neu", body="{link}", step=step)
        assert [row.subject for row in rows_of(app, RoundLetter)] == [self.OWN["subject"]]

    def test_it_goes_with_its_round_and_only_with_it(self, app: FastAPI, desk: Desk) -> None:
        with app.state.database.writing() as db:
            elsewhere = Desk(app, opened_round(db, app))
        for one in (desk, elsewhere):
            one.post("/einladung", **self.OWN, step="save")
        with app.state.database.writing() as db:
            delete_round(db, desk.round.scope, "Durchgang 2026", now=app.state.clock.now())
        assert [row.round_id for row in rows_of(app, RoundLetter)] == [elsewhere.round.id]

    def test_nothing_about_invitees_is_in_it(self, app: FastAPI, desk: Desk) -> None:
        """Places stay places: no address, no link, no code."""
        desk.add("politics", "ada@belm.de")
        desk.send(body=BODY)
        (row,) = rows_of(app, RoundLetter)
        assert row.model_dump() == {
            "round_id": desk.round.id,
            "occasion": "invitation",
            "subject": "Einladung: {titel}",
            "body": BODY,
        }

    @staticmethod
    def written(desk: Desk, what: str = "einladung") -> dict[str, str]:
        """What stands in the fields."""
        values = Markup(desk.get(f"/{what}")).form(what).values()
        return {name: values[name] for name in ("subject", "body")}
