# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answering in the browser: saved at once and quietly, in two windows, while the server is away, and coming back."""

import re
import time
from collections.abc import Iterator
from urllib.parse import parse_qsl

import pytest
from httpx2 import Client
from playwright.sync_api import Page, Request, Route, expect

from app.settings import Settings
from questionnaires.library import Library
from tests.app.responses.visitor import Visitor
from tests.browser.conftest import carry, started
from tests.browser.served import Served

FIRST, SECOND = "E1.lenkungsgruppe", "E1.koordinierungsstelle"
Q1, Q2 = "#q-E1-lenkungsgruppe", "#q-E1-koordinierungsstelle"
SAVED = re.compile(r"Gespeichert um \d\d:\d\d\sUhr")


@pytest.fixture
def section(page: Page, visitor: Visitor) -> Visitor:
    """The first section of a check just begun, open in the browser."""
    page.goto(visitor.address("abschnitt/E1"))
    return visitor


def saved(page: Page) -> None:
    expect(page.locator("#status")).to_have_text(SAVED)


class TestSaving:
    def test_a_choice_is_saved_at_once_and_nothing_else_happens(self, page: Page, section: Visitor) -> None:
        """A-25: no navigation, no submit, no jump of the focus."""
        address = page.url
        radio = page.locator(f"{Q1}-2")
        radio.check()
        saved(page)
        expect(radio).to_be_focused()
        expect(radio).to_be_checked()
        assert page.url == address
        expect(page.locator("#section-progress")).to_have_text(re.compile(r"1 von 6 beantwortet"))
        assert section.kept(FIRST)["answer"] == "2"

    def test_the_live_region_stays_the_same_element_and_the_only_one(self, page: Page, section: Visitor) -> None:
        """A-40: a replaced region is silent."""
        page.evaluate(
            """() => { const region = document.getElementById('status'); window.region = region; window.said = [];
            new MutationObserver(() => window.said.push(region.textContent)).observe(region,
              {childList: true, characterData: true, subtree: true}); }"""
        )
        page.locator(f"{Q1}-2").check()
        saved(page)
        page.locator(f"{Q2}-1").check()
        expect(page.locator("#section-progress")).to_have_text(re.compile(r"2 von 6"))
        assert page.evaluate("document.getElementById('status') === window.region")
        assert page.evaluate("window.said.some(text => text.includes('Gespeichert um'))")
        assert page.locator("[role=status], [aria-live]").count() == 1
        attributes = page.locator("#status").evaluate("e => [e.role, e.ariaLive, e.ariaAtomic]")
        assert attributes == ["status", "polite", "true"]

    def test_the_request_holds_only_this_questions_fields(self, page: Page, section: Visitor) -> None:
        sent: list[Request] = []
        page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
        page.locator(f"{Q1}-2").check()
        saved(page)
        (request,) = sent
        assert request.url.endswith(f"/frage/{FIRST}")
        names = [name for name, _ in parse_qsl(request.post_data or "", keep_blank_values=True)]
        own = {f"{FIRST}.{field}" for field in ("base", "answer", "carried_by", "project_until", "note")}
        assert set(names) == {"page", *own}
        assert len(names) == len(set(names))

    def test_going_on_still_sends_the_whole_section(self, page: Page, section: Visitor) -> None:
        page.route("**/frage/**", lambda route: route.abort())
        page.locator(f"{Q1}-2").check()
        page.locator(f"{Q2}-3").check()
        page.get_by_role("button", name="Weiter zu").click()
        expect(page).to_have_url(re.compile(r"/abschnitt/E2$"))
        assert section.kept(FIRST)["answer"] == "2"
        assert section.kept(SECOND)["answer"] == "3"

    def test_level_reason_carrier_month_and_note(self, page: Page, visitor: Visitor) -> None:
        page.goto(visitor.address("abschnitt/E7"))
        question = page.locator("#q-E7-daten")
        expect(question.get_by_label("Warum trifft das nicht zu?")).to_be_hidden()
        expect(question.get_by_text("Getragen von:")).to_be_hidden()
        question.get_by_label("Trifft auf uns nicht zu").check()
        reason = question.get_by_label("Warum trifft das nicht zu?")
        expect(reason).to_be_visible()
        reason.fill("Das macht der Landkreis")
        reason.press("Tab")
        expect(page.locator("#section-progress")).to_have_text(re.compile(r"1 von 6"))
        question.locator("#q-E7-daten-3").check()
        expect(reason).to_be_hidden()
        question.get_by_label("Projekt", exact=True).check()
        month = question.get_by_label("Projekt bis Monat und Jahr")
        month.fill("Juni 2027")
        month.press("Tab")
        expect(month).to_have_value("06.2027")
        question.locator(".extra__summary").click()
        note = question.get_by_label("Notiz oder Beleg, freiwillig")
        note.fill("Zeile eins\nZeile zwei")
        note.press("Tab")
        expect(page.locator("#section-progress")).to_have_text(re.compile(r"1 von 6"))
        expect(note).to_have_js_property("defaultValue", "Zeile eins\nZeile zwei")
        kept = visitor.kept("E7.daten")
        assert (kept["answer"], kept["carried_by"], kept["project_until"]) == ("3", "project", "06.2027")
        assert kept["note"] == "Zeile eins\nZeile zwei"

    def test_zero_asks_for_no_carrier(self, page: Page, section: Visitor) -> None:
        page.locator(f"{Q1}-0").check()
        expect(page.locator(Q1).get_by_text("Getragen von:")).to_be_hidden()
        page.locator(f"{Q1}-1").check()
        expect(page.locator(Q1).get_by_text("Getragen von:")).to_be_visible()


