# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The frame of every page in a browser: accessible in every appearance, alone on its server, honest offline."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

Faults = Callable[[], list[tuple[str, list[Any]]]]
PAGES = [
    "/",
    "/impressum",
    "/datenschutz",
    "/barrierefreiheit",
    "/barriere-melden",
    "/gibt-es-nicht",
    "/weiter",
    "/start",
    "/praxis",
    "/praxis/stuttgart_lenkungsgruppe",
    "/glossar",
]


@pytest.mark.browser_context_args(forced_colors="active")
def test_axe_finds_nothing_in_forced_colours(page: Page, faults: Faults) -> None:
    """Light, dark, narrow and with larger text: see test_states."""
    for path in PAGES:
        page.goto(path)
        assert faults() == [], path


def test_no_request_leaves_the_server_and_nothing_is_stored(page: Page, server: str) -> None:
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))  # playwright marks its handlers
    for path in PAGES:
        page.goto(path)
    foreign = [request.url for request in asked if not request.url.startswith((server, "data:"))]
    assert foreign == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []


def test_no_page_breaks_its_own_policy(page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in PAGES:
        page.goto(path)
    assert [text for text in said if "Content Security Policy" in text] == []


def test_the_skip_link_is_first_visible_and_works(page: Page) -> None:
    page.goto("/datenschutz")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Zum Inhalt springen")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main, footer')")


def test_focus_is_never_hidden(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")  # no smooth scrolling: measure where it ends
    page.set_viewport_size({"width": 320, "height": 400})
    page.goto("/barriere-melden")
    for _ in range(14):
        page.keyboard.press("Tab")
        covered = page.evaluate(
            """() => { const e = document.activeElement; if (e === document.body) return false;
            const r = e.getBoundingClientRect();
            const x = Math.min(r.left + 5, innerWidth - 2), y = r.top + Math.min(r.height, 40) / 2;
            const hit = document.elementFromPoint(x, y); return !(hit && (e.contains(hit) || hit.contains(e))); }"""
        )
        assert not covered, page.evaluate("document.activeElement.outerHTML")


def test_errors_get_the_focus_and_lead_to_their_field(page: Page, faults: Faults) -> None:
    page.goto("/barriere-melden")
    page.get_by_role("button", name="Barriere melden").click()
    expect(page.locator("#error-summary")).to_be_focused()
    assert page.title().startswith("Fehler: ")
    assert faults() == []
    page.get_by_role("link", name="Beschreiben Sie, was nicht funktioniert.").click()
    expect(page.get_by_label("Was funktioniert nicht?")).to_be_focused()


def test_htmx_is_set_to_evaluate_and_store_nothing(page: Page) -> None:
    page.goto("/impressum")
    config = page.evaluate("htmx.config")
    assert config["includeIndicatorCSS"] is False
    assert config["history"] == "reload"
    assert config["mode"] == "same-origin"
    assert {"5xx", 429, 404, 403} <= set(config["noSwap"])


WITH_AUTOSAVE = """path => { const e = document.createElement('button'); e.id = 'probe'; e.textContent = 'alt';
e.setAttribute('data-hx-post', path); document.querySelector('main').append(e); htmx.process(e); }"""


def test_without_network_the_live_region_says_so_and_nothing_is_replaced(page: Page) -> None:
    page.goto("/impressum")
    page.evaluate("document.getElementById('status').mark = 'same node'")
    page.evaluate(WITH_AUTOSAVE, "/barriere-melden")
    page.context.set_offline(True)
    page.click("#probe")
    expect(page.locator("#status")).to_contain_text("Nicht gespeichert")
    expect(page.locator("#probe")).to_have_text("alt")
    assert page.evaluate("document.getElementById('status').mark") == "same node"


def test_an_error_says_its_own_words_and_replaces_nothing(page: Page) -> None:
    page.goto("/impressum")
    page.evaluate(WITH_AUTOSAVE, "/gibt-es-nicht")
    page.click("#probe")
    expect(page.locator("#status")).to_contain_text("Diese Seite gibt es nicht")
    expect(page.locator("#probe")).to_have_text("alt")


def test_a_foreign_error_page_of_a_proxy_replaces_nothing(page: Page) -> None:
    page.goto("/impressum")
    page.route("**/barriere-melden", lambda route: route.fulfill(status=502, body="<h1>Bad Gateway</h1>"))
    page.evaluate(WITH_AUTOSAVE, "/barriere-melden")
    page.click("#probe")
    expect(page.locator("#status")).to_contain_text("Nicht gespeichert")
    expect(page.locator("#probe")).to_have_text("alt")


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_the_footer_names_each_link_once(page: Page) -> None:
    page.goto("/")
    names = page.locator(".site-footer__links a").all_inner_texts()
    assert len(names) == len(set(names)) > 4


@pytest.mark.parametrize("width", [360, 1200])
def test_the_choice_of_languages_stands_on_one_line(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/")
    baselines = page.locator(".tongues li > *").evaluate_all(
        """found => found.map(element => {
          const mark = document.createElement('span');
          mark.style.cssText = 'display: inline-block; width: 0; height: 0';
          element.append(mark);
          return mark.getBoundingClientRect().bottom;
        })"""
    )
    assert len(baselines) > 1
    assert len(set(baselines)) == 1


def test_a_barrier_can_be_reported_without_script(page: Page) -> None:
    page.goto("/datenschutz")
    page.get_by_role("link", name="Barriere melden").click()
    expect(page.get_by_label("Auf welcher Seite?")).to_have_value("/datenschutz")
    page.get_by_label("Was funktioniert nicht?").fill("Der Kontrast ist zu gering.")
    page.get_by_role("button", name="Barriere melden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Danke für Ihren Hinweis")
