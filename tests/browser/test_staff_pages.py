# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every page for those who run, moderate and read rounds and who take part in them, by the rules of all pages.

axe in light and dark, 320 px, wide spacing, larger text, focus, console, foreign hosts, cookies. A page that nobody
visits here fails a test: by its route, by its template, and by the roles that may see it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copy
from typing import Any

import pyotp
import pytest
from fastapi.routing import iter_route_contexts
from httpx2 import Client
from playwright.sync_api import Browser, Page
from sqlmodel import select

from app.permissions import PERMISSIONS
from app.results.views.head import PAGES as RESULT_PAGES
from app.settings import Settings
from app.tables.rounds import RoundGroup
from app.web.templating import FOLDER
from questionnaires.library import Library
from tests.app.accounts.local.people import PASSWORD, Someone, someone
from tests.browser import test_states
from tests.browser.conftest import AXE, Faults
from tests.browser.served import Served
from tests.browser.staffed.keyboard import Keyboard
from tests.browser.staffed.looking import Witness, frame_and_focus, is_page, summary, without_contrast
from tests.browser.staffed.states import add_rounds
from tests.browser.staffed.steps import STEPS, Step
from tests.browser.staffed.visits import NO_PAGES, PAGES, VISITS, Visit
from tests.browser.staffed.world import World, begin
from tests.browser.test_states import inspect
from tests.rounds import RoundOf, respond
from tests.standing.conftest import guarded_calls

FIRST_ISSUE = {"glossary", "operations", "practices", "responses", "welcome"}
"""Folders of templates that test_states looks at."""


@pytest.fixture(scope="module")
def world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, library: Library) -> Iterator[World]:
    """One for all tests here, on a server of its own."""
    database = copy(sqlite_template, tmp_path_factory.mktemp("staffed"))
    settings = Settings(database_url=f"sqlite:///{database}", starts_per_hour=10_000, failed_codes_per_hour=10_000)
    with Served(settings, library) as served, closing(begin(served)) as made:
        add_rounds(made)
        yield made


@pytest.fixture(scope="module")
def page(browser: Browser, world: World) -> Iterator[Page]:
    """One window for all of them."""
    context = browser.new_context(base_url=world.served.url, locale="de-DE")
    context.add_init_script(AXE)  # with each page, which is faster than after it
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def witness(page: Page) -> Witness:
    return Witness(page)


def go(page: Page, witness: Witness, world: World, visit: Visit) -> None:
    """Open the page as this person, with nothing left of the one before."""
    world.equip(fully=not visit.bare)
    page.context.clear_cookies()
    cookies = world.cookies[visit.who].items()
    page.context.add_cookies([{"name": name, "value": value, "url": world.served.url} for name, value in cookies])
    witness.forget()
    address = visit.address(world)
    assert is_page(page.goto(address), visit.status), page.title()
    assert page.url == world.served.url + address


def wrong_with(page: Page, witness: Witness, world: World, faults: Faults) -> dict[str, Any]:
    """Everything; empty if nothing is."""
    found = inspect(page, faults) | frame_and_focus(page) | witness.found(world.served.url)
    return {name: value for name, value in found.items() if value}


def names_of_cookies(page: Page) -> set[str]:
    return {str(cookie.get("name")) for cookie in page.context.cookies()}


@pytest.mark.parametrize("visit", VISITS, ids=str)
def test_a_page(page: Page, faults: Faults, witness: Witness, world: World, visit: Visit) -> None:
    go(page, witness, world, visit)
    assert wrong_with(page, witness, world, without_contrast(faults) if visit.again else faults) == {}
    assert names_of_cookies(page) == set(world.cookies[visit.who])


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_what_a_form_leads_to(page: Page, faults: Faults, witness: Witness, world: World, step: Step) -> None:
    go(page, witness, world, step.visit)
    assert is_page(step.take(page, world), step.status), page.title()
    assert world.shown[-1] == step.shows
    found = summary(page) if page.locator(".error-summary").count() else {}
    assert bool(found) == (step.status == 422 and step.shows != "errors/error.html")
    # The colours of errors are measured in test_states and test_accounts.
    found |= wrong_with(page, witness, world, without_contrast(faults) if step.status == 422 else faults)
    assert {name: value for name, value in found.items() if value} == {}
    assert names_of_cookies(page) <= {"selbstcheck", "selbstcheck-konto", "selbstcheck-oidc"}


