# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A section with and without script: what is saved, what is told, and what two windows do to each other."""

import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from questionnaires.definition import Questionnaire
from questionnaires.flow import asked
from questionnaires.parts import MunicipalityType
from tests.app.responses.visitor import Visitor, form_of
from tests.markup import Markup

FIRST, SECOND = "E1.lenkungsgruppe", "E1.koordinierungsstelle"
DECLINABLE = "E7.daten"
"""A question that allows „trifft nicht zu“."""


@pytest.fixture
def second_window(visitor: Visitor, another: Callable[[], Visitor]) -> Visitor:
    """The same check in another browser."""
    other = another()
    return other.opened(other.client.post("/weiter", data={"code": visitor.code}))


class TestPage:
    def test_every_option_has_its_label_and_every_group_its_legend(self, visitor: Visitor) -> None:
        page = visitor.get("abschnitt/E1")
        questions = page.all("fieldset", class_="question")
        assert len(questions) == len(page.all("legend", class_="question__prompt")) == 6
        labels = {label.attributes["for"] for label in page.all("label")}
        typed = [e for tag in ("input", "textarea") for e in page.all(tag) if e.attributes.get("type") != "hidden"]
        assert {element.attributes["id"] for element in typed} <= labels

    def test_five_written_anchors_and_a_way_out(self, visitor: Visitor, questionnaire: Questionnaire) -> None:
        page = visitor.get("abschnitt/E7")
        (section,) = [section for section in questionnaire.sections if section.id == "E7"]
        words = page.words
        for item in asked(section, None):
            options = [e.attributes["value"] for e in page.all("input", type="radio", name=f"{item.id}.answer")]
            expected = ["0", "1", "2", "3", "4", "dont_know"]
            assert options == [*expected, "not_applicable"] if item.allow_not_applicable else expected
        assert "Wählen Sie die höchste Stufe, die ganz zutrifft" in words
        assert f"Quelle: Bertelsmann Stiftung 2022, Kapitel {section.source.chapter}" in words

    def test_ids_are_unique_and_the_same_on_every_showing(self, visitor: Visitor) -> None:
        def ids() -> list[str]:
            return [e.attributes["id"] for e in visitor.get("abschnitt/E1").elements if "id" in e.attributes]

        first = ids()
        assert len(first) == len(set(first))
        assert ids() == first

    def test_the_title_names_the_place(self, visitor: Visitor) -> None:
        assert visitor.get("abschnitt/E1").title.startswith("Abschnitt 1 von 11: ")

    @pytest.mark.parametrize("section", ["E99", "e1", "../E1", "%00"])
    def test_unknown_sections_are_not_found(self, visitor: Visitor, section: str) -> None:
        assert visitor.client.get(visitor.address(f"abschnitt/{section}")).status_code == 404

    def test_reading_changes_nothing(self, visitor: Visitor) -> None:
        for _ in range(2):
            visitor.get("abschnitt/E1")
        assert visitor.kept(FIRST)["base"].startswith("0.")


