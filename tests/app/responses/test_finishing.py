# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Checking, submitting, the receipt, the copy, the read-only link, deleting, leaving, and how long things are kept."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from fastapi import FastAPI
from sqlmodel import select

from app import tokens
from app.clock import months_after
from app.responses.retention import Expired, delete_expired
from app.tables import Answer, Response, Snapshot
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from tests.app.responses.visitor import COOKIE, Visitor, form_of
from tests.markup import Element, Markup

FIRST = "E1.lenkungsgruppe"


def words_of(element: Element) -> str:
    return " ".join(element.text.split())


class TestCheckPage:
    def test_it_names_what_is_open_unclear_and_declined(self, visitor: Visitor) -> None:
        visitor.section(
            "E7",
            changes={
                "E7.daten": {"answer": "not_applicable", "reason": "Wir haben keine Statistikstelle"},
                "E7.wohnen": {"answer": "dont_know"},
                "E7.beratung": {"answer": "2", "note": "Beratungsstelle im Rathaus"},
            },
        )
        page = visitor.get("pruefen")
        rows = {kind: page.all("div", class_=f"checked__row--{kind}") for kind in ("not_applicable", "dont_know")}
        assert "Wir haben keine Statistikstelle" in rows["not_applicable"][0].text
        assert "Zu klären" in rows["dont_know"][0].text
        assert "Notiz: Beratungsstelle im Rathaus" in page.words
        assert "Sie können trotzdem abgeben" in page.words

    def test_every_question_can_be_changed_and_leads_back(self, visitor: Visitor) -> None:
        page = visitor.get("pruefen")
        changes = [link for link in page.links if "zurueck=pruefen" in link]
        questions = page.all("div", class_="checked__row")
        assert len(changes) == len(questions) > 60
        address, _, anchor = changes[0].partition("#")
        assert anchor in Markup(visitor.client.get(address).text).by_id(anchor).attributes["id"]
        hidden = [e.text for e in page.all("span", class_="visually-hidden") if e.text.startswith(" Frage")]
        assert len(set(hidden)) == len(changes)
        asking = [link for link in page.links if "/klaeren?frage=" in link]
        assert len(asking) == len(changes)  # nothing is answered yet

    def test_it_says_what_submitting_means_before_the_button(self, visitor: Visitor) -> None:
        words = visitor.get("pruefen").words
        assert "lassen sie sich nicht mehr ändern" in words
        assert "24 Monate" in words

    def test_after_submitting_nothing_can_be_changed_there(self, visitor: Visitor) -> None:
        visitor.post("abgeben")
        page = visitor.get("pruefen")
        assert [form.action for form in page.forms if form.action.endswith("abgeben")] == []
        assert visitor.address("quittung") in page.links

    def test_only_what_needs_a_look_is_unfolded(self, visitor: Visitor) -> None:
        visitor.section(
            "E7",
            changes={
                "E7.daten": {"answer": "not_applicable", "reason": "Keine Statistikstelle"},
                "E7.wohnen": {"answer": "dont_know"},
                "E7.beratung": {"answer": "2"},
            },
        )
        page = visitor.get("pruefen")
        shown, rest = page.all("details")[6:8]
        assert "open" in shown.attributes
        assert "open" not in rest.attributes
        assert words_of(shown).startswith("3 offen · 1 zu klären · 1 trifft nicht zu")
        assert "Stufe 2" not in words_of(shown)
        assert words_of(rest).startswith("Eine weitere Antwort zeigen")
        assert "Stufe 2" in words_of(rest)
        changes = page.all("dd", class_="checked__change")
        assert len(changes) == len(page.all("div", class_="checked__row"))

    @pytest.mark.parametrize(
        ("given", "lead"),
        [
            ({}, "15 von 15 Fragen sind noch offen. Sie können trotzdem abgeben."),
            (dict.fromkeys(range(14), "1"), "Eine von 15 Fragen ist noch offen. Sie können trotzdem abgeben."),
            ({0: "dont_know"}, "14 von 15 Fragen sind noch offen. Eine ist noch zu klären. Sie können trotzdem"),
            (
                dict.fromkeys(range(15), "1") | {0: "dont_know", 7: "dont_know"},
                "Keine Frage ist offen. 2 sind noch zu klären. Sie können trotzdem abgeben.",
            ),
            (
                dict.fromkeys(range(15), "1") | {0: "dont_know"},
                "Keine Frage ist offen. Eine ist noch zu klären. Sie können trotzdem abgeben.",
            ),
            (dict.fromkeys(range(15), "1"), "Alle Fragen sind beantwortet."),
        ],
    )
    def test_the_lead_says_what_is_left(
        self, visitor: Visitor, library: Library, given: dict[int, str], lead: str
    ) -> None:
        visitor.start(questionnaire="kurzcheck")
        short = library.latest("kurzcheck")
        for section in short.sections:
            items = {item.id: given.get(short.items.index(item)) for item in section.items}
            visitor.section(section.id, changes={i: {"answer": answer} for i, answer in items.items() if answer})
        (told,) = visitor.get("pruefen").all("p", class_="lead")
        assert words_of(told).startswith(lead)
        assert ("abgeben" in told.text) == ("trotzdem" in lead)
        visitor.post("abgeben")
        (told,) = visitor.get("pruefen").all("p", class_="lead")
        assert "abgeben" not in told.text