def test_every_page_is_visited(world: World) -> None:
    """A page that is added has to be listed in staffed/visits.py; what is listed there as no page is none."""
    routes = [str(one.path) for one in iter_route_contexts(world.app.routes) if "GET" in (one.methods or ())]
    seen = {route_of(visit.pattern, routes) for visit in VISITS}
    before = {route_of(path, routes) for path in addresses_of_test_states()}
    assert set(routes) - seen - before == set(NO_PAGES)
    assert tuple(f"/{name}".rstrip("/") for name in RESULT_PAGES) == PAGES


def test_what_is_listed_as_no_page_is_none(world: World) -> None:
    values = {**world.values["result"], **world.values["participant"], "version": "x", "path:path": "app.css"}
    cookies = {**world.cookies["participant"], **world.cookies["coordinator of the result"]}
    with Client(base_url=world.served.url, cookies=cookies) as client:
        for pattern in NO_PAGES:
            answer = client.get(re.sub(r"{([\w:]+)}", lambda part: values[part[1]], pattern))
            assert answer.status_code in {200, 303}, pattern
            assert "text/html" not in answer.headers.get("content-type", ""), pattern


def test_everybody_visits_what_they_may_see(world: World) -> None:
    """By the table of permissions: each role on each page that its guard opens to it."""
    visited = {(visit.pattern, visit.who.partition(" of ")[0]) for visit in VISITS if visit.status == 200}
    missing = [
        (call.pattern, str(role))
        for call in guarded_calls(world.app, {})
        if call.action is not None and not call.unsafe and call.method == "GET" and call.pattern not in NO_PAGES
        for role in PERMISSIONS[call.action]
        if (call.pattern, str(role)) not in visited
    ]
    assert missing == []


def test_titles_tell_pages_apart_and_every_template_is_seen(world: World) -> None:
    """Also a template that is added has to be seen, by an address or at the end of a form."""
    world.shown.clear()
    titles: dict[str, set[str]] = {}
    for visit in (one for one in VISITS if one.status == 200 and not one.again):
        world.equip(fully=not visit.bare)
        text = text_of(world, visit)
        titles.setdefault(text[text.index("<title>") : text.index("</title>")], set()).add(page_of(visit.pattern))
    assert {title: pages for title, pages in titles.items() if len(pages) > 1} == {}
    seen = {*world.shown, *(step.shows for step in STEPS)}
    assert templates() - seen == set()


def test_every_form_that_can_be_wrong_is_seen_wrong() -> None:
    wrong = {step.shows for step in STEPS if step.status in {409, 422}}
    can_be = {name for name in templates() if "error_summary(" in (FOLDER / name).read_text(encoding="utf-8")}
    assert can_be - wrong == set()


def test_no_page_is_visited_twice() -> None:
    assert [visit for visit, count in Counter(map(str, [*VISITS, *STEPS])).items() if count > 1] == []


def text_of(world: World, visit: Visit) -> str:
    """The page, without a browser."""
    with Client(base_url=world.served.url, cookies=world.cookies[visit.who]) as client:
        return client.get(visit.address(world)).text


def templates() -> set[str]:
    """The pages of all features since the first issue, by the names of their files."""
    found = (path.relative_to(FOLDER) for path in FOLDER.glob("*/*.html"))
    pages = {path.as_posix() for path in found if not path.name.startswith("_") and path.name != "frame.html"}
    return {name for name in pages if name.partition("/")[0] not in {*FIRST_ISSUE, "parts"}}


