# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Taking part in a round in a real browser: one tablet for many people, without script, and every page by axe."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from app import tokens
from app.tables.rounds import ROUNDS
from app.web.staff_session import PLAIN_NAME
from tests import staff
from tests.app.rounds.conftest import PlannedRound, a_plan, opened_round
from tests.browser.conftest import Faults
from tests.browser.served import Served
from tests.browser.test_states import inspect

FIRST = "input[name$='.answer'][value='3']"
CODE_NEEDED = "Für diesen Selbstcheck brauchen Sie Ihren Code"
STORED = "Object.keys(localStorage).length + Object.keys(sessionStorage).length"


@pytest.fixture(scope="module")
def remembering(launch_browser: Callable[..., Browser]) -> Iterator[Browser]:
    """A browser that keeps pages for „Zurück“ as people's browsers do; playwright switches that off by default."""
    browser = launch_browser(ignore_default_args=["--disable-back-forward-cache"])
    yield browser
    browser.close()


@pytest.fixture
def tablet(remembering: Browser, browser_context_args: dict[str, object]) -> Iterator[Page]:
    """A window of that browser."""
    context = remembering.new_context(**browser_context_args)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.fixture
def round_(served: Served) -> PlannedRound:
    return _opened(served)


@pytest.fixture
def named(served: Served) -> PlannedRound:
    return _opened(served, mode="named")


def _opened(served: Served, **protection: object) -> PlannedRound:
    app = served.app
    with app.state.database.writing() as db:
        found = opened_round(db, app, a_plan(**protection))
        today = app.state.clock.today()
        db.execute(ROUNDS.update().where(ROUNDS.c.id == found.id).values(opens_on=today, closes_on=today))
    return found


def begin(page: Page, link: str) -> str:
    """Take part; the address of the overview."""
    page.goto(f"/mitmachen/{link}")
    page.get_by_role("button", name="Mitmachen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Übersicht")
    return page.url


def answer_first(page: Page) -> str:
    """Answer the first question; the address of its section."""
    page.get_by_role("link", name="Mit der ersten Frage beginnen").click()
    page.locator(FIRST).first.check()
    expect(page.locator("#status")).to_contain_text("Gespeichert")
    return page.url


def submit(page: Page, overview: str) -> None:
    page.goto(f"{overview}pruefen")
    page.get_by_role("button", name="Antworten abgeben").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("sind abgegeben")


def back(page: Page) -> None:
    """„Zurück“; a page that the browser kept comes without being loaded again."""
    page.go_back(wait_until="commit")
    page.wait_for_function("document.readyState === 'complete'")


def nothing_of(page: Page, code: str) -> None:
    """Neither the code nor an answer of the former person is to be seen."""
    words = page.locator("body").inner_text()
    assert code not in words
    assert tokens.grouped(code) not in words
    assert page.locator("input:checked").count() == 0


def former_code(page: Page) -> str:
    found = [cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "selbstcheck"]
    return found[0].split(".")[-1]


def test_the_next_person_cannot_go_back_to_the_former_answers(tablet: Page, round_: PlannedRound) -> None:
    """Lesson 13: over the back button, the history, and what the browser kept of pages."""
    link = round_.links["politics"]
    overview = begin(tablet, link)
    section = answer_first(tablet)
    submit(tablet, overview)
    code = former_code(tablet)

    tablet.get_by_role("button", name="Nächste Person").click()
    expect(tablet.get_by_role("button", name="Mitmachen")).to_be_visible()
    assert tablet.url.endswith(f"/mitmachen/{link}")
    assert tablet.context.cookies() == []
    assert tablet.evaluate(STORED) == 0
    nothing_of(tablet, code)

    for _ in range(8):  # further than there were pages
        back(tablet)
        nothing_of(tablet, code)
    for address in (overview, section.split("#")[0], f"{overview}quittung", f"{overview}ergebnis"):
        tablet.goto(address)
        expect(tablet.get_by_role("heading", level=1)).to_have_text(CODE_NEEDED)
        nothing_of(tablet, code)


