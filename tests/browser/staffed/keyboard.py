# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody who uses the keyboard alone, and sees at every stop where they are (2.1.1, 2.4.7)."""

from playwright.sync_api import Page

from tests.browser.staffed.looking import leaving

MOST_STOPS = 120
SEEN = """selector => { const e = document.activeElement;
  const around = [e, ...(e.labels || []), e.parentElement].flatMap(one => ['', '::before', '::after']
    .map(part => getComputedStyle(one, part)));
  const drawn = s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 1) || s.boxShadow !== 'none';
  return [e.matches(selector), e === document.body || around.some(drawn), e.outerHTML.slice(0, 160)]; }"""


class Keyboard:
    """Tab, arrows, Enter, Space and letters."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def to(self, selector: str) -> "Keyboard":
        """Press Tab until this has the focus."""
        for _ in range(MOST_STOPS):
            self._page.keyboard.press("Tab")
            is_there, is_seen, element = self._page.evaluate(SEEN, selector)
            assert is_seen, f"the focus is not seen at {element}"
            if is_there:
                return self
        raise AssertionError(f"Tab does not lead to {selector} on {self._page.url}")

    def type(self, text: str) -> None:
        """In the place of what stands there."""
        self._page.keyboard.press("Control+A")
        self._page.keyboard.type(text)

    def choose(self, selector: str) -> None:
        """With the arrows, within a group of radio buttons."""
        for _ in range(MOST_STOPS):
            if self._page.evaluate("selector => document.activeElement.matches(selector)", selector):
                self._page.keyboard.press("Space")
                return
            self._page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not lead to {selector}")

    def tick(self, selector: str) -> None:
        self.to(selector)._page.keyboard.press("Space")

    def follow(self, selector: str) -> None:
        """Press a button or follow a link, as far as the page that comes."""
        self.to(selector)
        self.enter()

    def enter(self) -> None:
        """Press Enter, and wait until another page is there."""
        with leaving(self._page):
            self._page.keyboard.press("Enter")
