# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Taking part in a round: the page before the first question, beginning, answering, submitting, withdrawing, and
making room for the next person."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from threading import Barrier

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import event, select, update

from app import tokens
from app.clock import Clock, fixed
from app.errors import RoundNotOpen
from app.permissions import Scope
from app.responses import actions
from app.responses.queries import load_response
from app.responses.retention import delete_expired
from app.responses.typed import Typed
from app.rounds.actions.closing import close_round
from app.rounds.plans import Address
from app.rounds.queries.joining import Invitation
from app.rounds.views.joining import seen_by, stored
from app.tables.responses import ANSWERS, RESPONSES, Snapshot
from app.tables.rounds import ROUNDS, RoundSnapshot
from app.tokens import normalise, view_token
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from questionnaires.parts import MunicipalityType
from scoring import Municipality
from scoring.published import PublishedTable
from tests.app.rounds.conftest import TODAY, PlannedRound, a_plan, opened_round
from tests.app.rounds.participant import Arriving, Participant, browser, codes_for

MESSAGE = "Wir möchten wissen,\nwo wir stehen."


@pytest.fixture
def arriving(app: FastAPI, client: TestClient) -> Arriving:
    """Somebody new, with a browser of their own."""
    return lambda: Participant(browser(app, client))


@pytest.fixture
def somebody(arriving: Arriving) -> Participant:
    return arriving()


@pytest.fixture
def short(library: Library) -> Questionnaire:
    return library.latest("kurzcheck")


@pytest.fixture
def named(app: FastAPI) -> PlannedRound:
    with app.state.database.writing() as db:
        return opened_round(db, app, a_plan(mode="named"))


@pytest.fixture
def written(app: FastAPI) -> PlannedRound:
    """With the coordinator's own words, and without notes."""
    plan = replace(a_plan(asks_comments=False), address=Address("Ada Beispiel, 05406 1234", MESSAGE))
    with app.state.database.writing() as db:
        return opened_round(db, app, plan)


def later(app: FastAPI, day: date) -> None:
    app.state.clock = fixed(datetime(day.year, day.month, day.day, 9, 0))  # noqa: DTZ001  fixed() takes it as Berlin


def change(app: FastAPI, found: PlannedRound, **values: object) -> None:
    with app.state.database.writing() as db:
        db.execute(update(ROUNDS).where(ROUNDS.c.id == found.id).values(**values))


def close(app: FastAPI, found: PlannedRound, library: Library) -> None:
    with app.state.database.writing() as db:
        close_round(db, found.scope, library, today=TODAY, now=app.state.clock.now())


def rows(app: FastAPI, found: PlannedRound) -> list[dict[str, object]]:
    """The responses of the round."""
    with app.state.database.reading() as db:
        return [dict(row) for row in db.execute(select(RESPONSES).where(RESPONSES.c.round_id == found.id)).mappings()]


