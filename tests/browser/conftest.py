# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""One real server, one real Chromium, and axe. Without a browser the tests fail: a missing part is no skip."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Client
from playwright.sync_api import BrowserType, Page, expect

from app import migrations
from app.settings import Settings
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from tests.app.responses.visitor import Visitor
from tests.browser.filling import fill
from tests.browser.served import Served

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# target-size is off by default in axe; A-23 asks for it.
OPTIONS = {"runOnly": RULES, "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
# What was fine or does not apply stays in the browser: it is a hundred times as much.
RUN = """options => axe.run(document, options)
  .then(found => found.violations.map(rule => [rule.id, rule.nodes.map(node => node.target)]))"""

Faults = Callable[..., list[tuple[str, list[Any]]]]

# Browsers share the cores with other tests; nothing waits longer than it must.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], browser_type: BrowserType) -> dict[str, Any]:
    """The browser that CHROMIUM names, one of the system's, or playwright's own."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if not found and not Path(browser_type.executable_path).exists():
        pytest.fail(
            "Chromium fehlt: apt-get install chromium, oder .venv/bin/playwright install chromium, "
            "oder CHROMIUM auf das Programm setzen"
        )
    flags = ["--no-sandbox", "--disable-dev-shm-usage"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "args": flags} | ({"executable_path": found} if found else {})


@pytest.fixture(scope="session")
def base_url() -> str:
    """Unused. The plugin's own fixture warns, and warnings are errors here."""
    return ""


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Iterator[Served]:
    """The server of all tests here: each starts a check of its own, so they do not meet."""
    url = f"sqlite:///{tmp_path_factory.mktemp('served') / 'check.db'}"
    migrations.upgrade(url)
    settings = Settings(database_url=url, starts_per_hour=10_000, failed_codes_per_hour=10_000)
    with Served(settings, library) as served:
        yield served


@pytest.fixture
def server(served: Served) -> str:
    """Its address; a module may bring a server of its own."""
    return served.url


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], server: str) -> dict[str, Any]:
    """Addresses in tests are paths on the server."""
    return {**browser_context_args, "base_url": server, "locale": "de-DE"}


@pytest.fixture(scope="session")
def questionnaire(library: Library) -> Questionnaire:
    return library.latest("weltoffene-kommune")


@pytest.fixture(scope="session")
def program(served: Served) -> Iterator[Client]:
    """A quick way to prepare checks, beside the browser; it carries no cookie from one to the next."""
    with Client(base_url=served.url, timeout=30) as client:
        yield client


@pytest.fixture
def visitor(program: Client, page: Page) -> Visitor:
    """A check just started, opened in the browser's context too."""
    return carry(started(program), page)


@pytest.fixture(scope="session")
def _filled(program: Client, questionnaire: Questionnaire) -> tuple[str, str]:
    return fill(started(program, "landkreis"), questionnaire).known


@pytest.fixture(scope="session")
def _submitted(program: Client, questionnaire: Questionnaire) -> tuple[str, str]:
    visitor = fill(started(program), questionnaire)
    visitor.post("abgeben")
    return visitor.known


@pytest.fixture
def filled(program: Client, page: Page, _filled: tuple[str, str]) -> Visitor:
    """A check with answers of every kind, to look at and not to change: it is the same for all tests."""
    return carry(Visitor(program, *_filled), page)


@pytest.fixture
def submitted(program: Client, page: Page, _submitted: tuple[str, str]) -> Visitor:
    """A submitted check, to look at."""
    return carry(Visitor(program, *_submitted), page)


@pytest.fixture
def faults(page: Page) -> Faults:
    """Runs axe on the page as it is now; gives the rules broken and where."""

    def run(**options: Any) -> list[tuple[str, list[Any]]]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(f"{AXE}; undefined")  # evaluate() is not subject to the page's own policy
        return [(rule, nodes) for rule, nodes in page.evaluate(RUN, {**OPTIONS, **options})]

    return run


def started(program: Client, kind: str = "kleine_stadt_gemeinde") -> Visitor:
    """A new check."""
    program.cookies.clear()
    return Visitor(program).start(kind)


def carry(visitor: Visitor, page: Page) -> Visitor:
    """Give the check's code to the browser, and to the program."""
    visitor.client.cookies.clear()
    visitor.client.cookies.set("selbstcheck", visitor.code, domain="127.0.0.1")
    page.context.add_cookies([{"name": "selbstcheck", "value": visitor.code, "url": str(visitor.client.base_url)}])
    return visitor