class TestSubmit:
    def test_the_receipt(self, visitor: Visitor) -> None:
        visitor.section("E1", changes={FIRST: {"answer": "2"}})
        answer = visitor.post("abgeben")
        assert answer.status_code == 303
        assert answer.headers["location"] == visitor.address("quittung")
        page = visitor.get("quittung")
        assert "Am 22. November 2026" in page.words
        assert tokens.grouped(visitor.code) in page.words
        assert f"https://testserver/ansicht/{tokens.view_token(visitor.code)}" in page.links
        assert "Am 22. November 2028 werden Antworten und Ergebnis gelöscht" in page.words

    def test_twice_is_once(self, visitor: Visitor, app: FastAPI) -> None:
        receipts = [visitor.client.get(visitor.post("abgeben").headers["location"]).text for _ in range(2)]
        assert receipts[0] == receipts[1]
        with app.state.database.reading() as db:
            assert len(db.exec(select(Snapshot)).all()) == 1

    def test_before_it_there_is_no_receipt(self, visitor: Visitor) -> None:
        answer = visitor.client.get(visitor.address("quittung"))
        assert answer.status_code == 303
        assert answer.headers["location"] == visitor.address("pruefen")

    def test_opening_links_never_submits(self, visitor: Visitor) -> None:
        for rest in ("abgeben", "kopie", "beenden"):
            assert visitor.client.get(visitor.address(rest)).status_code == 404
        assert "Ihr abgegebener Selbstcheck" not in visitor.get().words

    def test_the_section_shows_answers_that_cannot_be_changed(self, visitor: Visitor) -> None:
        visitor.section("E1", changes={FIRST: {"answer": "2"}})
        visitor.post("abgeben")
        page = visitor.get("abschnitt/E1")
        assert all("disabled" in fieldset.attributes for fieldset in page.all("fieldset", class_="question"))
        assert page.all("input", name=f"{FIRST}.answer", value="2")[0].attributes.keys() >= {"checked"}
        assert page.form("/abschnitt/E1").buttons == []
        assert "data-hx-post" not in visitor.client.get(visitor.address("abschnitt/E1")).text


class TestCopy:
    def test_it_opens_with_the_answers_and_a_new_code(self, visitor: Visitor) -> None:
        visitor.section("E1", changes={FIRST: {"answer": "2", "note": "Beleg"}})
        visitor.post("abgeben")
        original, code = visitor.id, visitor.code
        visitor.opened(visitor.post("kopie"))
        assert (visitor.id, visitor.code) != (original, code)
        assert visitor.kept(FIRST)["note"] == "Beleg"
        assert visitor.section("E1", changes={FIRST: {"answer": "4"}}).status_code == 303
        visitor.id = original
        assert visitor.kept_closed(FIRST) == "2"


