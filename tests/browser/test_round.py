# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A whole round, played through: planned with three groups, forty people answer, closed, released and compared.

Browsers do what one person does; the crowd answers over plain forms. Both databases. One group gets the short form,
the others the long one. At the end nothing that M7 hides can be seen: in no page, no picture and no file that anybody
reaches.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pytest
from httpx2 import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlmodel import select

from app import migrations
from app.permissions import Role
from app.settings import Settings
from app.tables.responses import ANSWERS, RESPONSES
from app.tables.rounds import RoundGroup, RoundSnapshot
from questionnaires.definition import Questionnaire, Section
from questionnaires.library import Library
from scoring.published import ItemTable, PublishedTable
from tests import staff
from tests.app.responses.visitor import Visitor
from tests.browser.hidden import TOGETHER, Reader, Truth, check, read_all
from tests.browser.served import Served
from tests.markup import Markup

OFFICES, POLITICS, COUNCIL = "Übrige Fachämter", "Politik", "Runde der Zugewanderten"
SUBMITTED = {OFFICES: 30, POLITICS: 6, COUNCIL: 3}
SHARED, LONG_ONLY = "E1.lenkungsgruppe", "E1.personal"
"""A question of both forms, and one that only the nine of the long form were asked: too few for notes (M7.7)."""

OURS, POLITICAL = "Das steht nur in unserem Protokoll vom 7. Mai", "Darüber stritt der Finanzausschuss im Adler"
QUIET, OFFICIAL = "Unser Dachverband erfuhr davon aus der Zeitung", "Die Lenkungsgruppe tagt im Sitzungssaal Süd"
RELEASED = "Das Protokoll liegt im Ratsinformationssystem"
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}\b")
COUNTED = frozenset({"3", "4", "5"})
"""Of the council: submitted, expected, needed."""

NOTES = (OURS, POLITICAL, QUIET, OFFICIAL, RELEASED)
Level = Callable[[int], int]


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
    reader: staff.Staff
    town: str
    round_id: str = ""
    links: dict[str, str] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    share: str = ""

    def at(self, who: staff.Staff | None = None) -> Page:
        """A browser of its own; signed in, if it is somebody with an account."""
        context: BrowserContext = self.browser.new_context(base_url=self.served.url, locale="de-DE")
        if who:
            context.add_cookies([{"name": "selbstcheck-konto", "value": who.token, "url": self.served.url}])
        return context.new_page()

    def guest(self) -> Visitor:
        """Somebody of the crowd, with a cookie of their own."""
        return Visitor(self.client())

    def client(self, who: staff.Staff | None = None) -> Client:
        """A program that reads what this person reads, or anybody."""
        cookies = {"selbstcheck-konto": who.token} if who else {}
        return Client(base_url=self.served.url, timeout=30, cookies=cookies)

    def read(self, who: staff.Staff | None, base: str, *starts: str) -> Reader:
        """All that this person reaches from there."""
        with self.client(who) as client:
            return read_all(client, base, *starts)

    @property
    def own(self) -> str:
        return f"/durchgang/{self.round_id}"

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
        reader = staff.member(db, hall.app, town, "Lea Lesend", Role.MEMBER)
    return Stage(hall, browser, boss, helper, reader, town)


def test_a_whole_round(stage: Stage, library: Library) -> None:
    short, long = library.latest("kurzcheck"), library.latest("weltoffene-kommune")
    plan(stage)
    invite(stage)
    the_offices_in_their_browsers_and_at_the_forms(stage, short)
    politics_by_code(stage, long)
    the_council_stays_small(stage, long)
    on_paper(stage, short)
    nothing_is_seen_before_the_release(stage)
    close_and_release(stage)
    the_moderator_compares(stage)
    the_moderator_releases_one_note(stage)
    nobody_sees_what_is_hidden(stage)