def test_nor_while_somebody_else_is_answering(tablet: Page, round_: PlannedRound) -> None:
    """Left in the middle, without submitting, and another person has begun on the same tablet."""
    link = round_.links["politics"]
    first = begin(tablet, link)
    answer_first(tablet)
    code = former_code(tablet)

    tablet.goto(f"/mitmachen/{link}")
    expect(tablet.get_by_text("Sind Sie das?")).to_be_visible()
    tablet.get_by_role("button", name="Nächste Person").click()
    tablet.get_by_role("button", name="Mitmachen").click()
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Übersicht")
    second = tablet.url
    assert second != first
    assert former_code(tablet) != code

    for _ in range(6):
        back(tablet)
        if tablet.url.startswith(first):
            expect(tablet.get_by_role("heading", level=1)).to_have_text(
                "Für diesen Selbstcheck brauchen Sie Ihren Code"
            )
        nothing_of(tablet, code)
    tablet.goto(second)
    expect(tablet.locator("label[for=total-progress]")).to_have_text("0 von 15 beantwortet")


def test_without_script(browser_context_args: dict[str, object], page: Page, round_: PlannedRound) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})  # type: ignore[arg-type]
    plain = context.new_page()
    overview = begin(plain, round_.links["politics"])
    plain.get_by_role("link", name="Mit der ersten Frage beginnen").click()
    plain.locator("label.level__label[for$='-3']").first.click()
    plain.get_by_role("button", name="Speichern").click()
    submit(plain, overview)
    plain.get_by_role("button", name="Nächste Person").click()
    expect(plain.get_by_role("button", name="Mitmachen")).to_be_visible()
    plain.go_back()
    assert "Danke, Ihre Antworten sind abgegeben" not in plain.locator("body").inner_text()
    context.close()


def test_a_typed_code_leads_in(page: Page, round_: PlannedRound) -> None:
    """N-28: for those whose camera or phone is not at hand."""
    page.goto("/weiter")
    page.get_by_label("Ihr Code").fill(tokens.grouped(round_.links["politics"]).lower())
    page.get_by_role("button", name="Weitermachen").click()
    expect(page.get_by_role("button", name="Mitmachen")).to_be_visible()


def test_pages_of_participants(page: Page, faults: Faults, round_: PlannedRound) -> None:
    link = round_.links["politics"]
    page.goto(f"/mitmachen/{link}")
    assert inspect(page, faults) == {}
    overview = begin(page, link)
    section = answer_first(page)
    page.locator("details.extra--note summary").first.click()
    for address in (section, overview, f"{overview}pruefen", f"{overview}loeschen", f"/mitmachen/{link}"):
        if address != section:
            page.goto(address)
        assert inspect(page, faults) == {}, address
    submit(page, overview)
    assert inspect(page, faults) == {}
    for rest in ("", "ergebnis", "code"):
        page.goto(f"{overview}{rest}")
        assert inspect(page, faults) == {}, rest


def test_a_name_that_is_missing(page: Page, faults: Faults, named: PlannedRound) -> None:
    page.goto(f"/mitmachen/{named.links['politics']}")
    page.get_by_role("button", name="Mitmachen").click()
    expect(page.locator("#error-summary")).to_be_focused()
    assert page.title().startswith("Fehler: ")
    assert inspect(page, faults) == {}


def test_pages_of_coordinators(page: Page, faults: Faults, round_: PlannedRound, server: str) -> None:
    sign_in(page, round_.coordinator, server)
    page.goto(f"/durchgang/{round_.id}/einladen")
    assert inspect(page, faults) == {}
    page.get_by_role("button", name="Codes erzeugen").first.click()
    expect(page.locator("#error-summary")).to_be_focused()
    assert inspect(page, faults) == {}
    page.goto(f"/durchgang/{round_.id}/einladen/{round_.groups['politics']}/plakat")
    assert inspect(page, faults) == {}
    page.goto(f"/durchgang/{round_.id}/einladen")
    page.locator("input[name=count]").first.fill("9")
    page.get_by_role("button", name="Codes erzeugen").first.click()
    expect(page.locator(".slip")).to_have_count(9)
    assert inspect(page, faults) == {}


def test_eight_slips_fill_one_sheet(page: Page, round_: PlannedRound, server: str) -> None:
    sign_in(page, round_.coordinator, server)
    page.goto(f"/durchgang/{round_.id}/einladen")
    page.locator("input[name=count]").first.fill("16")
    page.get_by_role("button", name="Codes erzeugen").first.click()
    expect(page.locator(".slip")).to_have_count(16)
    content = page.pdf(prefer_css_page_size=True)
    assert content.count(b"/Type /Page\n") == 2


def sign_in(page: Page, who: staff.Staff, server: str) -> None:
    page.context.add_cookies([{"name": PLAIN_NAME, "value": who.token, "url": server}])