class TestBefore:
    def test_the_page_tells_what_it_is_about(
        self, written: PlannedRound, somebody: Participant, short: Questionnaire
    ) -> None:
        page = somebody.look(written.links["politics"])
        for words in ("Belm", "Durchgang 2026", "„Politik“", "Wir möchten wissen,", "Ada Beispiel, 05406 1234"):
            assert words in page.words
        assert f"{len(short.items)} Fragen, etwa {short.minutes} Minuten" in page.words
        assert "19. Dezember 2026" in page.words
        assert "/datenschutz" in page.links

    def test_each_group_is_told_of_its_own_form(
        self, an_open_round: PlannedRound, somebody: Participant, library: Library
    ) -> None:
        page = somebody.look(an_open_round.links["leadership"])
        assert f"{len(library.latest('weltoffene-kommune').items)} Fragen" in page.words

    def test_that_it_is_voluntary_stands_out(self, an_open_round: PlannedRound, somebody: Participant) -> None:
        page = somebody.look(an_open_round.links["politics"])
        assert page.one("div", class_="joining__voluntary").text.strip().startswith("Die Teilnahme ist freiwillig.")

    def test_reading_changes_nothing_however_often(
        self, app: FastAPI, an_open_round: PlannedRound, somebody: Participant
    ) -> None:
        (code,) = codes_for(app, an_open_round, "politics", 1)
        for entry in (code, an_open_round.links["politics"]):
            for method in ("GET", "GET", "HEAD", "GET", "OPTIONS", "HEAD"):
                answer = somebody.client.request(method, f"/mitmachen/{entry}")
                assert "set-cookie" not in answer.headers
        assert rows(app, an_open_round) == []
        assert somebody.join(code).id

    def test_a_way_in_is_typed_in_any_manner(self, an_open_round: PlannedRound, somebody: Participant) -> None:
        link = an_open_round.links["politics"]
        assert "Politik" in somebody.look(tokens.grouped(link).lower()).words

    def test_half_an_address_leads_to_where_a_code_is_typed(self, somebody: Participant) -> None:
        assert somebody.client.get("/mitmachen").headers["location"] == "/weiter"

    def test_the_one_field_takes_every_code(
        self, app: FastAPI, an_open_round: PlannedRound, arriving: Arriving
    ) -> None:
        (ticket,) = codes_for(app, an_open_round, "politics", 1)
        begun = arriving().join(an_open_round.links["leadership"])
        for typed, target in (
            (tokens.grouped(ticket).lower(), f"/mitmachen/{ticket}"),
            (an_open_round.links["politics"], f"/mitmachen/{an_open_round.links['politics']}"),
            (tokens.grouped(begun.code), begun.address()),
        ):
            answer = arriving().client.post("/weiter", data={"code": typed})
            assert (answer.status_code, answer.headers.get("location")) == (303, target)

    def test_a_wrong_way_in_is_told_at_the_field(self, somebody: Participant) -> None:
        answer = somebody.client.post("/weiter", data={"code": "ABCD-EFGH-JKMN"})
        assert answer.status_code == 422
        assert "Zu dieser Einladung finden wir keine Befragung" in answer.text

    def test_guessing_is_refused_and_a_right_code_is_not(
        self, app: FastAPI, an_open_round: PlannedRound, somebody: Participant
    ) -> None:
        allowed = app.state.settings.failed_codes_per_hour
        for _ in range(allowed // 2):
            assert somebody.client.get(f"/mitmachen/{tokens.new_entry()}").status_code == 404
            assert somebody.client.post("/weiter", data={"code": tokens.new_entry()}).status_code == 422
        assert somebody.client.get(f"/mitmachen/{tokens.new_entry()}").status_code == 429
        assert somebody.client.get("/mitmachen/x").status_code == 429
        assert somebody.client.post("/weiter", data={"code": tokens.new_entry()}).status_code == 429
        somebody.look(an_open_round.links["politics"])

    def test_not_yet_and_no_longer_have_a_page_with_dates_and_contact(
        self, app: FastAPI, written: PlannedRound, somebody: Participant, library: Library
    ) -> None:
        link = written.links["politics"]
        change(app, written, status="planned")
        assert "hat noch nicht begonnen" in somebody.look(link).words
        change(app, written, status="open")
        later(app, date(2026, 11, 21))
        assert "hat noch nicht begonnen" in somebody.look(link).words
        later(app, date(2026, 12, 20))
        page = somebody.look(link)
        for words in ("ist beendet", "22. November 2026", "19. Dezember 2026", "Ada Beispiel, 05406 1234"):
            assert words in page.words
        later(app, TODAY)
        close(app, written, library)
        assert "ist beendet" in somebody.look(link).words

    def test_days_that_were_not_kept_are_not_told(
        self, app: FastAPI, written: PlannedRound, somebody: Participant, library: Library
    ) -> None:
        link = written.links["politics"]
        change(app, written, status="planned")
        words = somebody.look(link).words
        assert "Sie beginnt, sobald die Koordination sie öffnet." in words
        assert "22. November 2026" not in words
        change(app, written, status="open")
        close(app, written, library)
        words = somebody.look(link).words
        assert "Sie nimmt keine Antworten mehr an." in words
        assert "19. Dezember 2026" not in words
        assert somebody.client.post(f"/mitmachen/{link}").status_code == 409
        assert rows(app, written) == []


class TestWhatIsSaidAboutData:
    """Lesson 16: the sentences are those of this round, and no other."""

    def invitation(self, **values: object) -> Invitation:
        made = Invitation(
            round_id="r",
            title="T",
            group="Beirat",
            municipality=Municipality(),
            kind=MunicipalityType.LANDKREIS,
            form_id="",
            form_version="",
            status="open",
            mode="anonym",
            n_min=7,
            opens_on=TODAY,
            closes_on=TODAY,
            contact="",
            message="",
            asks_comments=True,
            raw_months=12,
        )
        return replace(made, **values)  # type: ignore[arg-type]

    def said(self, invitation: Invitation, *, is_single: bool = False) -> str:
        sentences = [*stored(invitation, is_single=is_single), *seen_by(invitation)]
        return "\n".join(one.message.format_map(one.values) for one in sentences)

    def test_anonym(self) -> None:
        said = self.said(self.invitation())
        assert "Kein Name, keine E-Mail-Adresse, keine IP-Adresse." in said
        assert "mindestens 7 Antworten" in said
        assert "auch Ihre" in said  # a unanimous group shows everyone's answer
        assert "Ihr Name" not in said
        assert "Ihr Code benutzt" not in said

    def test_named(self) -> None:
        said = self.said(self.invitation(mode="named"))
        assert "Ihr Name" in said
        assert "sehen alle, denen die Koordination das Ergebnis zeigt, Ihren Namen" in said
        for words in ("Kein Name", "mindestens", "gemischt", "nicht, von wem"):
            assert words not in said

    def test_comments(self) -> None:
        assert "gemischt und ohne Namen" in self.said(self.invitation())
        assert "mindestens 10 Menschen" in self.said(self.invitation())
        assert "mindestens 12 Menschen" in self.said(self.invitation(n_min=12))
        said = self.said(self.invitation(asks_comments=False))
        assert "Notiz" not in said
        assert "Sie erscheinen in keinem Ergebnis" in said

    def test_a_code_for_one_participation(self) -> None:
        assert "Nicht, wann, und nicht, welche Antworten dazugehören." in self.said(self.invitation(), is_single=True)

    def test_what_is_said_is_what_stands_there(self, named: PlannedRound, somebody: Participant) -> None:
        words = somebody.look(named.links["politics"]).words
        assert "Diese Befragung ist nicht anonym." in words
        assert "Ihren Namen bei jeder Ihrer Antworten" in words


class TestBeginning:
    def test_the_response_belongs_to_its_group_and_round(
        self, app: FastAPI, an_open_round: PlannedRound, somebody: Participant, short: Questionnaire
    ) -> None:
        somebody.join(an_open_round.links["politics"])
        (row,) = rows(app, an_open_round)
        assert row["id"] == somebody.id
        assert row["code_digest"] == tokens.digest(somebody.code)
        assert (row["group_id"], row["person"]) == (an_open_round.groups["politics"], "")
        assert (row["questionnaire_id"], row["questionnaire_digest"]) == (short.id, short.digest)
        assert (row["municipality_name"], row["municipality_type"]) == ("Belm", "kleine_stadt_gemeinde")
        page = somebody.get()
        assert tokens.grouped(somebody.code) in page.words
        assert "Gruppe „Politik“" in page.words

    def test_named_asks_for_the_name(self, app: FastAPI, named: PlannedRound, somebody: Participant) -> None:
        form = somebody.form(named.links["politics"])
        refused = somebody.send(form, person="  ")
        assert refused.status_code == 422
        assert "Bitte schreiben Sie Ihren Namen" in refused.text
        assert somebody.send(form, person="x" * 121).status_code == 422
        assert rows(app, named) == []
        somebody.join(named.links["politics"], person=" Kim \n Muster ")
        assert [row["person"] for row in rows(app, named)] == ["Kim Muster"]

    def test_an_anonymous_round_keeps_no_name_whatever_is_sent(
        self, app: FastAPI, an_open_round: PlannedRound, somebody: Participant
    ) -> None:
        somebody.join(an_open_round.links["politics"], person="Kim Muster")
        assert [row["person"] for row in rows(app, an_open_round)] == [""]

    def test_sent_twice_it_begins_once(self, app: FastAPI, an_open_round: PlannedRound, arriving: Arriving) -> None:
        """A double click, or a reply that was lost: the code was drawn with the form (lesson 9)."""
        (ticket,) = codes_for(app, an_open_round, "politics", 1)
        for entry in (an_open_round.links["leadership"], ticket):
            form = arriving().form(entry)
            first, second = arriving(), arriving()  # no cookie came back
            first.opened(first.send(form))
            second.opened(second.send(form))
            assert first.known == second.known
        assert len(rows(app, an_open_round)) == 2

    def test_sent_twice_at_once_it_begins_once(
        self, app: FastAPI, an_open_round: PlannedRound, arriving: Arriving
    ) -> None:
        form = arriving().form(an_open_round.links["leadership"])
        people, start = [arriving() for _ in range(6)], Barrier(6)

        def click(one: Participant) -> str:
            start.wait()
            return one.opened(one.send(form)).id

        with ThreadPoolExecutor(6) as pool:
            assert len(set(pool.map(click, people))) == 1
        assert len(rows(app, an_open_round)) == 1

    def test_an_old_form_opens_nobodys_answers(
        self, app: FastAPI, an_open_round: PlannedRound, arriving: Arriving, short: Questionnaire
    ) -> None:
        """A shared tablet may bring back the form of somebody who has answered since."""
        first, second = arriving(), arriving()
        form = first.form(an_open_round.links["politics"])
        first.opened(first.send(form))
        first.answer(short.items[0].id, first.get(f"abschnitt/{short.sections[0].id}"), answer="2")
        second.opened(second.send(form))
        assert second.id != first.id
        assert second.code != first.code
        assert second.client.get(first.address()).status_code == 404

    def test_rubbish_instead_of_a_drawn_code_is_no_code(self, an_open_round: PlannedRound, arriving: Arriving) -> None:
        for key in ("", "AAAA", "x" * 5000):
            one = arriving()
            link = an_open_round.links["politics"]
            one.opened(one.client.post(f"/mitmachen/{link}", data={"key": key}))
            assert normalise(one.code) != normalise(key)

    def test_who_has_begun_is_led_on_instead_of_beginning_anew(
        self, app: FastAPI, an_open_round: PlannedRound, somebody: Participant
    ) -> None:
        (ticket,) = codes_for(app, an_open_round, "politics", 1)
        somebody.join(ticket)
        page = somebody.look(ticket)
        assert somebody.address() in page.links
        assert f"/mitmachen/{ticket}" not in [form.action for form in page.forms]
        again = somebody.client.post(f"/mitmachen/{ticket}")
        assert again.status_code == 409
        assert len(rows(app, an_open_round)) == 1


class TestAnswering:
    def test_a_save_needs_no_more_statements_than_for_a_check_on_its_own(
        self, app: FastAPI, an_open_round: PlannedRound, arriving: Arriving, short: Questionnaire
    ) -> None:
        inside, alone = arriving().join(an_open_round.links["politics"]), arriving()
        alone.start(questionnaire=short.id)
        assert _statements(app, inside, short) == _statements(app, alone, short)

    def test_nothing_is_taken_while_the_round_is_not_open(
        self, app: FastAPI, an_open_round: PlannedRound, somebody: Participant, short: Questionnaire, library: Library
    ) -> None:
        somebody.join(an_open_round.links["politics"])
        item = short.items[0].id
        page = somebody.get(f"abschnitt/{short.sections[0].id}")
        somebody.answer(item, page, answer="1")
        for happening in ("over", "closed"):
            if happening == "over":
                later(app, date(2026, 12, 20))
            else:
                later(app, TODAY)
                close(app, an_open_round, library)
            for answer in (somebody.answer(item, page, answer="3"), somebody.post("abgeben")):
                assert answer.status_code == 409, happening
                assert "nimmt gerade keine Antworten an" in answer.text
            shown = somebody.get(f"abschnitt/{short.sections[0].id}")
            closed = happening == "closed"
            said = "Diese Befragung ist beendet." if closed else "Diese Befragung nimmt gerade keine Antworten an."
            assert said in shown.words
            assert shown.by_id("q-" + item.replace(".", "-")).attributes.get("disabled") == ""
            chosen = [
                one.attributes["value"]
                for one in shown.all("input", type="radio", name=f"{item}.answer")
                if "checked" in one.attributes
            ]
            assert chosen == ["1"]
            assert not somebody.get("pruefen").all("form", action=somebody.address("abgeben"))

    def test_a_round_that_asks_no_notes_keeps_none(
        self, app: FastAPI, written: PlannedRound, somebody: Participant, short: Questionnaire
    ) -> None:
        somebody.join(written.links["politics"])
        page = somebody.get(f"abschnitt/{short.sections[0].id}")
        assert page.all("textarea") == []
        somebody.answer(short.items[0].id, page, answer="2", note="Frau Muster sagt")
        with app.state.database.reading() as db:
            assert [(row.level, row.note) for row in db.execute(select(ANSWERS))] == [(2, "")]

    def test_notes_say_who_reads_them(
        self, an_open_round: PlannedRound, named: PlannedRound, arriving: Arriving, short: Questionnaire
    ) -> None:
        section = f"abschnitt/{short.sections[0].id}"
        words = arriving().join(an_open_round.links["politics"]).get(section).words
        assert "Bitte keine Namen nennen." in words
        assert "lesen Koordination und Moderation alle Notizen, gemischt und ohne Namen." in words
        words = arriving().join(named.links["politics"], person="Kim").get(section).words
        assert "nach Gruppen geordnet" in words

    @pytest.mark.parametrize("rest", ["kommune", "kopie", "uebernehmen", "ergebnis/ziele"])
    def test_what_only_a_check_on_its_own_has(
        self, an_open_round: PlannedRound, somebody: Participant, short: Questionnaire, rest: str
    ) -> None:
        somebody.join(an_open_round.links["politics"])
        somebody.post("abgeben")
        fields = {
            "municipality_type": "landkreis",
            "questionnaire": "weltoffene-kommune",
            "abschnitt": short.sections[0].id,
            "ziel": "4",
        }
        assert somebody.post(rest, fields).status_code == 404

    def test_nobody_reads_it_by_link(self, an_open_round: PlannedRound, somebody: Participant) -> None:
        somebody.join(an_open_round.links["politics"])
        token = view_token(somebody.code)
        assert somebody.client.get(f"/ansicht/{token}").status_code == 404
        for rest in ("", "code"):
            assert token not in str(somebody.get(rest).links)
        somebody.post("abgeben")
        assert token not in str(somebody.get("quittung").links)
        assert somebody.get("ergebnis")

    def test_no_page_offers_what_is_refused(self, an_open_round: PlannedRound, somebody: Participant) -> None:
        somebody.join(an_open_round.links["politics"])
        for rest in ("", "pruefen", "code"):
            actions_offered = [form.action for form in somebody.get(rest).forms] + somebody.get(rest).links
            for refused in ("kommune", "kopie", "uebernehmen", "ziele"):
                assert not [one for one in actions_offered if one.endswith(f"/{refused}")], (rest, refused)


def _statements(app: FastAPI, one: Participant, form: Questionnaire) -> list[str]:
    """The kinds of statement that a save takes."""
    page = one.get(f"abschnitt/{form.sections[0].id}")
    seen: list[str] = []

    def note(_c: object, _k: object, statement: str, *_: object) -> None:
        seen.append(statement.split()[0])

    event.listen(app.state.database.engine, "before_cursor_execute", note)
    assert one.answer(form.items[0].id, page, answer="3").status_code == 200
    event.remove(app.state.database.engine, "before_cursor_execute", note)
    return seen


class TestSubmitting:
    def test_what_it_means_and_the_receipt(
        self, app: FastAPI, an_open_round: PlannedRound, somebody: Participant
    ) -> None:
        somebody.join(an_open_round.links["politics"])
        words = somebody.get("pruefen").words
        assert "Abgeben können Sie bis zum 19. Dezember 2026." in words
        assert "aus mindestens 5 Antworten" in words
        assert somebody.post("abgeben").headers["location"] == somebody.address("quittung")
        words = somebody.get("quittung").words
        assert "Danke, Ihre Antworten sind abgegeben" in words
        assert "12 Monate nach dem Ende der Befragung gelöscht" in words
        assert "Kopie" not in words
        with app.state.database.reading() as db:
            assert db.execute(select(Snapshot)).all() == []  # frozen with the round, all together

    def test_named_says_that_the_name_is_shown(self, named: PlannedRound, somebody: Participant) -> None:
        somebody.join(named.links["politics"], person="Kim Muster")
        assert "sieht bei jeder Ihrer Antworten den Namen „Kim Muster“" in somebody.get("pruefen").words

    def test_a_second_submit_shows_the_same_receipt(
        self, app: FastAPI, an_open_round: PlannedRound, somebody: Participant, library: Library
    ) -> None:
        somebody.join(an_open_round.links["politics"])
        for _ in range(2):
            assert somebody.post("abgeben").status_code == 303
        close(app, an_open_round, library)
        assert somebody.post("abgeben").status_code == 303
        assert somebody.get("quittung")

    def test_answers_of_a_submitted_response_stay(
        self, an_open_round: PlannedRound, somebody: Participant, short: Questionnaire
    ) -> None:
        somebody.join(an_open_round.links["politics"])
        page = somebody.get(f"abschnitt/{short.sections[0].id}")
        somebody.post("abgeben")
        answer = somebody.answer(short.items[0].id, page, answer="3")
        assert answer.status_code == 409
        assert "Kopie" not in answer.text

    def test_withdrawing_until_the_round_is_closed(
        self, app: FastAPI, an_open_round: PlannedRound, arriving: Arriving, library: Library
    ) -> None:
        early, late, unfinished = (arriving().join(an_open_round.links["politics"]) for _ in range(3))
        for one in (early, late):
            one.post("abgeben")
        later(app, date(2026, 12, 20))  # over, and not closed
        assert early.post("loeschen").status_code == 200
        later(app, TODAY)
        close(app, an_open_round, library)
        assert late.client.get(late.address("loeschen")).status_code == 409
        refused = late.post("loeschen")
        assert refused.status_code == 409
        assert "Ihre Antworten sind gezählt" in refused.text
        assert "loeschen" not in str(late.get("").links)
        # What was never submitted counts nowhere: it goes when somebody wants it to (D-16).
        assert unfinished.post("loeschen").status_code == 200
        assert [row["id"] for row in rows(app, an_open_round)] == [late.id]

    @pytest.mark.parametrize("first", ["submit", "close"])
    def test_submitting_and_closing_cannot_pass_each_other(
        self, app: FastAPI, an_open_round: PlannedRound, somebody: Participant, library: Library, first: str
    ) -> None:
        """Whoever comes second waits for the first, and then sees what it did (X-10)."""
        somebody.join(an_open_round.links["politics"])
        form, database, now = library.latest("kurzcheck"), app.state.database, app.state.clock.now()
        scope = Scope(somebody.id, somebody.code, can_edit=True)

        def submit() -> None:
            with database.writing() as db:
                actions.submit(db, scope, form, TODAY)

        def end() -> None:
            with database.writing() as db:
                close_round(db, an_open_round.scope, library, today=TODAY, now=now)

        with ThreadPoolExecutor(1) as pool:
            with database.writing() as db:
                if first == "submit":
                    actions.submit(db, scope, form, TODAY)
                    waiting = pool.submit(end)
                else:
                    close_round(db, an_open_round.scope, library, today=TODAY, now=now)
                    waiting = pool.submit(submit)
                with pytest.raises(TimeoutError):
                    waiting.result(timeout=0.3)
            if first == "submit":
                waiting.result()
            else:
                with pytest.raises(RoundNotOpen):
                    waiting.result()
        (row,) = rows(app, an_open_round)
        assert row["status"] == ("submitted" if first == "submit" else "draft")

    @pytest.mark.parametrize("act", ["submit", "delete"])
    def test_who_is_about_to_submit_and_who_closes_never_wait_for_each_other(
        self, app: FastAPI, an_open_round: PlannedRound, somebody: Participant, library: Library, act: str
    ) -> None:
        """The page has locked the response already when the round is being closed: no deadlock (X-10)."""
        somebody.join(an_open_round.links["politics"])
        form, database, now = library.latest("kurzcheck"), app.state.database, app.state.clock.now()
        scope = Scope(somebody.id, somebody.code, can_edit=True)
        if act == "delete":
            somebody.post("abgeben")

        def end() -> None:
            with database.writing() as db:
                close_round(db, an_open_round.scope, library, today=TODAY, now=now)

        with ThreadPoolExecutor(1) as pool:
            with database.writing() as db:
                load_response(db, scope, lock=True)
                waiting = pool.submit(end)
                with pytest.raises(TimeoutError):
                    waiting.result(timeout=0.3)
                if act == "submit":
                    actions.submit(db, scope, form, TODAY)
                else:
                    actions.delete_response(db, scope)
            waiting.result()
        with database.reading() as db:
            published = db.execute(select(RoundSnapshot.published)).scalar_one()  # type: ignore[call-overload]
        assert PublishedTable.from_json(published).submitted == (act == "submit")


class TestRetention:
    def test_drafts_go_like_others_and_what_was_submitted_stays_with_its_round(
        self, app: FastAPI, an_open_round: PlannedRound, arriving: Arriving, short: Questionnaire
    ) -> None:
        draft, given = (arriving().join(an_open_round.links["politics"]) for _ in range(2))
        draft.answer(short.items[0].id, draft.get(f"abschnitt/{short.sections[0].id}"), answer="2")
        given.post("abgeben")
        alone = arriving()
        alone.start()
        alone.post("abgeben")
        with app.state.database.writing() as db:
            found = delete_expired(db, today=date(2030, 1, 1), draft_days=30, submitted_months=24)
            assert (found.drafts, found.submitted) == (1, 1)
            assert db.execute(select(RESPONSES.c.id)).scalars().all() == [given.id]
            assert db.execute(select(ANSWERS)).all() == []

    def test_its_own_day_of_deletion_is_that_of_the_round(
        self, app: FastAPI, an_open_round: PlannedRound, somebody: Participant, library: Library
    ) -> None:
        somebody.join(an_open_round.links["politics"])
        somebody.post("abgeben")
        close(app, an_open_round, library)
        assert "werden am 22. November 2027 gelöscht" in somebody.get("").words


class TestSharedTablet:
    def test_the_next_person_begins_anew_and_the_former_answers_are_gone(
        self, an_open_round: PlannedRound, somebody: Participant
    ) -> None:
        link = an_open_round.links["politics"]
        former = somebody.join(link).known
        somebody.post("abgeben")
        (form,) = [form for form in somebody.get("quittung").forms if form.action.endswith("/naechste-person")]
        answer = somebody.client.post(form.action)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/mitmachen/{link}")
        assert answer.headers["clear-site-data"] == '"cache", "storage"'
        assert somebody.codes == []
        assert somebody.client.get(somebody.address("quittung")).status_code == 404
        assert somebody.join(link).known != former

    def test_at_the_entry_too(self, app: FastAPI, an_open_round: PlannedRound, somebody: Participant) -> None:
        link = an_open_round.links["politics"]
        somebody.join(link)
        assert "Sind Sie das?" in somebody.look(link).words
        answer = somebody.client.post(f"/mitmachen/{link}/naechste-person")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/mitmachen/{link}")
        assert "Sind Sie das?" not in somebody.look(link).words
        assert len(rows(app, an_open_round)) == 1

    def test_who_had_a_code_leads_to_where_codes_are_typed_and_never_to_the_link(
        self, app: FastAPI, an_open_round: PlannedRound, somebody: Participant
    ) -> None:
        (ticket,) = codes_for(app, an_open_round, "politics", 1)
        somebody.join(ticket)
        somebody.post("abgeben")
        assert an_open_round.links["politics"] not in str(somebody.client.cookies)
        page = somebody.client.get(somebody.address("quittung")).text
        assert an_open_round.links["politics"] not in page
        assert somebody.post("naechste-person").headers["location"] == "/weiter"

    def test_other_rounds_and_checks_of_this_browser_stay(
        self, an_open_round: PlannedRound, named: PlannedRound, somebody: Participant
    ) -> None:
        somebody.start()
        own = somebody.known
        somebody.join(named.links["politics"], person="Kim")
        other = somebody.known
        somebody.join(an_open_round.links["politics"])
        somebody.post("naechste-person")
        assert somebody.codes == [other[1], own[1]]

    def test_only_within_a_round(self, somebody: Participant) -> None:
        assert somebody.start().post("naechste-person").status_code == 404


def test_the_state_knows_its_round(
    app: FastAPI, an_open_round: PlannedRound, somebody: Participant, clock: Clock
) -> None:
    somebody.join(an_open_round.links["politics"])
    scope = Scope(somebody.id, somebody.code, can_edit=True)
    with app.state.database.reading() as db:
        state = load_response(db, scope)
        assert state.round is not None
        assert (state.round.title, state.round.group, state.round.mode) == ("Durchgang 2026", "Politik", "anonym")
        assert state.round.is_open_on(clock.today())
        assert state.takes_answers(clock.today())
    with app.state.database.writing() as db, pytest.raises(RoundNotOpen):
        actions.record_answer(
            db,
            scope,
            "K1.x",
            Typed("2"),
            base_revision=0,
            base_fingerprint="",
            writer="",
            today=date(2026, 12, 20),
        )


@pytest.mark.parametrize("rest", ["ergebnis", "ergebnis/abschnitte", "ergebnis/druck"])
def test_ones_own_result_says_that_it_is_not_that_of_the_round(
    an_open_round: PlannedRound, somebody: Participant, rest: str
) -> None:
    somebody.join(an_open_round.links["politics"])
    page = somebody.get(rest)
    assert "Es ist nicht das Ergebnis der Befragung „Durchgang 2026“." in page.words
    assert not [form for form in page.forms if form.action.endswith("/ziele")]