class TestWithoutScript:
    def test_saving_shows_when_and_reloading_sends_nothing(self, visitor: Visitor) -> None:
        answer = visitor.section("E1", changes={FIRST: {"answer": "2"}, SECOND: {"answer": "dont_know"}})
        assert answer.status_code == 303
        page = Markup(visitor.client.get(answer.headers["location"]).text)
        assert "Gespeichert um 10:42\u00a0Uhr" in page.by_id("status").text
        assert "1 von 6 beantwortet, 1 zu klären" in page.words
        assert form_of(page)[f"{FIRST}.answer"] == "2"

    @pytest.mark.parametrize("word", ["25-00", "1042", "<b>", "10-61", "１０-４２"])
    def test_the_time_in_the_address_is_not_believed_blindly(self, visitor: Visitor, word: str) -> None:
        page = Markup(visitor.client.get(visitor.address("abschnitt/E1"), params={"gespeichert": word}).text)
        assert page.by_id("status").text == ""

    def test_going_on_saves_and_leads_to_the_next_section(self, visitor: Visitor) -> None:
        answer = visitor.going_on("E1", changes={FIRST: {"answer": "2"}})
        assert answer.status_code == 303
        assert answer.headers["location"].endswith("/abschnitt/E2")
        assert visitor.kept(FIRST)["answer"] == "2"

    def test_the_last_section_leads_to_the_check(self, visitor: Visitor) -> None:
        assert visitor.going_on("R").headers["location"].endswith("/pruefen")

    def test_changing_from_the_check_page_returns_there(self, visitor: Visitor) -> None:
        page = Markup(visitor.client.get(visitor.address("abschnitt/E2"), params={"zurueck": "pruefen"}).text)
        answer = visitor.post("abschnitt/E2", form_of(page) | {"weiter": "next"})
        assert answer.headers["location"].endswith("/pruefen")
        assert "zurueck=pruefen" in visitor.post("abschnitt/E2", form_of(page)).headers["location"]

    def test_everything_that_can_be_typed_comes_back(self, visitor: Visitor) -> None:
        typed = {"answer": "3", "carried_by": "project", "project_until": "Juni 2027", "note": "  Zeile 1\r\nZeile 2 "}
        visitor.section("E1", changes={FIRST: typed})
        kept = visitor.kept(FIRST)
        assert kept["answer"] == "3"
        assert kept["project_until"] == "06.2027"
        assert kept["note"] == "Zeile 1\nZeile 2"

    def test_what_is_typed_is_text_and_never_markup(self, visitor: Visitor) -> None:
        note = "<script>alert(1)</script></textarea>&amp;\"'"
        visitor.section("E1", changes={FIRST: {"note": note}})
        assert visitor.kept(FIRST)["note"] == note
        assert note in visitor.get("pruefen").words

    def test_going_on_with_something_missing_names_it_and_keeps_the_rest(self, visitor: Visitor) -> None:
        changes = {DECLINABLE: {"answer": "not_applicable"}, "E7.wohnen": {"answer": "2", "carried_by": "project"}}
        answer = visitor.going_on("E7", changes=changes | {"E7.beratung": {"answer": "4"}})
        assert answer.status_code == 422
        page = Markup(answer.text)
        assert page.title.startswith("Fehler: ")
        summary = page.by_id("error-summary").text
        assert "Der Grund fehlt oder ist zu lang" in summary
        assert "Der Monat fehlt oder ist nicht lesbar" in summary
        assert {"#q-E7-daten", "#q-E7-wohnen"} <= set(page.links)
        assert page.by_id("q-E7-daten-reason").attributes["aria-invalid"] == "true"
        assert "Bitte nennen Sie kurz den Grund" in page.by_id("q-E7-daten-reason-error").text
        assert visitor.kept("E7.beratung")["answer"] == "4"
        assert visitor.kept(DECLINABLE)["answer"] == "not_applicable"

    def test_saving_only_hints_at_what_is_missing(self, visitor: Visitor) -> None:
        answer = visitor.section("E7", changes={DECLINABLE: {"answer": "not_applicable"}})
        assert answer.status_code == 303
        page = visitor.get("abschnitt/E7")
        assert "error-summary" not in [e.attributes.get("id") for e in page.elements]
        assert "Bis dahin zählt die Frage als offen" in page.words
        assert "0 von 6 beantwortet" in page.words

    def test_what_cannot_be_kept_is_shown_as_typed_and_costs_nothing_else(self, visitor: Visitor) -> None:
        broken = {"answer": "2", "carried_by": "project", "project_until": "bald", "note": "x" * 2001}
        answer = visitor.section("E1", changes={FIRST: broken, SECOND: {"answer": "1"}})
        assert answer.status_code == 422
        values = form_of(Markup(answer.text))
        assert values[f"{FIRST}.project_until"] == "bald"
        assert values[f"{FIRST}.note"] == "x" * 2001
        assert visitor.kept(FIRST)["answer"] == "2"
        assert visitor.kept(FIRST)["note"] == ""
        assert visitor.kept(SECOND)["answer"] == "1"
        mended = values | {f"{FIRST}.project_until": "06.2027", f"{FIRST}.note": "kurz"}
        assert visitor.post("abschnitt/E1", mended).status_code == 303
        assert visitor.kept(FIRST)["note"] == "kurz"

    @pytest.mark.parametrize(
        "forged",
        [
            {"answer": "5"},
            {"answer": "not_applicable", "reason": "hier nicht erlaubt"},
            {"answer": "1", "carried_by": "lotto"},
            {"answer": "blank"},
        ],
        ids=repr,
    )
    def test_choices_that_were_not_offered(self, visitor: Visitor, forged: dict[str, str]) -> None:
        assert visitor.section("E1", changes={FIRST: forged}).status_code == 422
        assert visitor.kept(FIRST).get("answer", "") in {"", "1"}
        assert visitor.kept(FIRST)["carried_by"] == ""

    def test_characters_a_database_refuses_are_left_out(self, visitor: Visitor) -> None:
        assert visitor.section("E1", changes={FIRST: {"answer": "2", "note": "a\x00b"}}).status_code == 303
        assert visitor.kept(FIRST)["note"] == "ab"

    def test_an_untouched_old_page_overwrites_nothing(self, visitor: Visitor, second_window: Visitor) -> None:
        old = visitor.get("abschnitt/E1")
        second_window.section("E1", changes={FIRST: {"answer": "4"}})
        assert visitor.section("E1", page=old, changes={SECOND: {"answer": "1"}}).status_code == 303
        assert visitor.kept(FIRST)["answer"] == "4"
        assert visitor.kept(SECOND)["answer"] == "1"

    def test_posting_the_same_form_twice_is_harmless(self, visitor: Visitor) -> None:
        page = visitor.get("abschnitt/E1")
        for _ in range(2):
            assert visitor.section("E1", page=page, changes={FIRST: {"answer": "4"}}).status_code == 303
        assert visitor.kept(FIRST)["base"].startswith("1.")

    def test_going_back_and_changing_ones_mind_is_no_conflict(self, visitor: Visitor) -> None:
        """The back button shows the old page with its old base: it is still the page that wrote last."""
        page = visitor.get("abschnitt/E1")
        visitor.section("E1", page=page, changes={FIRST: {"answer": "1"}})
        assert visitor.section("E1", page=page, changes={FIRST: {"answer": "3"}}).status_code == 303
        assert visitor.kept(FIRST)["answer"] == "3"