class Slow:
    """Lets answers through only when told: what people do while a save is under way."""

    def __init__(self, page: Page) -> None:
        self._held: list[Route] | None = []
        page.route("**/frage/**", self._pass)

    def _pass(self, route: Route) -> None:
        if self._held is None:
            route.continue_()
        else:
            self._held.append(route)

    def release(self) -> None:
        held, self._held = self._held or [], None
        for route in held:
            route.continue_()


class TestWhileSaving:
    def test_quick_clicks_keep_the_last(self, page: Page, section: Visitor) -> None:
        slow = Slow(page)
        for level in (0, 1, 3):
            page.locator(f"{Q1}-{level}").check()
        slow.release()
        saved(page)
        expect(page.locator(f'[name="{FIRST}.base"]')).to_have_value(re.compile(r"^2\."))
        expect(page.locator(f"{Q1}-3")).to_be_checked()
        assert section.kept(FIRST)["answer"] == "3"

    def test_quick_clicks_on_two_questions_are_no_conflict(self, page: Page, section: Visitor) -> None:
        slow = Slow(page)
        page.locator(f"{Q1}-1").check()
        page.locator(f"{Q2}-4").check()
        slow.release()
        expect(page.locator("#section-progress")).to_have_text(re.compile(r"2 von 6"))
        expect(page.locator(".conflict")).to_have_count(0)
        assert (section.kept(FIRST)["answer"], section.kept(SECOND)["answer"]) == ("1", "4")

    def test_a_note_that_is_being_written_is_not_lost(self, page: Page, section: Visitor) -> None:
        slow = Slow(page)
        page.locator(f"{Q1}-2").check()
        page.locator(f"{Q1} .extra__summary").click()
        note = page.locator(f"{Q1}-note")
        note.press_sequentially("Der Rat hat am ")
        slow.release()
        saved(page)
        note.press_sequentially("12. Mai beschlossen")
        expect(note).to_be_focused()
        expect(note).to_have_value("Der Rat hat am 12. Mai beschlossen")
        note.press("Tab")
        expect(note).to_have_js_property("defaultValue", "Der Rat hat am 12. Mai beschlossen")
        assert section.kept(FIRST)["note"] == "Der Rat hat am 12. Mai beschlossen"

    def test_a_note_written_and_left_while_saving_is_not_lost(self, page: Page, section: Visitor) -> None:
        slow = Slow(page)
        page.locator(f"{Q1}-2").check()
        page.locator(f"{Q1} .extra__summary").click()
        page.locator(f"{Q1}-note").fill("Beschluss 47")
        page.locator(f"{Q2}-dk").focus()
        slow.release()
        expect(page.locator(f'[name="{FIRST}.base"]')).to_have_value(re.compile(r"^2\."))
        expect(page.locator(f"{Q1}-note")).to_have_value("Beschluss 47")
        assert section.kept(FIRST)["note"] == "Beschluss 47"

    def test_a_proxys_error_page_replaces_nothing_and_the_answer_arrives_later(
        self, page: Page, visitor: Visitor
    ) -> None:
        page.goto(visitor.address("abschnitt/E1"))
        page.route("**/frage/**", lambda route: route.fulfill(status=502, body="<h1>Bad Gateway</h1>"))
        page.locator(f"{Q1}-2").check()
        expect(page.locator("#status")).to_contain_text("Nicht gespeichert")
        expect(page.locator(f"{Q1}-2")).to_be_checked()
        page.unroute("**/frage/**")
        expect(page.locator("#status")).to_have_text(SAVED, timeout=15_000)
        assert visitor.kept(FIRST)["answer"] == "2"


