# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the start page to the profile: with script, without, by keyboard alone, and on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app.tokens import grouped
from tests.app.responses.visitor import Visitor
from tests.browser.conftest import Faults

Q1 = "#q-E1-lenkungsgruppe"
MANY_TABS = 60


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def code_of(page: Page) -> str:
    return page.locator(".code").first.inner_text().strip()


def start(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Selbstcheck starten").click()
    page.get_by_label("Kleine Stadt oder Gemeinde").check()
    page.get_by_label("Name der Kommune").fill("Belm")
    page.get_by_role("button", name="Los geht es").click()
    expect(page.locator("label[for=total-progress]")).to_have_text("0 von 76 beantwortet")


def finish(page: Page) -> None:
    """From the overview to the result."""
    page.get_by_role("link", name="Antworten prüfen und abgeben").click()
    expect(heading(page)).to_have_text("Antworten prüfen")
    page.get_by_role("button", name="Selbstcheck abgeben").click()
    expect(heading(page)).to_have_text("Ihr Selbstcheck ist abgegeben")
    expect(page.get_by_role("link", name="/ansicht/")).to_be_visible()
    page.get_by_role("link", name="Ergebnis ansehen").click()
    expect(page).to_have_url(re.compile(r"/ergebnis$"))
    expect(page.get_by_text("Belm").first).to_be_visible()


class TestWithScript:
    def test_start_answer_resume_elsewhere_check_submit_result(
        self, page: Page, browser: Browser, server: str, browser_context_args: dict[str, object]
    ) -> None:
        page.goto("/")
        assert page.context.cookies() == []
        start(page)
        (cookie,) = page.context.cookies()
        assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"]) == ("selbstcheck", True, "Lax")
        page.get_by_role("link", name="Mit der ersten Frage beginnen").click()
        for level, question in enumerate(page.locator("fieldset.question").all()[:4]):
            question.locator("input[type=radio]").nth(level).check()
        expect(page.locator("#section-progress")).to_have_text(re.compile(r"4 von 6"))
        code = page.locator(".section-end strong").inner_text()

        elsewhere = browser.new_context(**browser_context_args)  # type: ignore[arg-type]
        other = elsewhere.new_page()
        other.goto("/weiter")
        other.get_by_label("Ihr Code").fill(f" {code.lower().replace('-', ' ')} ")
        other.get_by_role("button", name="Weitermachen").click()
        other.get_by_role("link", name="Bei der ersten offenen Frage weitermachen").click()
        expect(other).to_have_url(re.compile(r"/abschnitt/E1#q-E1-"))
        target = other.locator("fieldset:target")
        expect(target).to_be_in_viewport()
        assert target.locator("input[type=radio]:checked").count() == 1  # only „keine Angabe“ of the carrier
        target.locator("input[type=radio]").nth(2).check()
        other.locator("fieldset.question").last.locator("input[type=radio]").nth(1).check()
        expect(other.get_by_text("In diesem Abschnitt ist nichts mehr offen")).to_be_visible()
        other.get_by_role("button", name="Weiter zu Abschnitt 2").click()
        expect(heading(other)).to_be_in_viewport()
        other.get_by_role("link", name="Übersicht").click()
        expect(other.get_by_text("6 von 6")).to_be_visible()
        finish(other)
        elsewhere.close()

        page.reload()
        expect(page.locator(f"{Q1}-0")).to_be_disabled()

    def test_changing_an_answer_from_the_check_page(self, page: Page, visitor: Visitor) -> None:
        page.goto(visitor.address("pruefen"))
        page.get_by_role("link", name=re.compile(r"Beantworten\s+Frage 2\.1$")).click()
        expect(page).to_have_url(re.compile(r"/abschnitt/E2\?zurueck=pruefen#q-E2-konzept"))
        page.locator("#q-E2-konzept-3").check()
        expect(page.locator("#status")).to_contain_text("Gespeichert")
        page.get_by_role("button", name="Zurück zu „Antworten prüfen“").click()
        expect(heading(page)).to_have_text("Antworten prüfen")
        expect(page.locator(".checked__row--level")).to_have_count(1)

    def test_a_copy_goes_on_where_the_original_stays(self, page: Page, visitor: Visitor) -> None:
        visitor.section("E1", changes={"E1.lenkungsgruppe": {"answer": "2"}})
        visitor.post("abgeben")
        page.goto(visitor.address("quittung"))
        page.get_by_role("button", name="Kopie anlegen und weiterarbeiten").click()
        expect(heading(page)).to_have_text("Übersicht")
        assert code_of(page) != grouped(visitor.code)
        expect(page.locator("label[for=total-progress]")).to_have_text("1 von 76 beantwortet")

    def test_the_code_can_be_pasted(self, page: Page, visitor: Visitor) -> None:
        page.context.clear_cookies()
        page.goto("/weiter")
        field = page.get_by_label("Ihr Code")
        field.evaluate("(e, text) => { e.focus(); document.execCommand('insertText', false, text) }", visitor.code)
        expect(field).to_have_value(visitor.code)
        page.keyboard.press("Enter")
        expect(heading(page)).to_have_text("Übersicht")

    def test_the_file_goes_out_and_in(self, page: Page, visitor: Visitor) -> None:
        visitor.section("E1", changes={"E1.lenkungsgruppe": {"answer": "2"}})
        page.goto(visitor.address())
        with page.expect_download() as download:
            page.get_by_role("link", name="Antworten und Ergebnis als Datei speichern").click()
        name = download.value.suggested_filename
        assert re.fullmatch(r"selbstcheck-\d{4}-\d\d-\d\d\.json", name)
        content = download.value.path().read_bytes()
        page.goto("/import")
        page.get_by_label("Datei vom Selbstcheck").set_input_files(
            {"name": name, "mimeType": "application/json", "buffer": content}
        )
        page.get_by_role("button", name="Datei einlesen").click()
        expect(page.locator("label[for=total-progress]")).to_have_text("1 von 76 beantwortet")
        assert code_of(page) != grouped(visitor.code)


@pytest.mark.browser_context_args(java_script_enabled=False)
class TestWithoutScript:
    def test_the_whole_way(self, page: Page) -> None:
        start(page)
        code = code_of(page)
        page.get_by_role("link", name="Mit der ersten Frage beginnen").click()
        page.locator(f"{Q1}-3").check()
        page.locator(f"{Q1}-by-project").check()
        page.locator(f"{Q1}-until").fill("bald")
        page.locator("#q-E1-personal-dk").check()
        page.get_by_role("button", name="Weiter zu Abschnitt 2").click()
        assert page.title().startswith("Fehler: ")
        page.get_by_role("link", name=re.compile(r"1\.1: Der Monat fehlt")).click()
        expect(page.locator(f"{Q1}-until")).to_have_value("bald")
        page.locator(f"{Q1}-until").fill("06/2027")
        page.get_by_role("button", name="Speichern", exact=True).click()
        expect(page.locator("#status")).to_have_text(re.compile(r"Gespeichert um \d\d:\d\d\sUhr"))
        expect(page.locator(f"{Q1}-until")).to_have_value("06.2027")
        expect(page.locator("#section-progress")).to_have_text(re.compile(r"1 von 6 beantwortet, 1 zu klären"))
        page.get_by_role("button", name="Weiter zu Abschnitt 2").click()
        page.get_by_role("link", name="Übersicht").click()
        page.get_by_role("button", name="Beenden und Spuren").click()
        page.goto("/weiter")
        page.get_by_label("Ihr Code").fill(code)
        page.get_by_role("button", name="Weitermachen").click()
        finish(page)
        for name in ("abschnitte", "faktoren", "schritte", "listen", "methode"):
            page.goto(f"{page.url.partition('/ergebnis')[0]}/ergebnis/{name}")
            expect(heading(page)).to_be_visible()

    def test_a_conflict_can_be_decided(self, page: Page, visitor: Visitor) -> None:
        page.goto(visitor.address("abschnitt/E1"))
        visitor.answer("E1.lenkungsgruppe", answer="4")
        page.locator(f"{Q1}-1").check()
        page.get_by_role("button", name="Speichern", exact=True).click()
        expect(page.locator(f"{Q1}-conflict")).to_contain_text("Dort steht jetzt Stufe 4")
        page.get_by_role("button", name="Meine Eingabe speichern").click()
        expect(page.locator("#status")).to_contain_text("Gespeichert")
        assert visitor.kept("E1.lenkungsgruppe")["answer"] == "1"

    def test_nothing_is_hidden_that_needs_script(self, page: Page, visitor: Visitor, faults: Faults) -> None:
        page.goto(visitor.address("abschnitt/E1"))
        page.locator(f"{Q1}-2").check()
        expect(page.locator(Q1).get_by_text("Getragen von:")).to_be_visible()
        page.locator(f"{Q1} .extra__summary").click()
        expect(page.locator(f"{Q1}-note")).to_be_visible()
        assert page.locator("button[disabled]").count() == 0


class TestByKeyboard:
    """A-17: Tab, arrows, Space and Enter are enough; arrows choose and never go on by themselves (lesson 29)."""

    def tab_to(self, page: Page, wanted: Callable[[], bool], key: str = "Tab") -> None:
        for _ in range(MANY_TABS):
            page.keyboard.press(key)
            if wanted():
                self.focus_can_be_seen(page)
                return
        pytest.fail("the keyboard does not get there")

    def to_text(self, page: Page, text: str, key: str = "Tab") -> None:
        script = "document.activeElement.innerText || ''"
        self.tab_to(page, lambda: text in str(page.evaluate(script)), key)

    def to_id(self, page: Page, start: str) -> None:
        self.tab_to(page, lambda: str(page.evaluate("document.activeElement.id")).startswith(start))

    def focus_can_be_seen(self, page: Page) -> None:
        seen = page.evaluate(
            """() => { const e = document.activeElement;
            return [e, e.nextElementSibling, e.closest('label')].some(one => { if (!one) return false;
              const s = getComputedStyle(one); return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2)
                || s.boxShadow !== 'none'; }); }"""
        )
        assert seen, page.evaluate("document.activeElement.outerHTML")

    def test_the_whole_way(self, page: Page) -> None:
        page.goto("/")
        self.to_text(page, "Selbstcheck starten")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/start$"))
        self.to_id(page, "municipality_type")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        self.to_id(page, "name")
        page.keyboard.type("Belm")
        self.to_text(page, "Los geht es")
        page.keyboard.press("Enter")
        expect(heading(page)).to_have_text("Übersicht")
        expect(page.get_by_text("mittlere Stadt").first).to_be_visible()
        self.to_text(page, "Mit der ersten Frage beginnen")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/abschnitt/E1#"))

        self.to_id(page, "q-E1-lenkungsgruppe-0")
        page.keyboard.press("Space")
        for _ in range(3):
            page.keyboard.press("ArrowDown")
        expect(page.locator(f"{Q1}-3")).to_be_checked()
        expect(page.locator(f"{Q1}-3")).to_be_focused()
        expect(page.locator('[name="E1.lenkungsgruppe.base"]')).not_to_have_value(re.compile(r"^0\."))
        expect(page.locator("#status")).to_contain_text("Gespeichert")
        expect(page.locator(f"{Q1}-3")).to_be_focused()
        self.to_id(page, "q-E1-lenkungsgruppe-by")
        page.keyboard.press("ArrowUp")
        expect(page.locator(f"{Q1}-by-project")).to_be_checked()
        self.to_id(page, "q-E1-lenkungsgruppe-until")
        page.keyboard.type("6/2027")
        self.to_text(page, "Notiz oder Beleg")
        page.keyboard.press("Enter")
        expect(page.locator(f"{Q1}-note")).to_be_visible()
        self.to_id(page, "q-E1-lenkungsgruppe-note")
        page.keyboard.type("Beschluss 12")
        self.to_text(page, "Weiter zu Abschnitt 2")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/abschnitt/E2$"))

        page.go_back()
        expect(page.locator(f"{Q1}-until")).to_have_value("06.2027")
        expect(page.locator(f"{Q1}-note")).to_have_value("Beschluss 12")
        page.go_forward()
        self.to_text(page, "Übersicht")
        page.keyboard.press("Enter")
        expect(heading(page)).to_have_text("Übersicht")
        self.to_text(page, "Antworten prüfen und abgeben")
        page.keyboard.press("Enter")
        expect(heading(page)).to_have_text("Antworten prüfen")
        page.keyboard.press("End")
        self.to_text(page, "Selbstcheck abgeben", "Shift+Tab")
        page.keyboard.press("Enter")
        expect(heading(page)).to_have_text("Ihr Selbstcheck ist abgegeben")
        self.to_text(page, "Ergebnis ansehen")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/ergebnis$"))

    def test_an_error_is_reached_and_mended(self, page: Page, visitor: Visitor) -> None:
        page.goto(visitor.address("abschnitt/E7"))
        self.to_id(page, "q-E7-daten-0")
        page.keyboard.press("ArrowUp")
        expect(page.locator("#q-E7-daten-na")).to_be_checked()
        expect(page.locator("#status")).to_contain_text("Gespeichert")
        self.to_text(page, "Weiter zu Abschnitt 8")
        page.keyboard.press("Enter")
        expect(page.locator("#error-summary")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        self.to_id(page, "q-E7-daten-reason")
        page.keyboard.type("Das macht der Landkreis")
        page.keyboard.press("Enter")
        expect(page.locator("#error-summary")).to_have_count(0)
        assert visitor.kept("E7.daten")["reason"] == "Das macht der Landkreis"


@pytest.mark.browser_context_args(
    viewport={"width": 320, "height": 640}, is_mobile=True, has_touch=True, color_scheme="dark", device_scale_factor=2
)
def test_on_a_small_phone_in_the_dark(page: Page) -> None:
    start(page)
    page.get_by_role("link", name="Mit der ersten Frage beginnen").tap()
    page.locator(f'label[for="{Q1[1:]}-2"]').tap()
    expect(page.locator("#status")).to_contain_text("Gespeichert")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator(f'label[for="{Q1[1:]}-by-budget"]').tap()
    expect(page.locator(f"{Q1}-by-budget")).to_be_checked()
    page.get_by_role("link", name="Übersicht").tap()
    finish(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
