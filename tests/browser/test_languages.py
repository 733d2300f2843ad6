# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The language chosen in the header, in a real browser: kept in every fragment and at the same place (lesson 25)."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app import i18n
from questionnaires.library import Library
from tests.languages import readable
from tests.standing.test_translation import foreign_to

Faults = Callable[[], list[tuple[str, list[Any]]]]

NAMES = {"de": "Deutsch", "einfach": "Einfache Sprache", "en": "English"}
SAVED = {"de": "Gespeichert um", "einfach": "Gespeichert um", "en": "Saved at"}
ENGLISH = "English"
PAGES = ("/", "/start", "/datenschutz", "/barrierefreiheit", "/beispiel/ergebnis", "/beispiel/ergebnis/methode")


def choose(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".tongues__current")).to_have_text(name)


def begin(page: Page, questionnaire: str) -> None:
    """A new check in the language of the page, on its first section."""
    page.goto("/start")
    page.locator(f"#questionnaire-{questionnaire}").check()
    page.locator("input[name=municipality_type]").first.check()
    page.locator("main form .kern-btn--primary").click()
    page.locator("main .kern-btn--primary").first.click()
    expect(page.locator("fieldset.question").first).to_be_visible()


def mixed(page: Page, language: str) -> list[str]:
    """Sentences of the German interface that stand on a page of another language."""
    shown = readable(page.content())
    return [sentence for sentence in foreign_to(language) if sentence in shown]


@pytest.mark.parametrize("language", i18n.available())
def test_every_questionnaire_is_answered_in_one_language(page: Page, library: Library, language: str) -> None:
    page.goto("/")
    if language != i18n.SOURCE:
        choose(page, NAMES[language])
    for questionnaire in library.ids():
        begin(page, questionnaire)
        first = page.locator("fieldset.question").first
        mark = first.evaluate("element => element.id")
        first.locator(".level__radio").nth(2).check()
        expect(page.locator("#status")).to_contain_text(SAVED[language])
        swapped = page.locator(f"#{mark}")
        expect(swapped.locator(".level__radio").nth(2)).to_be_checked()
        assert mixed(page, language) == []
        page.locator("main button[value=next]").click()
        expect(page.locator("fieldset.question").first).to_be_visible()
        assert mixed(page, language) == []
        page.goto(page.url.split("/abschnitt/")[0] + "/ergebnis")
        assert mixed(page, language) == []
        assert page.evaluate("document.documentElement.lang") == i18n.tag(language)


def test_answers_are_the_same_in_every_language_and_the_place_is_kept(page: Page) -> None:
    begin(page, "weltoffene-kommune")
    third = page.locator("fieldset.question").nth(2)
    third.locator(".level__radio").nth(3).check()
    expect(page.locator("#status")).to_contain_text("Gespeichert um")
    mark = third.evaluate("element => element.id")
    page.goto(f"{page.url.split('#')[0]}#{mark}")
    address = page.url
    choose(page, ENGLISH)
    expect(page).to_have_url(address)
    expect(page.locator(f"#{mark}")).to_be_in_viewport()
    expect(page.locator(f"#{mark} .level__radio").nth(3)).to_be_checked()
    page.locator(f"#{mark} .level__radio").nth(1).check()
    expect(page.locator("#status")).to_contain_text("Saved at")
    choose(page, "Einfache Sprache")
    expect(page.locator(f"#{mark} .level__radio").nth(1)).to_be_checked()


def test_a_fragment_asked_for_by_filters_speaks_the_language_of_the_page(page: Page) -> None:
    page.goto("/beispiel/ergebnis/schritte")
    choose(page, ENGLISH)
    page.locator("#aufwand").select_option("low")
    expect(page.locator("#schritte h2")).to_contain_text("steps")
    expect(page).to_have_url(re.compile("aufwand=low"))
    choose(page, "Deutsch")
    expect(page).to_have_url(re.compile("aufwand=low"))
    expect(page.locator("#schritte h2")).to_contain_text("Schritten")


def test_without_network_the_page_says_so_in_its_language(page: Page) -> None:
    page.goto("/start")
    choose(page, ENGLISH)
    begin(page, "kurzcheck")
    page.context.set_offline(True)
    page.locator(".level__radio").first.check()
    expect(page.locator("#status")).to_contain_text("Not saved")


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_the_choice_works_without_script(page: Page) -> None:
    page.goto("/beispiel/ergebnis/schritte?aufwand=low")
    choose(page, ENGLISH)
    assert page.url.endswith("/beispiel/ergebnis/schritte?aufwand=low")
    expect(page.get_by_role("heading", level=1)).to_have_text("Next steps")


def test_one_cookie_appears_with_the_choice_and_nothing_else_is_stored(page: Page) -> None:
    page.goto("/")
    assert page.context.cookies() == []
    choose(page, ENGLISH)
    assert [cookie.get("value") for cookie in page.context.cookies()] == ["~en"]
    begin(page, "kurzcheck")
    assert len(page.context.cookies()) == 1
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("language", ["einfach", "en"])
def test_every_frame_is_accessible_and_fits_a_phone(page: Page, faults: Faults, language: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/")
    choose(page, NAMES[language])
    for path in PAGES:
        page.goto(path)
        assert faults() == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path


def test_the_choice_is_reached_and_used_by_keyboard(page: Page) -> None:
    page.goto("/impressum")
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=ENGLISH)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Legal notice")