def plan(stage: Stage) -> None:
    """The coordinator plans three groups and is warned before inviting: the council will be too small (D-10)."""
    page = stage.at(stage.coordinator)
    page.goto(f"/kommune/{stage.town}/durchgaenge/neu")
    page.get_by_label("Titel").fill("Herbst 2026")
    page.get_by_label("Weltoffene Kommune", exact=True).check()
    page.get_by_role("button", name="Anlegen und Gruppen wählen").click()
    for title, count in ((OFFICES, "35"), (POLITICS, "15")):
        page.get_by_label(re.compile(f"^{title}")).first.check()
        page.get_by_label(re.compile(f"^Erwartet: {title}")).fill(count)
    page.get_by_label(f"Fragebogen: {OFFICES}").select_option(label="15 Fragen: Kurzcheck")
    page.get_by_label("Name der Gruppe").first.fill(COUNCIL)
    page.get_by_label("Erwartet: eigene Gruppe").first.fill("4")
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
    page.get_by_label("Vor- und Nachname").fill(stage.moderator.name)
    page.get_by_role("button", name="Einladen").click()
    expect(page.locator("main")).to_contain_text(stage.moderator.name)
    page.context.close()


def invite(stage: Stage) -> None:
    """Every group has its link and QR code; politics gets seven codes for one participation each."""
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
    form.locator("input[inputmode=numeric], input[type=number], input[type=text]").first.fill("7")
    form.get_by_role("button", name="Codes erzeugen").click()
    stage.codes = sorted(set(CODE.findall(page.inner_text("main"))))
    assert len(stage.codes) == 7
    page.context.close()


def the_offices_in_their_browsers_and_at_the_forms(stage: Stage, short: Questionnaire) -> None:
    """Two in browsers, one of them stops and goes on at another device; the others over plain forms."""
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
    written = {0: {SHARED: OFFICIAL}, 1: {SHARED: RELEASED}}
    for number in range(21):
        level = lambda item, n=number: 1 + (n + item) % 3  # noqa: E731
        answer_all(stage.join(link), short.sections, level, written.get(number, {}))
    stopped = stage.join(link)
    assert (
        stopped.section(first.id, changes={first.items[0].id: {"answer": "0"}}).status_code == 303
    )  # never comes back
    stopped.client.close()


def politics_by_code(stage: Stage, long: Questionnaire) -> None:
    """Each code lets in one person; the second time it is refused, and nothing is lost for the first."""
    for number, code in enumerate(stage.codes[: SUBMITTED[POLITICS]]):
        level = lambda item, n=number: 3 + (n + item) % 2  # noqa: E731
        answer_all(stage.join(code.replace("-", "")), long.sections[:2], level, {LONG_ONLY: POLITICAL})
    page = stage.at()
    page.goto(f"/mitmachen/{stage.codes[0].replace('-', '')}")
    button = page.get_by_role("button", name="Mitmachen")
    if button.count():
        button.click()
    expect(page.locator("h1")).to_contain_text("schon benutzt")
    page.context.close()


def the_council_stays_small(stage: Stage, long: Questionnaire) -> None:
    """Three people of one mind, with notes that would give them away."""
    for _ in range(SUBMITTED[COUNCIL]):
        answer_all(stage.join(stage.links[COUNCIL]), long.sections[:2], lambda _: 0, {LONG_ONLY: OURS, SHARED: QUIET})


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
    for count in SUBMITTED.values():
        expect(page.locator("main")).to_contain_text(str(count))
    for path in ("vergleich", "ergebnis", "ergebnis/daten.json", "vergleich/agenda"):
        assert page.request.get(f"/durchgang/{stage.round_id}/{path}").status == 404
    page.context.close()
    for who in (stage.coordinator, stage.moderator):
        seen = stage.read(who, stage.own, "/", "/stand")
        assert len(seen.texts) > 3
        assert not [note for note in NOTES if seen.where(note)]


def close_and_release(stage: Stage) -> None:
    """The coordinator closes and freezes, chooses the moderator, and makes a link for the council."""
    page = stage.at(stage.coordinator)
    page.goto(f"/durchgang/{stage.round_id}/abschluss")
    page.get_by_role("button", name="Durchgang jetzt beenden").click()
    expect(page.locator("main")).to_contain_text("noch niemand sieht es")
    assert page.request.get(f"/durchgang/{stage.round_id}/vergleich").status == 404
    for person in (stage.moderator, stage.reader):
        page.get_by_label(re.compile(person.name)).check()
    page.get_by_role("button", name="Ergebnis freigeben").click()
    page.get_by_label("Für wen ist der Link?").fill("Rat")
    page.get_by_role("button", name="Link erzeugen").click()
    found = re.search(r"(/gemeinsam/\w+)/vergleich", page.inner_text("main"))
    assert found
    stage.share = found[1]
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


