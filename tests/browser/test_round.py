# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A whole round, played through: planned with three groups, forty people answer, closed, released and compared.

Browsers do what one person does; the crowd answers over plain forms. Both databases. At the end nothing that M7 hides
can be seen: in no page, no picture and no file that the result leads to.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from httpx2 import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlmodel import select

from app import migrations
from app.settings import Settings
from app.tables.rounds import RoundGroup
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from scoring.published import PublishedTable
from tests import staff
from tests.app.responses.visitor import Visitor
from tests.browser.served import Served
from tests.markup import Markup

OFFICES, POLITICS, COUNCIL = "Übrige Fachämter", "Politik", "Beirat oder Integrationsrat"
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}\b")
SECRET = "Das steht nur in unserem Protokoll vom 7. Mai"


@pytest.fixture
def hall(empty_database_url: str, library: Library) -> Iterator[Served]:
    """A server of its own, once on each database."""
    migrations.upgrade(empty_database_url)
    settings = Settings(database_url=empty_database_url, starts_per_hour=10_000, failed_codes_per_hour=10_000)
    with Served(settings, library) as served:
        yield served


@dataclass
class Stage:
    """The round as the test goes on: who is there, and what they know."""

    served: Served
    browser: Browser
    coordinator: staff.Staff
    moderator: staff.Staff
    town: str
    round_id: str = ""
    links: dict[str, str] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)

    def at(self, who: staff.Staff | None = None) -> Page:
        """A browser of its own; signed in, if it is somebody with an account."""
        context: BrowserContext = self.browser.new_context(base_url=self.served.url, locale="de-DE")
        if who:
            context.add_cookies([{"name": "selbstcheck-konto", "value": who.token, "url": self.served.url}])
        return context.new_page()

    def guest(self) -> Visitor:
        """Somebody of the crowd, with a cookie of their own."""
        return Visitor(Client(base_url=self.served.url, timeout=30))

    def join(self, entry: str, visitor: Visitor | None = None) -> Visitor:
        """Look at the entry page, and take part."""
        visitor = visitor or self.guest()
        page = visitor.client.get(f"/mitmachen/{entry}")
        (form,) = [one for one in Markup(page.text).forms if one.action == f"/mitmachen/{entry}"]
        return visitor.opened(visitor.client.post(form.action, data=form.values()))


@pytest.fixture
def stage(hall: Served, browser: Browser) -> Stage:
    with hall.app.state.database.writing() as db:
        town = staff.municipality(db, "Auental")
        boss = staff.member(db, hall.app, town, "Renate Koordination")
        helper = staff.account(db, hall.app, "Mo Deration")
    return Stage(hall, browser, boss, helper, town)


def test_a_whole_round(stage: Stage, library: Library) -> None:
    short = library.latest("kurzcheck")
    plan(stage)
    invite(stage)
    ten_offices_in_their_browsers_and_at_the_forms(stage, short)
    politics_by_code(stage, short)
    the_council_stays_small(stage, short)
    on_paper(stage, short)
    nothing_is_seen_before_the_release(stage)
    close_and_release(stage)
    the_moderator_compares(stage)
    nobody_sees_what_is_hidden(stage, short)


def plan(stage: Stage) -> None:
    """The coordinator plans three groups and is warned before inviting: the council will be too small (D-10)."""
    page = stage.at(stage.coordinator)
    page.goto(f"/kommune/{stage.town}/durchgaenge/neu")
    page.get_by_label("Titel").fill("Herbst 2026")
    page.get_by_label("Kurzcheck", exact=True).check()
    page.get_by_role("button", name="Anlegen und Gruppen wählen").click()
    for title, count in ((OFFICES, "20"), (POLITICS, "15"), (COUNCIL, "3")):
        page.get_by_label(re.compile(f"^{title}")).first.check()
        page.get_by_label(re.compile(f"^Erwartet: {title}")).fill(count)
    expect(page.locator("#outlook")).to_contain_text("Weitere Gruppen")
    page.get_by_role("button", name=re.compile("^(Speichern|Weiter)")).first.click()
    found = re.search(r"/durchgang/(\w{32})/", page.url)
    assert found
    stage.round_id = found[1]
    page.goto(f"/durchgang/{stage.round_id}/oeffnen")
    expect(page.locator("main")).to_contain_text("Weitere Gruppen")
    page.get_by_role("button", name="Durchgang öffnen").click()
    expect(page.locator("main")).to_contain_text("Der Durchgang ist geöffnet")
    page.goto(f"/durchgang/{stage.round_id}/moderation")
    page.get_by_label("E-Mail-Adresse").fill(stage.moderator.email)
    if page.get_by_label("Name", exact=True).count():
        page.get_by_label("Name", exact=True).fill(stage.moderator.name)
    page.get_by_role("button", name="Einladen").click()
    expect(page.locator("main")).to_contain_text(stage.moderator.name)
    page.context.close()


