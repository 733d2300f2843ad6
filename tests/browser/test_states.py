# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every page in every state: axe in light and dark, no sideways movement on a phone, room for larger text."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app import tokens
from app.settings import Settings
from questionnaires.library import Library
from tests.app.responses.visitor import Visitor
from tests.browser.conftest import Faults, carry, started
from tests.browser.served import Served
from tests.browser.test_frame import PAGES

FIRST = "E1.lenkungsgruppe"
DECLINABLE = "#q-E7-daten"

SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
TWICE = "html { font-size: 200% !important }"

ADD_SHEET = """css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
document.adoptedStyleSheets = [sheet]; }"""
SIDEWAYS = """(() => { const wide = document.documentElement.clientWidth;
  return document.documentElement.scrollWidth <= wide ? [] : [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > wide && !e.closest('.scroll-x > *, .visually-hidden'))
    .map(e => e.outerHTML.slice(0, 120)); })()"""
CLIPPED = """[...document.querySelectorAll('main *')].filter(e => {
  const style = getComputedStyle(e);
  if (e.closest('.visually-hidden, svg') || style.display === 'inline' || !e.clientHeight) return false;
  return (style.overflowY === 'hidden' && e.scrollHeight > e.clientHeight + 1)
    || (style.overflowX === 'hidden' && e.scrollWidth > e.clientWidth + 1);
}).map(e => e.outerHTML.slice(0, 200))"""


def inspect(page: Page, faults: Faults) -> dict[str, Any]:
    """What is wrong with the page as it stands; empty if nothing is."""
    found: dict[str, Any] = {}
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found["light"] = faults()
    page.emulate_media(color_scheme="dark")
    found["dark"] = faults(runOnly={"type": "rule", "values": ["color-contrast", "link-in-text-block"]})
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 640})
    found["320 px"] = page.evaluate(SIDEWAYS)
    found["320 px, small targets"] = faults(runOnly={"type": "rule", "values": ["target-size"]})
    page.evaluate(ADD_SHEET, SPACING)
    found["wide spacing"] = page.evaluate(SIDEWAYS)
    found["wide spacing, clipped"] = page.evaluate(CLIPPED)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate(ADD_SHEET, TWICE)
    found["text twice as large"] = page.evaluate(SIDEWAYS)
    found["text twice as large, clipped"] = page.evaluate(CLIPPED)
    page.evaluate("document.adoptedStyleSheets = []")
    return {name: result for name, result in found.items() if result}


UNKNOWN_CHECK = "/check/0123456789abcdef0123456789abcdef/"
PUBLIC = tuple(dict.fromkeys(("/", "/import", UNKNOWN_CHECK, "/beispiel/ergebnis", *PAGES)))
"""Pages without a check; the frame's own pages are looked at here too."""


@pytest.mark.parametrize("path", PUBLIC)
def test_public(page: Page, faults: Faults, path: str) -> None:
    page.goto(path)
    assert inspect(page, faults) == {}


@pytest.mark.parametrize(
    ("path", "button"), [("/start", "Los geht es"), ("/weiter", "Weitermachen"), ("/import", "Datei einlesen")]
)
def test_public_with_an_error(page: Page, faults: Faults, path: str, button: str) -> None:
    page.goto(path)
    page.get_by_role("button", name=button).click()
    expect(page.locator("#error-summary")).to_be_focused()
    assert page.title().startswith("Fehler: ")
    assert inspect(page, faults) == {}


FILLED = (
    *("", "abschnitt/E1", "abschnitt/E7", "kommune", "code", "pruefen", "loeschen", "ergebnis"),
    *("ergebnis/abschnitte", "ergebnis/faktoren", "ergebnis/schritte", "ergebnis/listen", "ergebnis/methode"),
    "ergebnis/druck",
)