class TestConflict:
    def conflict(self, visitor: Visitor, other: Visitor) -> Markup:
        page = visitor.get("abschnitt/E1")
        other.section("E1", changes={FIRST: {"answer": "3", "note": "aus dem anderen Fenster"}})
        answer = visitor.section("E1", page=page, changes={FIRST: {"answer": "1"}, SECOND: {"answer": "2"}})
        assert answer.status_code == 409
        return Markup(answer.text)

    def test_both_answers_are_named_and_the_other_questions_are_saved(
        self, visitor: Visitor, second_window: Visitor, questionnaire: Questionnaire
    ) -> None:
        page = self.conflict(visitor, second_window)
        told = " ".join(page.by_id("q-E1-lenkungsgruppe-conflict").text.split())
        assert "Dort steht jetzt Stufe 3" in told
        assert questionnaire.item(FIRST).anchors[3].of(MunicipalityType.KLEINE_STADT_GEMEINDE) in told
        assert "aus dem anderen Fenster" in told
        assert form_of(page)[f"{FIRST}.answer"] == "1"
        assert page.title.startswith("Fehler: ")
        assert "In einem anderen Fenster geändert" in page.by_id("error-summary").text
        assert visitor.kept(FIRST)["answer"] == "3"
        assert visitor.kept(SECOND)["answer"] == "2"

    def test_mine(self, visitor: Visitor, second_window: Visitor) -> None:
        page = self.conflict(visitor, second_window)
        (mine,) = [button for button in page.form("/abschnitt/E1").buttons if button[0] == f"{FIRST}.base"]
        assert visitor.post("abschnitt/E1", form_of(page) | dict([mine])).status_code == 303
        assert visitor.kept(FIRST)["answer"] == "1"

    def test_theirs(self, visitor: Visitor, second_window: Visitor) -> None:
        page = self.conflict(visitor, second_window)
        (theirs,) = [link for link in page.links if "?neu=" in link]
        shown = Markup(visitor.client.get(theirs.partition("#")[0]).text)
        assert form_of(shown)[f"{FIRST}.answer"] == "3"

    def test_going_on_without_deciding_overwrites_nothing(self, visitor: Visitor, second_window: Visitor) -> None:
        page = self.conflict(visitor, second_window)
        answer = visitor.post("abschnitt/E1", form_of(page) | {"weiter": "next"})
        assert answer.status_code == 409
        assert visitor.kept(FIRST)["answer"] == "3"

    def test_a_fault_beside_it_does_not_hide_it(self, visitor: Visitor, second_window: Visitor) -> None:
        page = visitor.get("abschnitt/E1")
        second_window.section("E1", changes={FIRST: {"answer": "3"}})
        broken = {"answer": "1", "note": "x" * 2001}
        answer = visitor.section("E1", page=page, changes={FIRST: broken})
        assert answer.status_code == 409
        shown = Markup(answer.text)
        assert "Dort steht jetzt Stufe 3" in shown.words
        mended = form_of(shown) | {f"{FIRST}.note": "kurz"}
        assert visitor.post("abschnitt/E1", mended).status_code == 409
        assert visitor.kept(FIRST)["answer"] == "3"

    @pytest.mark.parametrize(
        ("theirs", "words"),
        [
            ({"answer": "dont_know"}, "Dort steht jetzt „Weiß ich nicht – bitte klären“"),
            ({"answer": "not_applicable", "reason": "Grund"}, "Dort steht jetzt „Trifft auf uns nicht zu“"),
            ({"note": "nur Notiz"}, "Dort ist keine Stufe gewählt"),
        ],
    )
    def test_every_kind_of_their_answer_is_told(
        self, visitor: Visitor, second_window: Visitor, theirs: dict[str, str], words: str
    ) -> None:
        page = visitor.get("abschnitt/E7")
        second_window.section("E7", changes={DECLINABLE: theirs})
        answer = visitor.section("E7", page=page, changes={DECLINABLE: {"answer": "2"}})
        assert words in Markup(answer.text).words

    def test_a_base_that_nobody_wrote_is_a_page_that_knew_nothing(
        self, visitor: Visitor, second_window: Visitor
    ) -> None:
        second_window.section("E1", changes={FIRST: {"answer": "3"}})
        for base in ("", "x", "-1.abc", "9" * 30 + ".abc", "1"):
            answer = visitor.answer(FIRST, answer="1", base=base)
            assert answer.status_code == (200 if base == "1" else 409)
            second_window.section("E1", changes={FIRST: {"answer": "3"}})