class TestReadOnlyLink:
    def test_it_shows_the_result_and_nothing_that_edits(self, visitor: Visitor, another: Callable[[], Visitor]) -> None:
        visitor.section("E1", changes={FIRST: {"answer": "2", "note": "Notiz für uns"}})
        reader = another().client
        token = tokens.view_token(visitor.code)
        answer = reader.get(f"/ansicht/{token}")
        assert answer.status_code == 200
        page = Markup(answer.text)
        assert "set-cookie" not in answer.headers
        assert [form.action for form in page.forms if form.method == "post"] == ["/sprache"]
        for secret in (visitor.code, tokens.grouped(visitor.code), visitor.id):
            assert secret not in answer.text
        assert answer.headers["x-robots-tag"] == "noindex"

    def test_it_opens_no_page_of_the_check(self, visitor: Visitor, another: Callable[[], Visitor]) -> None:
        token = tokens.view_token(visitor.code)
        reader = another().client
        for cookie in (token, token.upper(), token[:16]):
            headers = {"cookie": f"{COOKIE}={cookie}"}
            assert reader.get(visitor.address(), headers=headers).status_code == 404
            assert reader.post(visitor.address("abgeben"), headers=headers).status_code == 404
        assert reader.post("/weiter", data={"code": token}).status_code == 422
        for rest in ("abgeben", "loeschen", "kopie", "ergebnis/ziele", "ziele"):
            assert reader.post(f"/ansicht/{token}/{rest}").status_code == 404
        assert "Ihr abgegebener" not in visitor.get().words

    def test_an_unknown_one_is_not_found(self, visitor: Visitor) -> None:
        assert visitor.client.get(f"/ansicht/{tokens.view_token(tokens.new_code())}").status_code == 404


class TestDelete:
    def test_it_says_what_is_lost_and_offers_the_file(self, visitor: Visitor) -> None:
        page = visitor.get("loeschen")
        assert "endgültig" in page.words
        assert visitor.address("daten.json") in page.links

    def test_answers_profile_code_and_link_are_gone(self, visitor: Visitor, app: FastAPI) -> None:
        visitor.section("E1", changes={FIRST: {"answer": "2"}})
        visitor.post("abgeben")
        code, identifier = visitor.code, visitor.id
        answer = visitor.post("loeschen")
        assert answer.status_code == 200
        assert "Ihre Antworten sind gelöscht" in answer.text
        assert visitor.codes == []
        with app.state.database.reading() as db:
            assert [db.exec(select(table)).all() for table in (Response, Answer, Snapshot)] == [[], [], []]
        assert visitor.client.post("/weiter", data={"code": code}).status_code == 422
        assert visitor.client.get(f"/ansicht/{tokens.view_token(code)}").status_code == 404
        assert visitor.client.get(f"/check/{identifier}/").status_code == 404

    def test_other_checks_of_the_browser_stay(self, visitor: Visitor) -> None:
        first = visitor.id
        visitor.start()
        visitor.post("loeschen")
        visitor.id = first
        assert visitor.get()


class TestLeave:
    def test_the_device_forgets_and_the_answers_stay(self, visitor: Visitor) -> None:
        visitor.section("E1", changes={FIRST: {"answer": "2"}})
        code = visitor.code
        answer = visitor.post("beenden")
        assert answer.status_code == 200
        assert answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'
        assert "max-age=0" in answer.headers["set-cookie"].lower()
        assert visitor.codes == []
        assert visitor.client.get(visitor.address()).status_code == 404
        visitor.opened(visitor.client.post("/weiter", data={"code": code}))
        assert visitor.kept(FIRST)["answer"] == "2"

    def test_no_page_of_a_check_is_kept_by_the_browser(self, visitor: Visitor) -> None:
        for rest in ("", "abschnitt/E1", "pruefen", "code", "loeschen", "kommune", "daten.json"):
            assert visitor.client.get(visitor.address(rest)).headers["cache-control"] == "no-store"


class TestCode:
    def test_it_can_be_printed_with_where_to_type_it(self, visitor: Visitor) -> None:
        page = visitor.get("code")
        assert tokens.grouped(visitor.code) in page.words
        assert "https://testserver/weiter" in page.words
        assert "22. Dezember 2026" in page.words

    def test_it_stands_in_no_address(self, visitor: Visitor) -> None:
        for rest in ("", "abschnitt/E1", "code", "pruefen"):
            page = visitor.get(rest)
            addresses = " ".join([*page.links, *(form.action for form in page.forms)])
            assert visitor.code not in addresses
            assert tokens.grouped(visitor.code) not in addresses


