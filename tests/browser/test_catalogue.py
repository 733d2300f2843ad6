# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Examples from practice, and what unfolds beside questions and results: with script, without, and for everybody."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

Faults = Callable[[], list[tuple[str, list[Any]]]]
UNFOLD = "document.querySelectorAll('main details').forEach(details => { details.open = true })"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_that_unfolds_is_at_fault(page: Page, faults: Faults, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 640})
        for path in ("/praxis", "/praxis?frage=E1.lenkungsgruppe", "/beispiel/ergebnis/abschnitte", section(page)):
            page.goto(path)
            page.evaluate(UNFOLD)
            assert faults() == [], (path, width)
            assert page.evaluate(SIDEWAYS) <= 0, (path, width)


def test_a_filter_acts_at_once_says_how_many_and_can_be_shared(page: Page) -> None:
    page.goto("/praxis")
    promised = page.locator("#typ option[value=landkreis]").inner_text()
    count = re.search(r"\((\d+)\)", promised)
    assert count
    page.get_by_label("Typ der Kommune").select_option("landkreis")
    expect(page.locator("#status")).to_have_text(f"{count[1]} Beispiele")
    expect(page.locator("#beispiele")).to_contain_text(f"{count[1]} von ")
    expect(page.get_by_label("Typ der Kommune")).to_be_visible()
    assert "typ=landkreis" in page.url
    shared = page.locator("#beispiele").inner_text()
    page.goto(page.url)
    assert page.locator("#beispiele").inner_text() == shared


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_examples_can_be_filtered_and_opened_without_script(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Beispiele ansehen").click()
    page.get_by_label("Stand").select_option("planned")
    page.get_by_role("button", name="Auswählen").click()
    expect(page.get_by_label("Stand")).to_have_value("planned")
    page.locator(".practice__link").first.click()
    expect(page.locator(".practice__planned")).to_have_text("geplant")
    page.get_by_role("link", name=re.compile("weiteres? Beispiele? zu dieser Frage")).first.click()
    expect(page.locator("main")).to_contain_text("Nur Beispiele zu dieser Frage:")


def test_explained_words_stay_open_when_the_question_saves_itself(page: Page) -> None:
    page.goto(section(page))
    terms = page.locator("details.terms").first
    terms.locator("summary").click()
    expect(terms.locator("dd").first).to_be_visible()
    question = page.locator("fieldset.question").filter(has=page.locator("details.terms")).first
    question.locator(".level__label").nth(1).click()
    expect(page.locator("#status")).to_contain_text("Gespeichert um")
    expect(terms.locator("dd").first).to_be_visible()


def section(page: Page) -> str:
    """The first section of a new check."""
    page.goto("/start")
    page.locator("input[name=municipality_type][value=mittlere_stadt]").check()
    page.locator("main button[type=submit]").last.click()
    page.wait_for_url("**/check/*/")
    return f"{page.url}abschnitt/E1"
