# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""In and out in a real browser, which has its own mind about cookies, redirects after forms, and policies."""

from typing import Any

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page, expect

from tests.app.accounts.oidc.people import invited, sessions
from tests.app.accounts.oidc.real import RealProvider
from tests.browser.conftest import Faults, base_url, browser_type_launch_args, faults  # noqa: F401  they are fixtures


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """The browser does not know the authority of the tests."""
    return {**browser_context_args, "ignore_https_errors": True, "locale": "de-DE"}


def test_in_and_out(
    served: FastAPI,
    real: RealProvider,
    page: Page,
    app_url: str,
    faults: Faults,  # noqa: F811  the fixture
) -> None:
    with served.state.database.writing() as db:
        invited(db, "ada@example.org")
    page.route(lambda address: not address.startswith((app_url, real.issuer)), lambda route: route.abort())
    page.goto(f"{app_url}/anmelden?weiter=/konto/oidc")
    page.get_by_role("button", name="Stadt-Login").click()
    page.locator("[name=login]").fill("ada")
    page.locator("[name=password]").fill("any")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()
    finishing = page.get_by_role("button", name="Jetzt anmelden")
    expect(finishing).to_be_visible()
    assert faults() == []
    finishing.click()
    expect(page.get_by_text("Sie melden sich nur dort an")).to_be_visible()
    assert page.url == f"{app_url}/konto/oidc"
    assert faults() == []
    page.get_by_role("button", name="Abmelden").click()
    out_there = page.get_by_role("link", name="Auch bei Stadt-Login abmelden")
    expect(out_there).to_be_visible()
    assert faults() == []
    with served.state.database.reading() as db:
        assert sessions(db) == []
    out_there.click()
    page.get_by_role("button", name="Yes, sign me out").click()
    expect(page.get_by_role("heading", name="Sie sind auch bei Stadt-Login abgemeldet")).to_be_visible()
    assert real.says() == "backchannel success"