def invite(stage: Stage) -> None:
    """Every group has its link and QR code; politics gets twelve codes for one participation each."""
    page = stage.at(stage.coordinator)
    page.goto(f"/durchgang/{stage.round_id}/einladen")
    assert page.locator("svg[role=img]").count() == 3
    with stage.served.app.state.database.reading() as db:
        groups = db.exec(select(RoundGroup).where(RoundGroup.round_id == stage.round_id)).all()
    stage.links = {group.title: group.link_code for group in groups}
    for code in stage.links.values():
        expect(page.locator("main")).to_contain_text(f"/mitmachen/{code}")
    politics = next(group.id for group in groups if group.title.startswith(POLITICS))
    form = page.locator(f"form[action$='{politics}/codes']")
    form.locator("input[inputmode=numeric], input[type=number], input[type=text]").first.fill("12")
    form.get_by_role("button", name="Codes erzeugen").click()
    stage.codes = sorted(
        set(re.findall(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}\b", page.inner_text("main")))
    )
    assert len(stage.codes) == 12
    page.context.close()


def ten_offices_in_their_browsers_and_at_the_forms(stage: Stage, short: Questionnaire) -> None:
    """Two in browsers, one of them stops and goes on at another device; sixteen more over plain forms."""
    link = stage.links[next(title for title in stage.links if title.startswith(OFFICES))]
    page = stage.at()
    page.goto(f"/mitmachen/{link}")
    expect(page.locator("main")).to_contain_text("Die Teilnahme ist freiwillig")
    page.get_by_role("button", name="Mitmachen").click()
    (code,) = re.findall(r"\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b", page.inner_text("main"))
    first = short.sections[0]
    page.goto(f"{page.url.rstrip('/')}/abschnitt/{first.id}")
    with page.expect_response(re.compile(r"/frage/")):
        page.locator(f"input[name='{first.items[0].id}.answer'][value='2']").check()
    page.context.close()  # the first device is gone

    page = stage.at()
    page.goto("/weiter")
    page.get_by_label("Code").fill(code.lower())
    page.get_by_role("button", name="Weitermachen").click()
    page.wait_for_url(re.compile("/check/"))
    page.goto(f"{page.url.rstrip('/')}/abschnitt/{first.id}")
    expect(page.locator(f"input[name='{first.items[0].id}.answer'][value='2']")).to_be_checked()
    page.goto(re.sub(r"/abschnitt/.*", "/pruefen", page.url))
    page.get_by_role("button", name=re.compile("abgeben", re.IGNORECASE)).click()
    expect(page.locator("h1")).to_contain_text("abgegeben")
    page.context.close()
    for number in range(16):
        answer_all(stage.join(link), short, lambda item, n=number: 1 + (n + item) % 3)
    stopped = stage.join(link)
    assert (
        stopped.section(first.id, changes={first.items[0].id: {"answer": "0"}}).status_code == 303
    )  # never comes back
    stopped.client.close()


def politics_by_code(stage: Stage, short: Questionnaire) -> None:
    """Each code lets in one person; the second time it is refused, and nothing is lost for the first."""
    for number, code in enumerate(stage.codes[:11]):
        answer_all(stage.join(code.replace("-", "")), short, lambda item, n=number: 3 + (n + item) % 2)
    page = stage.at()
    page.goto(f"/mitmachen/{stage.codes[0].replace('-', '')}")
    button = page.get_by_role("button", name="Mitmachen")
    if button.count():
        button.click()
    expect(page.locator("h1")).to_contain_text("schon benutzt")
    page.context.close()


def the_council_stays_small(stage: Stage, short: Questionnaire) -> None:
    """Three people of one mind, with a note that would give them away."""
    link = stage.links[next(title for title in stage.links if title.startswith(COUNCIL))]
    for _ in range(3):
        answer_all(stage.join(link), short, lambda _: 0, note=SECRET)


def on_paper(stage: Stage, short: Questionnaire) -> None:
    """The moderator types eight sheets of the offices, by keyboard alone."""
    page = stage.at(stage.moderator)
    page.goto(f"/durchgang/{stage.round_id}/papier")
    row = page.locator("li", has_text=OFFICES).first
    row.get_by_role("link", name="Bogen eintippen").click()
    for number in range(8):
        page.locator("input.grid__sign").first.focus()
        for place in range(len(short.items)):
            page.keyboard.type("w" if place == number else str(1 + (number + place) % 3))
            page.keyboard.press("Tab")
            while page.evaluate("document.activeElement.tagName") == "SUMMARY":
                page.keyboard.press("Tab")
        page.get_by_role("button", name="Speichern und nächster Bogen").click()
        expect(page.locator("main")).to_contain_text("Der Bogen ist gespeichert")
    page.context.close()


def nothing_is_seen_before_the_release(stage: Stage) -> None:
    """M7.8: while the round is open there are counts per group, and no result for anybody."""
    page = stage.at(stage.coordinator)
    page.goto(f"/durchgang/{stage.round_id}/stand")
    for count in ("25", "11", "3"):
        expect(page.locator("main")).to_contain_text(count)
    assert SECRET not in page.content()
    for path in ("vergleich", "ergebnis", "ergebnis/daten.json", "vergleich/agenda"):
        assert page.request.get(f"/durchgang/{stage.round_id}/{path}").status == 404
    page.context.close()


def close_and_release(stage: Stage) -> None:
    """The coordinator closes and freezes, chooses the moderator, and makes a link for the council."""
    page = stage.at(stage.coordinator)
    page.goto(f"/durchgang/{stage.round_id}/abschluss")
    page.get_by_role("button", name="Durchgang jetzt beenden").click()
    expect(page.locator("main")).to_contain_text("noch niemand sieht es")
    assert page.request.get(f"/durchgang/{stage.round_id}/vergleich").status == 404
    page.get_by_label(re.compile(stage.moderator.name)).check()
    page.get_by_role("button", name="Ergebnis freigeben").click()
    page.get_by_label("Für wen ist der Link?").fill("Rat")
    page.get_by_role("button", name="Link erzeugen").click()
    found = re.search(r"/gemeinsam/\w+/vergleich", page.inner_text("main"))
    assert found
    stage.pages.append(found[0])
    page.context.close()
    page = stage.at()
    page.goto(f"/mitmachen/{next(iter(stage.links.values()))}")
    expect(page.locator("h1")).to_contain_text("beendet")
    expect(page.get_by_role("button", name="Mitmachen")).to_have_count(0)
    page.context.close()


def the_moderator_compares(stage: Stage) -> None:
    """Groups as dots on one line, the heaps as agenda, and the profile of the round with its next steps."""
    page = stage.at(stage.moderator)
    page.goto("/durchgaenge")
    page.get_by_role("link", name="Herbst 2026").first.click()
    page.get_by_role("link", name="Gruppen vergleichen").click()
    expect(page.locator("main")).to_contain_text("39 Menschen")
    expect(page.locator("main")).to_contain_text("Weitere Gruppen")
    page.goto(f"/durchgang/{stage.round_id}/ergebnis")
    assert page.locator("main svg[role=img]").count() >= 1
    page.goto(f"/durchgang/{stage.round_id}/vergleich/agenda")
    expect(page.locator("main")).to_contain_text("Besprechen")
    page.goto(f"/durchgang/{stage.round_id}/ergebnis/schritte")
    expect(page.locator("main")).to_contain_text(re.compile("[vV]on Stufe"))
    page.context.close()


def nobody_sees_what_is_hidden(stage: Stage, short: Questionnaire) -> None:
    """Everything the result leads to, for the moderator and by the link: no block below five, and no note of three."""
    for who, start in ((stage.moderator, f"/durchgang/{stage.round_id}/vergleich"), (None, stage.pages[0])):
        page = stage.at(who)
        seen = crawl(page, start)
        assert len(seen) > 25
        for address, text in seen.items():
            if who is None:
                assert SECRET not in text, address
            assert not re.search(r"\bnan\b|None\b", text), address
        files = [text for address, text in seen.items() if address.endswith(".json")]
        assert files
        for text in files:
            check_table(text, short)
        page.context.close()


def check_table(text: str, short: Questionnaire) -> None:
    """The file holds the published table: its blocks are large enough, and the council is in none alone."""
    found = json.loads(text)
    table = PublishedTable.from_json(json.dumps(found["input"]["table"]))
    assert table.submitted == 39
    small = next(part.group for part in table.groups if part.submitted == 3)
    assert len(table.items) == len(short.items)
    for item in table.items:
        for block in item.blocks:
            assert block.n >= 5
            assert block.groups != (small,)


def crawl(page: Page, start: str) -> dict[str, str]:
    """Every address below the result, read once; pictures are part of the pages."""
    base = re.sub(r"/(vergleich|ergebnis).*", "", start)
    waiting, seen = [start, f"{base}/ergebnis"], {}
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        answer = page.request.get(address)
        assert answer.status == 200, address
        seen[address] = answer.text()
        if "html" in answer.headers["content-type"]:
            links = (link.split("#")[0] for link in Markup(seen[address]).links)
            waiting += [link for link in links if link.startswith(f"{base}/") and _is_result(link, base)]
    return seen


def _is_result(link: str, base: str) -> bool:
    return link.removeprefix(base).startswith(("/vergleich", "/ergebnis"))


def answer_all(visitor: Visitor, short: Questionnaire, level: object, note: str = "") -> None:
    """Every question over the section's own form, then handed in."""
    place = 0
    for section in short.sections:
        changes = {}
        for item in section.items:
            changes[item.id] = {"answer": str(level(place)), **({"note": note} if note else {})}  # type: ignore[operator]
            place += 1
        answer = visitor.section(section.id, changes=changes)
        assert answer.status_code == 303, answer.text[:500]
    assert visitor.post("abgeben").status_code == 303
    visitor.client.close()