class TestTwoWindows:
    @pytest.fixture
    def other(self, page: Page, section: Visitor) -> Page:
        other = page.context.new_page()
        other.goto(section.address("abschnitt/E1"))
        return other

    def conflict(self, page: Page, other: Page) -> None:
        other.locator(f"{Q1}-3").check()
        saved(other)
        page.locator(f"{Q1}-1").check()
        expect(page.locator(f"{Q1}-conflict")).to_be_visible()

    def test_both_answers_are_named_and_nothing_is_overwritten(self, page: Page, other: Page, section: Visitor) -> None:
        theirs = page.locator(f'label[for="{Q1[1:]}-3"] .level__text').inner_text()
        self.conflict(page, other)
        told = page.locator(f"{Q1}-conflict")
        expect(told).to_contain_text("Dort steht jetzt Stufe 3")
        expect(told).to_contain_text(theirs)
        expect(page.locator("#status")).to_contain_text("Nicht gespeichert")
        expect(page.locator(f"{Q1}-1")).to_be_checked()
        assert section.kept(FIRST)["answer"] == "3"

    def test_the_keyboard_alone_decides_and_keeps_its_place(self, page: Page, other: Page, section: Visitor) -> None:
        """Neither the conflict nor its end throws the focus back to the top of the page."""
        other.locator(f"{Q1}-3").check()
        saved(other)
        page.bring_to_front()
        page.locator(f"{Q1}-dk").focus()
        page.keyboard.press("Space")
        expect(page.locator(f"{Q1}-conflict")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Meine Eingabe speichern")).to_be_focused()
        page.keyboard.press("Enter")
        saved(page)
        expect(page.locator(Q1)).to_be_focused()
        page.keyboard.press("Tab")
        assert page.locator(Q1).evaluate("e => e.contains(document.activeElement)")
        assert section.kept(FIRST)["answer"] == "dont_know"

    def test_it_is_told_in_view_and_does_not_look_saved(self, page: Page, other: Page, section: Visitor) -> None:
        other.locator(f"{Q2}-3").check()
        saved(other)
        quiet = other.locator("#status").evaluate("e => getComputedStyle(e).color")
        page.bring_to_front()
        page.locator(f"{Q2}-4").evaluate("e => e.scrollIntoView({block: 'start'})")
        page.locator(f"{Q2}-4").focus()
        page.keyboard.press("Space")
        expect(page.locator(f"{Q2}-conflict")).to_be_focused()
        told = page.locator("#status .failed")
        expect(told).to_contain_text("Nicht gespeichert")
        assert told.evaluate("e => getComputedStyle(e).color") != quiet
        assert told.evaluate("e => getComputedStyle(e).fontWeight") == "600"
        page.wait_for_function(
            """id => document.querySelector('.answering__bar').getBoundingClientRect().bottom
            <= document.querySelector(id).getBoundingClientRect().top""",
            arg=f"{Q2}-conflict",
        )
        page.emulate_media(forced_colors="active")
        sign = told.evaluate("e => { const s = getComputedStyle(e, '::before'); return [s.content, s.borderTopWidth] }")
        assert sign == ['"!"', "2px"] or sign == ['"!" / ""', "2px"]

    def test_who_is_already_at_another_question_stays_there(self, page: Page, other: Page, section: Visitor) -> None:
        other.locator(f"{Q1}-3").check()
        saved(other)
        slow = Slow(page)
        page.locator(f"{Q1}-1").check()
        page.locator(f"{Q2}-2").focus()
        slow.release()
        expect(page.locator(f"{Q1}-conflict")).to_be_visible()
        expect(page.locator(f"{Q2}-2")).to_be_focused()

    def test_mine(self, page: Page, other: Page, section: Visitor) -> None:
        self.conflict(page, other)
        page.get_by_role("button", name="Meine Eingabe speichern").click()
        saved(page)
        expect(page.locator(f"{Q1}-conflict")).to_have_count(0)
        assert section.kept(FIRST)["answer"] == "1"
        other.locator(f"{Q1}-4").check()
        expect(other.locator(f"{Q1}-conflict")).to_be_visible()

    def test_theirs(self, page: Page, other: Page, section: Visitor) -> None:
        self.conflict(page, other)
        page.get_by_role("link", name="Die andere Antwort behalten").click()
        expect(page.locator(f"{Q1}-3")).to_be_checked()
        expect(page.locator(f"{Q1}-conflict")).to_have_count(0)
        assert section.kept(FIRST)["answer"] == "3"

    def test_choosing_anew_without_deciding_overwrites_nothing(self, page: Page, other: Page, section: Visitor) -> None:
        self.conflict(page, other)
        page.locator(f"{Q1}-4").check()
        expect(page.locator(f"{Q1}-conflict")).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert section.kept(FIRST)["answer"] == "3"
        page.get_by_role("button", name="Weiter zu").click()
        expect(page.locator("#error-summary")).to_be_focused()
        assert section.kept(FIRST)["answer"] == "3"

    def test_the_enter_key_decides_nothing(self, page: Page, other: Page, section: Visitor) -> None:
        """It presses the first button of the form, and that must not be „Meine Eingabe speichern“."""
        self.conflict(page, other)
        page.locator("#q-E1-personal-2").check()
        page.locator("#q-E1-personal-by-project").check()
        month = page.locator("#q-E1-personal-until")
        month.fill("06.2027")
        month.press("Enter")
        expect(page.locator("#error-summary")).to_be_focused()
        assert section.kept(FIRST)["answer"] == "3"
        assert section.kept("E1.personal")["project_until"] == "06.2027"

    def test_submitted_in_the_other_window(self, page: Page, other: Page, section: Visitor) -> None:
        section.post("abgeben")
        page.locator(f"{Q1}-1").check()
        expect(page.locator("#status")).to_contain_text("schon abgegeben")
        expect(page.locator(f"{Q1}-1")).to_be_checked()

    def test_deleted_in_the_other_window(self, page: Page, other: Page, section: Visitor) -> None:
        section.post("loeschen")
        page.locator(f"{Q1}-1").check()
        expect(page.locator("#status")).to_contain_text("brauchen Sie Ihren Code")


class TestServerAway:
    @pytest.fixture
    def own(self, sqlite_url: str, library: Library) -> Iterator[Served]:
        with Served(Settings(database_url=sqlite_url), library) as served:
            yield served

    @pytest.fixture
    def server(self, own: Served) -> str:
        return own.url

    def test_it_is_told_the_choice_is_kept_and_saved_when_the_server_is_back(self, page: Page, own: Served) -> None:
        with Client(base_url=own.url) as program:
            visitor = carry(started(program), page)
            page.goto(visitor.address("abschnitt/E1"))
        own.stop()
        page.locator(f"{Q1}-2").check()
        expect(page.locator("#status .failed")).to_contain_text("Nicht gespeichert")
        page.locator(f"{Q2}-4").check()
        expect(page.locator(f"{Q1}-2")).to_be_checked()
        own.start()
        expect(page.locator("#section-progress")).to_have_text(re.compile(r"2 von 6"), timeout=15_000)
        saved(page)
        with Client(base_url=own.url) as program:
            again = carry(Visitor(program, *visitor.known), page)
            assert again.kept(FIRST)["answer"] == "2"
            assert again.kept(SECOND)["answer"] == "4"


class TestHistory:
    def test_back_forward_and_reload(self, page: Page, section: Visitor) -> None:
        page.locator(f"{Q1}-2").check()
        saved(page)
        page.get_by_role("button", name="Weiter zu").click()
        expect(page).to_have_url(re.compile(r"/abschnitt/E2$"))
        page.locator("#q-E2-konzept-1").check()
        saved(page)
        page.go_back()
        expect(page.locator(f"{Q1}-2")).to_be_checked()
        page.locator(f"{Q1}-4").check()
        saved(page)
        page.go_forward()
        expect(page.locator("#q-E2-konzept-1")).to_be_checked()
        page.go_back()
        expect(page.locator(f"{Q1}-4")).to_be_checked()
        page.reload()
        expect(page.locator(f"{Q1}-4")).to_be_checked()
        expect(page.locator(".conflict")).to_have_count(0)
        page.get_by_role("button", name="Weiter zu").click()
        expect(page).to_have_url(re.compile(r"/abschnitt/E2$"))
        assert section.kept(FIRST)["answer"] == "4"

    def test_reloading_after_saving_by_button_sends_nothing(self, page: Page, section: Visitor) -> None:
        page.get_by_role("button", name="Speichern", exact=True).click()
        expect(page).to_have_url(re.compile(r"gespeichert="))
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.method))
        page.reload()
        assert "POST" not in sent

    def test_submitting_twice_and_going_back_to_the_button(self, page: Page, section: Visitor) -> None:
        page.locator(f"{Q1}-2").check()
        saved(page)
        page.goto(section.address("pruefen"))
        page.get_by_role("button", name="Selbstcheck abgeben").dblclick()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Selbstcheck ist abgegeben")
        page.go_back()
        again = page.get_by_role("button", name="Selbstcheck abgeben")
        if again.count():
            again.click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Selbstcheck ist abgegeben")
        else:
            expect(page.get_by_text("schon abgegeben")).to_be_visible()

    def test_after_leaving_the_device_nothing_comes_back(self, page: Page, section: Visitor) -> None:
        """Lesson 13: the next person at the tablet presses „back“."""
        page.locator(f"{Q1}-2").check()
        saved(page)
        page.goto(section.address())
        page.get_by_role("button", name="Beenden und Spuren").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Auf diesem Gerät ist nichts mehr zu sehen")
        assert page.context.cookies() == []
        for _ in range(2):
            page.go_back()
            expect(page.get_by_role("heading", level=1)).to_have_text("Für diesen Selbstcheck brauchen Sie Ihren Code")
            assert page.locator("input[type=radio]").count() == 0

    def test_an_expired_session_loses_nothing(self, page: Page, section: Visitor) -> None:
        """Lesson 1: answer three, lose the cookie, come back with the code, all three are there."""
        for item in (Q1, Q2, "#q-E1-personal"):
            page.locator(f"{item}-2").check()
        expect(page.locator("#section-progress")).to_have_text(re.compile(r"3 von 6"))
        page.context.clear_cookies()
        page.locator("#q-E1-haltung-2").check()
        expect(page.locator("#status")).to_contain_text("Ihre gespeicherten Antworten bleiben erhalten")
        page.reload()
        page.get_by_role("link", name="Code eingeben", exact=True).click()
        page.get_by_label("Ihr Code").fill(section.code.lower())
        page.get_by_role("button", name="Weitermachen").click()
        expect(page.locator("label[for=total-progress]")).to_have_text("3 von 76 beantwortet")