def route_of(pattern: str, routes: list[str]) -> str:
    """The route that answers at this address; the first one does."""
    address = re.sub(r"{\w+}", "x", pattern).partition("?")[0]
    matching = (one for one in routes if re.fullmatch(re.sub(r"{\w+}", "[^/]+", one), address))
    return next(matching, f"nothing at {pattern}")


def addresses_of_test_states() -> tuple[str, ...]:
    own = (f"/check/x/{rest}" for rest in (*test_states.FILLED, "quittung"))
    return (*(one for one in test_states.PUBLIC if one != "/gibt-es-nicht"), *own, "/ansicht/x", "/check/x")


def page_of(pattern: str) -> str:
    """The same page may have several addresses: of a check, by account, by link, and as an example."""
    if pattern.startswith("/ansicht/{token}"):
        return pattern.replace("/ansicht/{token}", "of a result/ergebnis")
    of = r"^/(check/{response_id}|durchgang/{round_id}|gemeinsam/{share}|beispiel)"
    return re.sub(of, "of a result", pattern) if re.search("/(ergebnis|vergleich)", pattern) else pattern.rstrip("/")


def test_a_round_is_run_by_keyboard_alone(page: Page, witness: Witness, world: World) -> None:
    """Sign in, plan, open, invite, close, release, and read."""
    boss = someone(world.app, "tastatur@example.org", factor=True, coordinates="Tastenhausen", name="Tas Tatur")
    go(page, witness, world, Visit("/anmelden"))
    keys = Keyboard(page)
    sign_in(keys, boss)
    plan(page, keys)
    round_id = page.url.split("/")[4]
    keys.follow(f"main a[href='/durchgang/{round_id}/einladen']")
    keys.to("main input[name=count]").type("5")
    keys.enter()
    assert page.locator(".slip").count() == 5
    six_answer(world, round_id)
    for end in ("/einladen", "/", "/abschluss"):
        keys.follow(f"main a[href='/durchgang/{round_id}{end}']")
    for end in ("/beenden", "/freigeben"):
        keys.follow(f"main form[action$='{end}'] button")
    keys.follow(f"main a[href='/durchgang/{round_id}/vergleich']")
    assert "Vergleich Tastenhausen" in page.title()
    assert witness.found(world.served.url) == {"console": [], "foreign hosts": []}


def sign_in(keys: Keyboard, who: Someone) -> None:
    keys.to("#email").type(who.email)
    keys.to("#password").type(PASSWORD)
    keys.follow("main form[action$='/anmelden'] button")
    keys.to("#code").type(pyotp.TOTP(who.secret).now())
    keys.follow("main form[action$='/code'] button")


def plan(page: Page, keys: Keyboard) -> None:
    """From the list of rounds to an open one."""
    keys.follow("main a[href$='/durchgaenge/neu']")
    keys.to("#title").type("Nur mit der Tastatur")
    keys.to("input[name=form]").choose("input[value^=kurzcheck]")
    keys.follow("main form button[type=submit]")
    keys.tick("#in-politics")
    keys.to("#expected-politics").type("9")
    while "/planen/" in page.url:
        keys.follow("main form[action*='/planen/'] button[type=submit]")
    if not page.url.endswith("/oeffnen"):
        keys.follow("main a[href$='/oeffnen']")
    keys.follow("main form[action$='/oeffnen'] button")


def six_answer(world: World, round_id: str) -> None:
    """Their part is not about the keyboard here."""
    short = world.library.latest("kurzcheck")
    with world.app.state.database.writing() as db:
        group = db.exec(select(RoundGroup).where(RoundGroup.round_id == round_id)).one()
        found = RoundOf(round_id, "", {"politics": group.id})
        for _ in range(6):
            respond(db, found, "politics", short, {item.id: 2 for item in short.items})
