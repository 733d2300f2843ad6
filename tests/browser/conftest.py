# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real server, a real Chromium, and axe. Without a browser the tests fail: a missing part is no skip."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Page

from app.main import create_app
from app.settings import Settings
from questionnaires.library import Library

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# target-size is off by default in axe; A-23 asks for it.
OPTIONS = {"runOnly": RULES, "rules": {"target-size": {"enabled": True}}}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, or the one that CHROMIUM names."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        pytest.fail("Chromium fehlt: apt-get install chromium, oder CHROMIUM setzen")
    flags = ["--no-sandbox", "--disable-dev-shm-usage"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": found, "args": flags}


@pytest.fixture(scope="session")
def base_url() -> str:
    """Unused: each test has a server of its own. The plugin's own fixture warns, and warnings are errors here."""
    return ""


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], server: str) -> dict[str, Any]:
    """Addresses in tests are paths on the server of the test."""
    return {**browser_context_args, "base_url": server, "locale": "de-DE"}


@pytest.fixture
def app(settings: Settings, library: Library) -> FastAPI:
    """The app with a clock that runs, as people meet it."""
    return create_app(settings, library=library)


@pytest.fixture
def server(app: FastAPI) -> Iterator[str]:
    """The app, served on a loopback address as the command line serves it."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, proxy_headers=False, log_config=None, timeout_graceful_shutdown=1)
        running = uvicorn.Server(config)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
        thread.start()
        while not running.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        running.should_exit = True
        thread.join()


@pytest.fixture
def faults(page: Page) -> Callable[[], list[tuple[str, list[Any]]]]:
    """Runs axe on the page as it is now; gives the rules broken and where."""

    def run() -> list[tuple[str, list[Any]]]:
        page.evaluate(AXE + ";undefined")  # evaluate() is not subject to the page's own policy
        result = page.evaluate("options => axe.run(document, options)", OPTIONS)
        return [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in result["violations"]]

    return run