class TestSurroundings:
    def test_only_own_requests_nothing_stored_one_cookie(self, page: Page, section: Visitor, server: str) -> None:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.locator(f"{Q1}-2").check()
        saved(page)
        for rest in ("", "abschnitt/E7", "pruefen", "code", "ergebnis", "ergebnis/abschnitte", "loeschen"):
            page.goto(section.address(rest))
        assert [url for url in asked if not url.startswith((server, "data:"))] == []
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
        (cookie,) = page.context.cookies()
        assert cookie["name"] == "selbstcheck"
        assert [text for text in said if "Content Security Policy" in text] == []

    def test_focus_is_never_hidden_below_the_bar(self, page: Page, section: Visitor) -> None:
        page.emulate_media(reduced_motion="reduce")
        page.set_viewport_size({"width": 320, "height": 480})
        page.locator(f"{Q1}-2").check()
        saved(page)
        for key in ["Tab"] * 16 + ["Shift+Tab"] * 16:
            page.keyboard.press(key)
            covered = page.evaluate(
                """() => { const e = document.activeElement; if (e === document.body) return '';
                const shown = e.matches('.level__radio') ? e.nextElementSibling : e;
                const r = shown.getBoundingClientRect(), bar = document.querySelector('.answering__bar');
                const below = bar.getBoundingClientRect();
                const hidden = !bar.contains(e) && r.bottom > below.top && r.bottom < below.bottom;
                return hidden || r.bottom < 0 || r.top > innerHeight ? e.outerHTML.slice(0, 150) : ''; }"""
            )
            assert covered == "", key

    def test_the_page_is_heavy_for_nobody(self, page: Page, visitor: Visitor) -> None:
        """First page at most 120 kB compressed and 8 requests; a step at most 30 kB."""
        page.context.clear_cookies()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        weights: list[float] = []
        session.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
        page.goto("/", wait_until="networkidle")
        assert len(weights) <= 8
        assert sum(weights) <= 120_000
        carry(visitor, page)
        page.goto(visitor.address("abschnitt/E1"), wait_until="networkidle")
        for section in ("E2", "E7", "E9", "R"):
            weights.clear()
            page.goto(visitor.address(f"abschnitt/{section}"), wait_until="networkidle")
            page.wait_for_timeout(50)
            assert 0 < sum(weights) <= 30_000, section
        weights.clear()
        page.locator("input[type=radio]").first.check()
        saved(page)
        page.wait_for_timeout(50)
        assert sum(weights) <= 8_000

    def test_a_save_is_quick(self, page: Page, section: Visitor) -> None:
        page.locator(f"{Q1}-2").check()
        saved(page)
        begun = time.perf_counter()
        with page.expect_response("**/frage/**"):
            page.locator(f"{Q2}-2").check()
        assert time.perf_counter() - begun < 2
