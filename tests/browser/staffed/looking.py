# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with a page as it stands, beside what test_states looks at: frame, focus, console, foreign hosts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Request, Response

from tests.browser.conftest import Faults

STOPS = """[...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter(e => !e.disabled && e.checkVisibility({visibilityProperty: true}))"""
UNSEEN = f"""() => {{
  const around = e => [e, ...(e.labels || []), e.parentElement, e.nextElementSibling].filter(Boolean);
  const drawn = (e, part) => {{ const s = getComputedStyle(e, part);
    return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderTopColor, s.borderTopWidth]; }};
  const look = e => JSON.stringify(around(e).map(one => [drawn(one), drawn(one, '::before'), drawn(one, '::after')]));
  const unseen = {STOPS}.filter(e => {{
    document.activeElement.blur();
    const before = look(e);
    e.focus();
    return document.activeElement === e && look(e) === before;
  }});
  document.activeElement.blur();
  return unseen.map(e => e.outerHTML.slice(0, 160));
}}"""
"""Where the focus would not be seen. By script it looks as by keyboard once a key was pressed."""

COVERED = f"""() => {STOPS}.filter(e => {{
  e.focus();
  const box = [...e.getClientRects()].find(one => one.width && one.height);
  if (document.activeElement !== e || !box) return false;
  const shown = (from, to, size) => (Math.max(from, 0) + Math.min(to, size)) / 2;
  const hit = document.elementFromPoint(
    shown(box.left, box.right, innerWidth), shown(box.top, box.bottom, innerHeight));
  return !hit || ![e, ...(e.labels || [])].some(one => one.contains(hit) || hit.contains(one));
}}).map(e => e.outerHTML.slice(0, 160))"""
"""What has the focus and is out of sight or below something else (2.4.11)."""

FRAME = """() => ({
  h1: document.querySelectorAll('h1').length,
  lang: document.documentElement.lang,
  title: document.title.split(' – ').length > 1 && !/ –  –|^ –|None|undefined/.test(document.title),
  kept: localStorage.length + sessionStorage.length,
  ids: [...document.querySelectorAll('[id]')].map(e => e.id).filter((id, place, all) => all.indexOf(id) !== place),
})"""
SOUND = {"h1": 1, "lang": "de", "title": True, "kept": 0, "ids": []}

LEADS_NOWHERE = """() => [...document.querySelectorAll('.error-summary__list a')]
  .filter(a => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).map(a => a.outerHTML)"""


REDIRECT = 303
CONTRAST = "color-contrast"


def without_contrast(faults: Faults) -> Faults:
    """axe without what takes it longest."""

    def run(**options: Any) -> list[tuple[str, list[Any]]]:
        if CONTRAST in options.get("runOnly", {}).get("values", ()):
            return []
        return faults(**{"rules": {"target-size": {"enabled": True}, CONTRAST: {"enabled": False}}, **options})

    return run


@contextmanager
def leaving(page: Page) -> Iterator[None]:
    """Inside, something is done that leads to another page; afterwards it is there.

    Not `expect_navigation`: htmx notes something in the history when it sends a preview, which counts as one too.
    """
    page.evaluate("document.documentElement.dataset.left = ''")
    yield
    page.wait_for_selector("html:not([data-left]) main")
    page.wait_for_load_state()


def came(answer: Response) -> bool:
    """Whether this is a page at the end of its redirects."""
    return answer.request.is_navigation_request() and answer.status != REDIRECT


class Witness:
    """Notes what the browser says and asks for while it is on a page."""

    def __init__(self, page: Page) -> None:
        self._said: list[str] = []
        self._asked: list[Request] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._said.append(str(error)))
        page.on("request", lambda request: self._asked.append(request))

    def forget(self) -> None:
        self._said.clear()
        self._asked.clear()

    def found(self, server: str) -> dict[str, list[str]]:
        """Complaints, and requests to another host."""
        foreign = [one.url for one in self._asked if not one.url.startswith((f"{server}/", "data:"))]
        return {"console": list(self._said), "foreign hosts": foreign}

    def _hear(self, message: ConsoleMessage) -> None:
        """The browser notes the status of every page that says 4xx; that is no complaint."""
        if message.type in {"error", "warning"} and "the server responded with a status of 4" not in message.text:
            self._said.append(message.text)


def frame_and_focus(page: Page) -> dict[str, Any]:
    """What is wrong with the frame, and with the focus wherever it can be."""
    frame = page.evaluate(FRAME)
    page.keyboard.press("Tab")
    found = {"frame": {name: value for name, value in frame.items() if value != SOUND[name]}}
    return found | {"focus not seen": page.evaluate(UNSEEN), "focus covered": page.evaluate(COVERED)}


def summary(page: Page) -> dict[str, Any]:
    """What is wrong with the summary of errors: it has the focus, and each of its links leads to a field."""
    wrong: dict[str, Any] = {"links": page.evaluate(LEADS_NOWHERE)}
    if page.evaluate("document.activeElement.id") != "error-summary":
        wrong["not focused"] = page.evaluate("document.activeElement.outerHTML.slice(0, 80)")
    if not page.title().startswith("Fehler: "):
        wrong["title"] = page.title()
    link = page.locator(".error-summary__list a").first
    target = str(link.get_attribute("href")).removeprefix("#")
    link.press("Enter")
    if page.evaluate("document.activeElement.id") != target:
        wrong["field not focused"] = target
    return wrong


def is_page(response: Response | None, status: int) -> bool:
    """Whether a whole page came, with this status."""
    return response is not None and response.status == status and "text/html" in response.headers["content-type"]
