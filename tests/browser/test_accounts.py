# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signing in and one's own account in a real browser: by keyboard, without script, at 320 px, and axe on every page."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from app.accounts.actions.inviting import invite
from app.accounts.actions.sessions import begin_session, end_all_sessions
from app.accounts.passwords import Passwords
from app.accounts.second_factor import new_secret
from app.tables.people import Account
from app.web.staff_session import PLAIN_NAME
from tests.app.accounts.local.conftest import CHEAP
from tests.app.accounts.local.people import PASSWORD, Someone, someone
from tests.browser.conftest import Faults
from tests.browser.served import Served

PAGES = (
    "/konto",
    "/konto/name",
    "/konto/email",
    "/konto/passwort",
    "/konto/zweiter-faktor",
    "/konto/zweiter-faktor/codes",
    "/konto/loeschen",
    "/verwaltung",
    "/verwaltung/konten",
)
OUTSIDE = ("/anmelden?weiter=/konto", "/anmelden/vergessen", "/abgemeldet", "/passwort/x")


@pytest.fixture(autouse=True)
def cheap(served: Served) -> Iterator[None]:
    """Hash cheaply, and let nobody's wrong tries stand in the way of another test."""
    former = served.app.state.passwords
    served.app.state.passwords = Passwords(hasher=CHEAP)
    yield
    served.app.state.passwords = former


@pytest.fixture
def operator(served: Served) -> Someone:
    return someone(served.app, f"op.{uuid4().hex[:6]}@kommune.de", operator=True, factor=True, name="Ope Rator")


def let_in(page: Page, served: Served, who: Someone) -> str:
    """Give the page a session in which everything is proved."""
    with served.app.state.database.writing() as db:
        token = begin_session(db, who.id, datetime.now(UTC), proved=True)
    page.context.add_cookies([{"name": PLAIN_NAME, "value": token, "url": served.url}])
    return token


def sign_out_everywhere(served: Served, who: Someone) -> None:
    with served.app.state.database.writing() as db:
        end_all_sessions(db, who.id)


def code(who: Someone) -> str:
    return pyotp.TOTP(who.secret).now()


def test_invited_signed_in_and_set_up_by_keyboard_alone(page: Page, served: Served) -> None:
    now = datetime.now(UTC)
    with served.app.state.database.writing() as db:
        email = f"neu.{uuid4().hex[:6]}@kommune.de"
        invited = invite(db, email=email, name="Neu Ling", now=now, today=now.date())
        account = db.get(Account, invited.account_id)
        assert account is not None
        account.is_operator = True
    page.goto(f"/einladung/{invited.token}")
    page.locator("#new_password").focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    secret = page.locator("input[name=secret]").get_attribute("value")
    page.locator("#code").focus()
    page.keyboard.type(pyotp.TOTP(str(secret)).now())
    page.keyboard.press("Enter")
    expect(page.locator(".recovery-codes__code")).to_have_count(10)
    page.get_by_role("link", name="Ich habe die Codes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Verwaltung")


def test_passwords_can_be_pasted(page: Page, served: Served, operator: Someone) -> None:
    page.goto("/anmelden")
    for field, text in (("#email", operator.email), ("#password", PASSWORD)):
        page.evaluate(
            """([field, text]) => {
                const input = document.querySelector(field);
                input.focus();
                const data = new DataTransfer();
                data.setData("text/plain", text);
                if (input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, cancelable: true })))
                    document.execCommand("insertText", false, text);
            }""",
            [field, text],
        )
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Zweiter Schritt der Anmeldung")


def test_everything_works_without_script(browser: Browser, served: Served, operator: Someone) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=served.url, locale="de-DE")
    page = context.new_page()
    page.goto("/verwaltung/konten")
    page.fill("#email", operator.email)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.fill("#code", code(operator))
    page.get_by_role("button", name="Weiter", exact=True).click()
    expect(page).to_have_url(re.compile("/verwaltung/konten$"))
    page.goto("/konto/name")
    sign_out_everywhere(served, operator)
    page.fill("#name", "Ada „Neu“ Lovelace")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Ihre letzte Eingabe ist noch da")).to_be_visible()
    with served.app.state.database.writing() as db:
        account = db.get(Account, operator.id)
        assert account is not None
        account.totp_step = None
    page.fill("#email", operator.email)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.fill("#code", code(operator))
    page.get_by_role("button", name="Weiter", exact=True).click()
    page.get_by_role("button", name="Eingabe senden").click()
    expect(page.get_by_text("Der Name ist geändert.")).to_be_visible()
    expect(page.locator(".about")).to_contain_text("Ada „Neu“ Lovelace")
    page.get_by_role("button", name="Abmelden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sie sind abgemeldet")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(
    page: Page, served: Served, operator: Someone, faults: Faults, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for address in OUTSIDE:
        page.goto(address)
        assert faults() == [], address
    let_in(page, served, operator)
    for address in (*PAGES, f"/verwaltung/konten/{operator.id}"):
        page.goto(address)
        assert faults() == [], address
    page.goto(f"/verwaltung/konten/{operator.id}")
    page.get_by_role("button", name="Ausführen").click()
    assert faults() == []
    expect(page.locator(".error-summary")).to_be_focused()


def test_nothing_moves_sideways_at_320_pixels(page: Page, served: Served, operator: Someone) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    let_in(page, served, operator)
    for address in (*OUTSIDE, *PAGES, f"/verwaltung/konten/{operator.id}"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_the_picture_with_the_secret_passes_the_policy(page: Page, served: Served) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    let_in(page, served, someone(served.app, f"{uuid4().hex[:6]}@kommune.de"))
    page.goto("/konto/zweiter-faktor")
    box = page.locator(".qr-frame svg").bounding_box()
    assert box is not None
    assert box["width"] > 180
    assert refused == []
    assert new_secret() not in page.content()


def test_five_minutes_before_the_end_one_press_keeps_people_signed_in(page: Page, served: Served) -> None:
    who = someone(served.app, f"{uuid4().hex[:6]}@kommune.de")
    page.clock.install()
    let_in(page, served, who)
    page.goto("/konto/name")
    box = page.locator(".expiry__box")
    page.clock.fast_forward("54:00")
    expect(box).to_be_hidden()
    page.clock.fast_forward("01:10")
    expect(box).to_be_visible()
    page.fill("#name", "Halb getippt")
    page.get_by_role("button", name="Angemeldet bleiben").click()
    expect(box).to_be_hidden()
    expect(page.locator("#name")).to_have_value("Halb getippt")
    page.clock.fast_forward("54:00")
    expect(box).to_be_hidden()
    page.clock.fast_forward("02:00")
    expect(box).to_be_visible()
    page.clock.fast_forward("05:00")
    expect(page.get_by_text("Ihre Anmeldung ist abgelaufen")).to_be_visible()
    expect(page.get_by_role("button", name="Angemeldet bleiben")).to_be_hidden()


def test_another_window_that_is_used_puts_the_warning_off(page: Page, served: Served) -> None:
    let_in(page, served, someone(served.app, f"{uuid4().hex[:6]}@kommune.de"))
    page.clock.install()
    page.goto("/konto/name")
    page.clock.fast_forward("55:30")
    expect(page.locator(".expiry__box")).to_be_visible()
    other = page.context.new_page()
    other.clock.install(time=datetime.now(UTC).timestamp() + 3330)
    other.goto("/konto")
    expect(page.locator(".expiry__box")).to_be_hidden()