@pytest.mark.parametrize("rest", FILLED)
def test_filled(page: Page, faults: Faults, filled: Visitor, rest: str) -> None:
    page.goto(filled.address(rest))
    assert inspect(page, faults) == {}


@pytest.mark.parametrize("rest", ["", "abschnitt/E1", "pruefen", "ergebnis", "ergebnis/schritte"])
def test_empty(page: Page, faults: Faults, visitor: Visitor, rest: str) -> None:
    page.goto(visitor.address(rest))
    assert inspect(page, faults) == {}


@pytest.mark.parametrize("rest", ["", "abschnitt/E1", "pruefen", "quittung"])
def test_submitted(page: Page, faults: Faults, submitted: Visitor, rest: str) -> None:
    page.goto(submitted.address(rest))
    assert inspect(page, faults) == {}


def test_read_only(page: Page, faults: Faults, filled: Visitor) -> None:
    page.context.clear_cookies()
    page.goto(f"/ansicht/{tokens.view_token(filled.code)}")
    assert inspect(page, faults) == {}


def test_a_check_that_this_device_knows(page: Page, faults: Faults, visitor: Visitor) -> None:
    page.goto("/weiter")
    expect(page.get_by_role("heading", name="Auf diesem Gerät begonnen")).to_be_visible()
    assert inspect(page, faults) == {}


def decline_without_reason(page: Page, _: Visitor) -> None:
    page.locator(f"{DECLINABLE}-na").check()
    expect(page.locator("#status")).to_contain_text("Gespeichert")
    page.get_by_role("button", name="Weiter zu").click()
    expect(page.locator("#error-summary")).to_be_focused()


def type_no_month(page: Page, _: Visitor) -> None:
    page.locator("#q-E7-wohnen-2").check()
    page.locator("#q-E7-wohnen-by-project").check()
    page.locator("#q-E7-wohnen-until").fill("bald")
    page.locator("#q-E7-wohnen-until").press("Tab")
    expect(page.locator("#q-E7-wohnen-until-error")).to_be_visible()


def hint_at_a_reason(page: Page, _: Visitor) -> None:
    page.locator(f"{DECLINABLE}-na").check()
    expect(page.get_by_text("Bis dahin zählt die Frage als offen")).to_be_visible()


def meet_another_window(page: Page, visitor: Visitor) -> None:
    visitor.answer("E7.daten", answer="3", note="aus dem anderen Fenster")
    page.locator(f"{DECLINABLE}-1").check()
    expect(page.locator(f"{DECLINABLE}-conflict")).to_be_visible()


def meet_another_window_when_going_on(page: Page, visitor: Visitor) -> None:
    page.route("**/frage/**", lambda route: route.abort())
    visitor.answer("E7.daten", answer="3", note="aus dem anderen Fenster")
    page.locator(f"{DECLINABLE}-1").check()
    page.get_by_role("button", name="Weiter zu").click()
    expect(page.locator("#error-summary")).to_be_focused()


def open_everything(page: Page, _: Visitor) -> None:
    page.locator(f"{DECLINABLE}-2").check()
    page.locator(f"{DECLINABLE}-by-project").check()
    for summary in page.locator("summary").all():
        summary.click()


LEADING: tuple[Callable[[Page, Visitor], None], ...] = (
    decline_without_reason,
    type_no_month,
    hint_at_a_reason,
    meet_another_window,
    meet_another_window_when_going_on,
    open_everything,
)


@pytest.mark.parametrize("lead", LEADING, ids=lambda lead: lead.__name__)
def test_section_in_trouble(
    page: Page, faults: Faults, visitor: Visitor, lead: Callable[[Page, Visitor], None]
) -> None:
    page.goto(visitor.address("abschnitt/E7"))
    lead(page, visitor)
    assert inspect(page, faults) == {}