class TestWithHtmx:
    def test_one_answer_comes_back_alone_with_progress_and_status_beside_it(self, visitor: Visitor) -> None:
        answer = visitor.answer(FIRST, answer="2")
        assert answer.status_code == 200
        assert "HX-Request" in answer.headers["vary"]
        page = Markup(answer.text)
        assert [e.attributes["id"] for e in page.all("fieldset")] == ["q-E1-lenkungsgruppe"]
        beside = {e.attributes["id"]: e.text for e in page.elements if "data-hx-swap-oob" in e.attributes}
        assert set(beside) == {"section-progress", "section-state", "status"}
        assert "1 von 6 beantwortet" in beside["section-progress"]
        assert "5 Fragen sind hier noch offen" in beside["section-state"]
        assert beside["status"].strip() == "Gespeichert um 10:42\u00a0Uhr"
        assert {e.attributes["data-hx-swap-oob"] for e in page.elements if "data-hx-swap-oob" in e.attributes} == {
            "innerHTML"
        }

    def test_the_fragment_equals_the_question_on_the_page(self, visitor: Visitor) -> None:
        page = visitor.get("abschnitt/E1")
        fragment = visitor.answer(FIRST, page=page, answer="2", carried_by="budget", note="Beleg").text
        shown = visitor.client.get(visitor.address("abschnitt/E1")).text
        question = re.compile(r'<fieldset class="question" id="q-E1-lenkungsgruppe".*?</fieldset>', re.DOTALL)
        (in_fragment,), (on_page,) = question.findall(fragment), question.findall(shown)
        assert in_fragment == on_page

    def test_quick_clicks_on_one_page(self, visitor: Visitor) -> None:
        page = visitor.get("abschnitt/E1")
        for level in "0123":
            assert visitor.answer(FIRST, page=page, answer=level).status_code == 200
        assert visitor.answer(SECOND, page=page, answer="1").status_code == 200
        assert visitor.kept(FIRST)["answer"] == "3"

    def test_a_conflict_is_told_in_the_live_region_too(self, visitor: Visitor, second_window: Visitor) -> None:
        page = visitor.get("abschnitt/E1")
        second_window.answer(FIRST, answer="4")
        answer = visitor.answer(FIRST, page=page, answer="1")
        assert answer.status_code == 409
        assert "Dort steht jetzt Stufe 4" in answer.text
        assert "Nicht gespeichert: Diese Frage wurde in einem anderen Fenster geändert" in answer.text
        values = form_of(visitor.get("abschnitt/E1"))
        assert values[f"{FIRST}.answer"] == "4"

    def test_a_fault_keeps_what_was_typed(self, visitor: Visitor) -> None:
        answer = visitor.answer(FIRST, answer="2", carried_by="project", project_until="bald")
        assert answer.status_code == 422
        page = Markup(answer.text)
        assert page.by_id("q-E1-lenkungsgruppe-until").attributes["value"] == "bald"
        assert "Diesen Monat können wir nicht lesen" in page.by_id("q-E1-lenkungsgruppe-until-error").text
        assert "Nicht alles gespeichert" in answer.text
        assert visitor.kept(FIRST)["answer"] == "2"

    def test_saved_is_not_said_without_the_question(self, visitor: Visitor) -> None:
        answer = visitor.post(f"frage/{FIRST}", {"page": "x", f"{SECOND}.base": ""}, headers={"hx-request": "true"})
        assert answer.status_code == 422
        assert "Gespeichert um" not in answer.text

    @pytest.mark.parametrize("item", ["E1.nichts", "E99.x", "E1", "..%2F"])
    def test_unknown_questions_are_not_found(self, visitor: Visitor, item: str) -> None:
        assert visitor.post(f"frage/{item}", {f"{item}.base": ""}).status_code == 404

    def test_without_htmx_it_leads_back_to_the_section(self, visitor: Visitor) -> None:
        values = form_of(visitor.get("abschnitt/E1")) | {f"{FIRST}.answer": "2"}
        answer = visitor.post(f"frage/{FIRST}", values)
        assert answer.status_code == 303
        assert answer.headers["location"].endswith("/abschnitt/E1")
        assert visitor.kept(FIRST)["answer"] == "2"

    def test_after_submitting_elsewhere_nothing_changes_and_it_is_told(self, visitor: Visitor) -> None:
        page = visitor.get("abschnitt/E1")
        visitor.post("abgeben")
        answer = visitor.answer(FIRST, page=page, answer="2")
        assert answer.status_code == 409
        assert answer.headers["hx-reswap"] == "none"
        assert "schon abgegeben" in answer.text
        assert visitor.section("E1", page=page, changes={FIRST: {"answer": "2"}}).status_code == 409

    def test_after_deleting_elsewhere_it_is_told(self, visitor: Visitor, second_window: Visitor) -> None:
        page = visitor.get("abschnitt/E1")
        second_window.post("loeschen")
        answer = visitor.answer(FIRST, page=page, answer="2")
        assert answer.status_code == 404
        assert "brauchen Sie Ihren Code" in answer.text

    def test_from_another_site_nothing_is_taken(self, visitor: Visitor) -> None:
        values = form_of(visitor.get("abschnitt/E1")) | {f"{FIRST}.answer": "2"}
        answer = visitor.post("abschnitt/E1", values, headers={"sec-fetch-site": "cross-site"})
        assert answer.status_code == 403
        assert "answer" not in visitor.kept(FIRST)


def test_an_answer_to_a_question_no_longer_asked_is_kept(client: TestClient, questionnaire: Questionnaire) -> None:
    """Where the type of municipality leaves a question out, its answer waits."""
    kinds = ("grosse_stadt", "mittlere_stadt", "kleine_stadt_gemeinde", "landkreis")
    found = next(
        (
            (item, one, other)
            for item in questionnaire.items
            if item.applies_to
            for one in kinds
            for other in kinds
            if one in {kind.value for kind in item.applies_to} and other not in {k.value for k in item.applies_to}
        ),
        None,
    )
    if found is None:
        assert all(item.asked_of(None) for item in questionnaire.items)
        return
    item, asked_of, not_asked_of = found
    visitor = Visitor(client).start(asked_of)
    visitor.answer(item.id, answer="2")
    assert "nicht mehr gestellt" in visitor.post("kommune", {"municipality_type": not_asked_of}).text
    assert visitor.post(f"frage/{item.id}", {f"{item.id}.base": ""}).status_code == 404
    visitor.post("kommune", {"municipality_type": asked_of})
    assert visitor.kept(item.id)["answer"] == "2"