class TestRetention:
    @pytest.mark.parametrize(
        ("day", "months", "after"),
        [
            (date(2026, 11, 22), 24, date(2028, 11, 22)),
            (date(2026, 12, 31), 2, date(2027, 2, 28)),
            (date(2027, 8, 31), 6, date(2028, 2, 29)),
            (date(2026, 1, 31), 1, date(2026, 2, 28)),
            (date(2026, 12, 15), 1, date(2027, 1, 15)),
            (date(2028, 2, 29), 12, date(2029, 2, 28)),
        ],
    )
    def test_months_after(self, day: date, months: int, after: date) -> None:
        assert months_after(day, months) == after

    def test_the_day_that_was_promised_is_the_day_of_deletion(self, visitor: Visitor, app: FastAPI) -> None:
        visitor.section("E1", changes={FIRST: {"answer": "2"}})
        assert "also am 22. Dezember 2026" in visitor.get().words
        day = date(2026, 12, 22)
        assert self.delete(app, day - timedelta(days=1)) == Expired(0, 0)
        assert self.delete(app, day, dry_run=True) == Expired(1, 0)
        assert visitor.get()
        assert self.delete(app, day) == Expired(1, 0)
        assert "Frist abgelaufen" in visitor.client.post("/weiter", data={"code": visitor.code}).text

    def test_submitted_ones_are_kept_from_their_submission(self, visitor: Visitor, app: FastAPI) -> None:
        visitor.post("abgeben")
        assert self.delete(app, date(2028, 11, 21)) == Expired(0, 0)
        assert self.delete(app, date(2028, 11, 22)) == Expired(0, 1)
        with app.state.database.reading() as db:
            assert [db.exec(select(table)).all() for table in (Response, Answer, Snapshot)] == [[], [], []]

    def delete(self, app: FastAPI, today: date, *, dry_run: bool = False) -> Expired:
        with app.state.database.writing() as db:
            return delete_expired(db, today=today, draft_days=30, submitted_months=24, dry_run=dry_run)


def test_the_overview_says_how_far_each_section_is(visitor: Visitor) -> None:
    page = visitor.get("abschnitt/E1")
    values = form_of(page)
    items = [name.removesuffix(".base") for name in values if name.endswith(".base")]
    visitor.section("E1", page=page, changes={item: {"answer": "1"} for item in items})
    visitor.section("E2", changes={"E2.konzept": {"answer": "dont_know"}})
    rows = [" ".join(row.text.split()) for row in visitor.get().all("li", class_="task")]
    assert rows[0].endswith("6 von 6 Abgeschlossen")
    assert rows[1].endswith("0 von 7, 1 zu klären In Bearbeitung")
    assert rows[2].endswith("Noch nicht begonnen")
    visitor.section("E1", changes={items[0]: {"answer": "dont_know"}})
    row = " ".join(visitor.get().all("li", class_="task")[0].text.split())
    assert row.endswith("5 von 6, 1 zu klären Bis auf Klärungen fertig")


def test_answered_means_the_same_on_every_page(visitor: Visitor) -> None:
    """What is still to be clarified is not answered."""
    visitor.section(
        "E1", changes={FIRST: {"answer": "2"}, "E1.personal": {"answer": "dont_know"}, "E1.haltung": {"answer": "0"}}
    )
    visitor.section("E7", changes={"E7.daten": {"answer": "not_applicable", "reason": "Keine Statistikstelle"}})
    whole, part = "3 von 76 beantwortet, 1 zu klären", "2 von 6 beantwortet, 1 zu klären"
    assert whole in visitor.get().words
    assert visitor.get().one("progress").attributes["value"] == "3"
    assert whole in Markup(visitor.client.get("/weiter").text).words
    assert whole in visitor.get("ergebnis").words
    assert visitor.get("abschnitt/E1").by_id("section-progress").text.strip() == part
    assert part in visitor.get("pruefen").words
    assert part in visitor.answer("E1.haltung", answer="1").text


class TestOnward:
    def offered(self, visitor: Visitor) -> list[str]:
        return [element.attributes["value"] for element in visitor.get().all("input", name="questionnaire")]

    def test_a_short_check_leads_to_the_long_one(self, visitor: Visitor) -> None:
        visitor.start(questionnaire="kurzcheck")
        assert self.offered(visitor) == []
        first = next(name for name in form_of(visitor.get("abschnitt/K1")) if name.endswith(".base"))
        visitor.section("K1", changes={first.removesuffix(".base"): {"answer": "2"}})
        assert self.offered(visitor) == ["weltoffene-kommune"]

    def test_a_long_check_offers_no_step_back(self, visitor: Visitor, questionnaire: Questionnaire) -> None:
        visitor.section("E1", changes={FIRST: {"answer": "2"}})
        assert self.offered(visitor) == ["kurzcheck"]
        for section in questionnaire.sections:
            values = form_of(visitor.get(f"abschnitt/{section.id}"))
            items = [name.removesuffix(".base") for name in values if name.endswith(".base")]
            visitor.section(section.id, changes={item: {"answer": "2"} for item in items})
        assert self.offered(visitor) == []