def test_wrong_municipality(page: Page, faults: Faults, visitor: Visitor) -> None:
    page.goto(visitor.address("kommune"))
    page.get_by_label("Wie viele Menschen leben dort?").fill("viele")
    page.get_by_role("button", name="Änderung speichern").click()
    expect(page.locator("#error-summary")).to_be_focused()
    assert inspect(page, faults) == {}


def test_changed_municipality(page: Page, faults: Faults, visitor: Visitor) -> None:
    visitor.answer(FIRST, answer="2")
    page.goto(visitor.address("kommune"))
    page.get_by_label("Landkreis").check()
    page.get_by_role("button", name="Änderung speichern").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Angaben gespeichert")
    assert inspect(page, faults) == {}


def test_deleted_and_left(page: Page, faults: Faults, visitor: Visitor) -> None:
    page.goto(visitor.address())
    page.get_by_role("button", name="Beenden und Spuren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Auf diesem Gerät ist nichts mehr zu sehen")
    assert inspect(page, faults) == {}
    carry(visitor, page)
    page.goto(visitor.address("loeschen"))
    page.get_by_role("button", name="Endgültig löschen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Antworten sind gelöscht")
    assert inspect(page, faults) == {}


def test_already_submitted(page: Page, faults: Faults, visitor: Visitor) -> None:
    page.goto(visitor.address("abschnitt/E1"))
    visitor.post("abgeben")
    page.get_by_role("button", name="Weiter zu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dieser Selbstcheck ist schon abgegeben")
    assert inspect(page, faults) == {}


class TestClosed:
    @pytest.fixture
    def server(self, sqlite_url: str, library: Library) -> Iterator[str]:
        settings = Settings(database_url=sqlite_url, access_code="Rathaus 2026")
        with Served(settings, library) as served:
            yield served.url

    def test_closed(self, page: Page, faults: Faults) -> None:
        page.goto("/")
        assert inspect(page, faults) == {}
        page.goto("/start")
        page.get_by_label("Landkreis").check()
        page.get_by_role("button", name="Los geht es").click()
        expect(page.locator("#error-summary")).to_be_focused()
        assert inspect(page, faults) == {}


@pytest.mark.browser_context_args(forced_colors="active")
def test_in_forced_colours_the_choice_and_the_focus_can_be_told(page: Page, faults: Faults, visitor: Visitor) -> None:
    page.goto(visitor.address("abschnitt/E1"))
    radio = page.locator("#q-E1-lenkungsgruppe-2")
    radio.focus()
    page.keyboard.press("Space")
    expect(page.locator("#status")).to_contain_text("Gespeichert")
    marks = page.evaluate(
        """() => { const label = n => document.querySelector(`label[for="q-E1-lenkungsgruppe-${n}"]`);
        const style = n => { const s = getComputedStyle(label(n));
          return [s.borderInlineStartColor, s.fontWeight, s.outlineStyle]; };
        return [style(2), style(3)]; }"""
    )
    assert marks[0][0] != marks[1][0]
    assert marks[0][1] != marks[1][1]
    assert marks[0][2] == "solid"
    assert faults() == []


def test_nothing_moves_for_those_who_do_not_want_it(page: Page, visitor: Visitor) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(visitor.address("abschnitt/E1"))
    moving = page.evaluate(
        """[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);
        return parseFloat(s.transitionDuration) > .01 || parseFloat(s.animationDuration) > .01
          || s.scrollBehavior === 'smooth'; }).map(e => e.tagName + '.' + e.className)"""
    )
    assert moving == []


@pytest.mark.parametrize("width", [320, 1280])
def test_answers_are_large_enough_for_a_thumb(page: Page, visitor: Visitor, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(visitor.address("abschnitt/E7"))
    open_everything(page, visitor)
    low = page.evaluate(
        """[...document.querySelectorAll('.level__label, .carried__option, .kern-btn, .extra__input')]
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert low == []


def test_a_new_check_opens_for_every_test(program: Any) -> None:
    """The tests above share one server; they must not share a check."""
    assert started(program).known != started(program).known