def the_moderator_releases_one_note(stage: Stage) -> None:
    """Of the notes to a question, all of them without group: the others come from a heap of thirty-nine, too."""
    page = stage.at(stage.moderator)
    page.goto(f"{stage.own}/vergleich/frage/{SHARED}")
    expect(page.locator(".remark")).to_have_count(5)
    note = page.locator(".remark", has_text=RELEASED)
    note.get_by_role("button", name="Freigeben").click()
    expect(note.locator(".remark__state")).to_have_text("freigegeben")
    for text in page.locator(".remark").all_inner_texts():
        assert "Aus:" not in text
    page.context.close()


def nobody_sees_what_is_hidden(stage: Stage) -> None:
    """All that moderator, coordinator, a reader and the link reach: what the published table has, and one note."""
    truth, here = truth_of(stage), {f"/vergleich/frage/{SHARED}"}
    for who in (stage.moderator, stage.coordinator, stage.reader, None):
        reviews = who in (stage.moderator, stage.coordinator)
        seen = stage.read(who, stage.own if who else stage.share, *(["/"] if reviews else []), "/vergleich")
        assert len(seen.texts) > len(truth.table.items)
        check(seen, truth)
        assert seen.where(RELEASED) == here
        for note in (QUIET, OFFICIAL):
            assert seen.where(note) == (here if reviews else set())
        for note in (OURS, POLITICAL):
            assert seen.where(note) == set()


def truth_of(stage: Stage) -> Truth:
    """The published table, itself held against what people answered."""
    with stage.served.app.state.database.reading() as db:
        frozen = db.exec(select(RoundSnapshot.published).where(RoundSnapshot.round_id == stage.round_id)).one()
        groups = db.exec(select(RoundGroup).where(RoundGroup.round_id == stage.round_id)).all()
        rows = db.execute(GIVEN.where(RESPONSES.c.round_id == stage.round_id)).all()
    table, titles = PublishedTable.from_json(frozen), {group.key: group.title for group in groups}
    keys = {group.id: group.key for group in groups}
    given = Counter((keys[row.group_id], row.item_id, row.level) for row in rows)
    truth = Truth(table, titles, keys[next(group.id for group in groups if group.title == COUNCIL)], COUNTED)
    assert {titles[part.group]: part.submitted for part in table.groups} == SUBMITTED
    for item in table.items:
        hold_against(item, given, truth.small)
    assert Counter(item.asked for item in table.items) == {39: 15, 9: len(table.items) - 15}
    assert [truth.whose(block) for block in truth.item(SHARED).blocks] == [OFFICES, TOGETHER]
    assert [block.n for block in truth.item(LONG_ONLY).blocks] == [9]
    return truth


def hold_against(item: ItemTable, given: Counter[tuple[str, str, int]], small: str) -> None:
    """Each block of a question is large enough, is not the council alone, and holds what its groups answered."""
    for block in item.blocks:
        assert block.n >= 5
        assert block.groups != (small,)
        counted = [sum(given[group, item.item_id, level] for group in block.groups) for level in range(5)]
        assert list(block.levels) == counted


GIVEN = (
    select(RESPONSES.c.group_id, ANSWERS.c.item_id, ANSWERS.c.level)
    .join(ANSWERS, ANSWERS.c.response_id == RESPONSES.c.id)
    .where(RESPONSES.c.status == "submitted")
)


def answer_all(visitor: Visitor, sections: Sequence[Section], level: Level, notes: Mapping[str, str]) -> None:
    """Every question of these sections over the section's own form, then handed in."""
    place = 0
    for section in sections:
        changes = {}
        for item in section.items:
            note = {"note": notes[item.id]} if item.id in notes else {}
            changes[item.id] = {"answer": str(level(place)), **note}
            place += 1
        answer = visitor.section(section.id, changes=changes)
        assert answer.status_code == 303, answer.text[:500]
    assert visitor.post("abgeben").status_code == 303
    visitor.client.close()
