# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""An invented language from right to left, a third longer: the layout is mirrored, nothing overflows (U-24)."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages import Catalog
from playwright.sync_api import Page, expect

from app.i18n import catalogues
from app.settings import Settings
from app.web.assets import FOLDER as STATIC
from questionnaires.library import Library
from tests.browser.served import Served
from tests.languages import pseudo, with_language

PHYSICAL = re.compile(
    r"(?:^|[;{\s])(?:(?:margin|padding|border)-(?:left|right)[\w-]*|left|right)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)"
    r"|(?:margin|padding)\s*:\s*[^\s;]+ (?P<right>[^\s;]+) [^\s;]+ (?!(?P=right)[;\s])[^\s;]+\s*;"
)
PAGES = ("/", "/start", "/weiter", "/impressum", "/barriere-melden", "/glossar", "/beispiel/ergebnis")
RESULT = ("abschnitte", "faktoren", "schritte", "listen", "methode", "druck")


@pytest.fixture
def invented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalog]:
    yield from with_language(tmp_path, monkeypatch, "ar", pseudo(catalogues.extract()))


@pytest.fixture
def server(invented: Catalog, settings: Settings, library: Library) -> Iterator[str]:
    """A server with the invented language beside German."""
    with Served(settings, library) as served:
        yield served.url


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "ar"}


def test_own_styles_know_no_left_and_right() -> None:
    for path in sorted(STATIC.glob("*.css")):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert [found.group().strip() for found in PHYSICAL.finditer(text)] == [], path.name


def test_nothing_moves_sideways_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for path in (*PAGES, *(f"/beispiel/ergebnis/{name}" for name in RESULT)):
        page.goto(path)
        assert page.evaluate("document.dir") == "rtl", path
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path


def test_the_layout_is_mirrored(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/")
    name, choice = page.locator(".site-header__name"), page.locator(".tongues")
    assert _left(name.bounding_box()) > _left(choice.bounding_box())
    page.goto("/start")
    page.locator("input[name=municipality_type]").first.check()
    page.locator("main form .kern-btn--primary").click()
    page.locator("main .kern-btn--primary").first.click()
    radio = page.locator(".level__radio").first
    label = page.locator(".level__text").first
    assert _left(radio.bounding_box()) > _left(label.bounding_box())
    radio.check()
    expect(page.locator("#status")).to_contain_text("［Gespeichert um")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def _left(box: Any) -> float:
    assert box is not None
    return float(box["x"])
