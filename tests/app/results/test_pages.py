# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The result pages as a browser without script meets them, of a stored check."""

import gzip
import json
from collections.abc import Callable
from fractions import Fraction

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.results.headline import headline
from app.results.rendering import SHOWN
from app.results.views.overview import overview_of
from app.tables.responses import Snapshot
from questionnaires.definition import Questionnaire
from scoring import profile_of
from scoring.document import record_json, to_dict
from tests.app.results.conftest import Owner
from tests.app.results.tables import tables
from tests.markup import Form

Store = Callable[..., Owner]
PAGES = [f"/{name}" if name else "" for name in SHOWN]
PARTS = ((), ("E1.",), ("E1.lenkungsgruppe", "E5.anerkennung"), ("X.",))
BUDGET = 30_000


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_there_in_every_state(owner: Store, page: str) -> None:
    for part in PARTS:
        stored = owner("auental", *part)
        assert stored.page(page).all("h1")
        assert stored.open(stored.link + page).all("h1")


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_small_and_need_no_script(owner: Store, page: str) -> None:
    stored = owner("birkenrain")
    text = stored.client.get(stored.base + page).text
    assert len(gzip.compress(text.encode(), 6)) < BUDGET
    assert "<style" not in text
    assert " style=" not in text


def test_an_unknown_page_is_not_found(owner: Store) -> None:
    stored = owner("birkenrain")
    for address in (f"{stored.base}/geheim", f"{stored.link}/geheim", "/ansicht/falsch", "/ansicht/falsch/listen"):
        assert stored.client.get(address).status_code == 404, address


@pytest.mark.parametrize("key", ["lindenau", "auental", "birkenrain"])
def test_page_and_command_line_give_the_same_figures(owner: Store, questionnaire: Questionnaire, key: str) -> None:
    stored = owner(key)
    inputs = stored.example.inputs
    document = to_dict(profile_of(questionnaire, inputs.municipality, inputs.answers, inputs.targets))
    rows = tables(stored.client.get(stored.base).text)["profil"][1:]
    sections = [section for section in document["sections"] if section["kind"] == "recommendation"]
    for cells, section in zip(rows, sections, strict=True):
        assert cells[1] == whole(section["score"])
        band = section["band"]
        assert cells[2] == (f"{whole(band['min'])} bis {whole(band['max'])}" if band else "–")
        stage = section["stage_band"]
        assert cells[4] == stage_words(stage)
        assert cells[5] == f"{section['answered']} von {section['applicable']}"


def whole(value: float | None) -> str:
    """Half up."""
    return "–" if value is None else str(int(Fraction(value).limit_denominator(10_000) + Fraction(1, 2)))


def stage_words(stage: dict[str, int] | None) -> str:
    if stage is None:
        return "–"
    low, high = stage["min"], stage["max"]
    return f"Stufe {low}" if low == high else f"Stufe {low} bis {high}"


def test_the_order_of_steps_is_that_of_the_command_line(owner: Store, questionnaire: Questionnaire) -> None:
    stored = owner("lindenau")
    inputs = stored.example.inputs
    profile = profile_of(questionnaire, inputs.municipality, inputs.answers, inputs.targets)
    shown = [heading.text for heading in stored.page("/schritte").all("h3")]
    assert shown == [entry.step.action for entry in profile.priorities]


def test_a_submitted_check_shows_what_its_snapshot_keeps(owner: Store) -> None:
    stored = owner("birkenrain", submitted=True)
    with stored.app.state.database.reading() as session:
        snapshot = session.get(Snapshot, stored.scope.response_id)
    assert record_json(stored.result().profile) == snapshot.profile
    page = stored.page()
    assert "Zwischenstand" not in page.words
    assert headline(stored.result().profile, stored.result().texts) in page.words


class TestReadOnly:
    @pytest.mark.parametrize("page", PAGES)
    def test_shows_the_same_without_any_way_to_change(self, owner: Store, page: str) -> None:
        stored = owner("auental")
        shared = stored.open(stored.link + page)
        assert {form.action for form in shared.forms if form.method.lower() == "post"} <= {"/sprache"}
        assert not [link for link in shared.links if "/check/" in link]
        assert stored.scope.response_id not in stored.client.get(stored.link + page).text
        assert [h.text for h in shared.all("h1")] == [h.text for h in stored.page(page).all("h1")]

    def test_keeps_notes_back(self, owner: Store) -> None:
        stored = owner("auental")
        note = next(iter(stored.example.notes.values()))
        assert note in stored.page("/listen").words
        for page in PAGES:
            assert note not in stored.open(stored.link + page).words
        assert "Notizen sieht nur, wer den Code des Selbstchecks hat." in stored.open(f"{stored.link}/listen").words

    def test_nothing_can_be_posted_to_it(self, owner: Store) -> None:
        stored = owner("auental")
        posted = stored.client.post(f"{stored.link}/ziele", data={"abschnitt": "E1", "ziel": "4"})
        assert posted.status_code in {404, 405}

    def test_without_the_code_targets_stay(self, owner: Store) -> None:
        stored = owner("auental")
        stored.client.cookies.clear()
        posted = stored.client.post(f"{stored.base}/ziele", data={"abschnitt": "E1", "ziel": "4"})
        assert posted.status_code == 404


class TestTargets:
    def test_change_the_list_at_once(self, owner: Store) -> None:
        stored = owner("birkenrain")
        before = [heading.text for heading in stored.page("/schritte?abschnitt=E1").all("h3")]
        form = [form for form in stored.page("/abschnitte").forms if dict(form.fields).get("abschnitt") == "E1"]
        assert dict(form[0].fields)["ziel"] == ""
        answer = stored.client.post(form[0].action, data=form[0].values(ziel="1"))
        assert (answer.status_code, answer.headers["location"]) == (303, f"{stored.base}/abschnitte#E1")
        after = [heading.text for heading in stored.page("/schritte?abschnitt=E1").all("h3")]
        assert len(after) < len(before)
        assert dict(form_of(stored, "E1").fields)["ziel"] == "1"
        stored.client.post(form[0].action, data=form[0].values(ziel=""))
        assert [heading.text for heading in stored.page("/schritte?abschnitt=E1").all("h3")] == before

    def test_with_script_only_the_section_comes_back(self, owner: Store) -> None:
        stored = owner("birkenrain")
        answer = htmx(stored.client, "POST", f"{stored.base}/ziele", {"abschnitt": "E3", "ziel": "4"})
        assert answer.status_code == 200
        assert '<section class="section" id="E3"' in answer.text
        assert "<html" not in answer.text
        assert answer.text.count("<section") == 1
        assert "Ziel gespeichert." in answer.text

    def test_leave_other_sections_alone(self, owner: Store) -> None:
        stored = owner("lindenau")
        stored.client.post(f"{stored.base}/ziele", data={"abschnitt": "E1", "ziel": "2"})
        assert dict(stored.result().profile.inputs.targets.sections) == {"E3": 4, "E1": 2}

    def test_of_a_submitted_check_move_its_snapshot_along(self, owner: Store) -> None:
        stored = owner("birkenrain", submitted=True)
        assert stored.client.post(f"{stored.base}/ziele", data={"abschnitt": "E1", "ziel": "4"}).status_code == 303
        with stored.app.state.database.reading() as session:
            snapshot = session.get(Snapshot, stored.scope.response_id)
        assert record_json(stored.result().profile) == snapshot.profile
        assert json.loads(snapshot.profile)["input"]["targets"]["sections"]["E1"] == 4

    @pytest.mark.parametrize(
        "wrong", [{"abschnitt": "E99", "ziel": "2"}, {"abschnitt": "E1", "ziel": "5"}, {"ziel": "1"}]
    )
    def test_that_cannot_be_are_refused(self, owner: Store, wrong: dict[str, str]) -> None:
        stored = owner("birkenrain")
        before = stored.result().profile.inputs.targets
        assert stored.client.post(f"{stored.base}/ziele", data=wrong).status_code == 422
        assert stored.result().profile.inputs.targets == before


class TestFilters:
    def test_work_as_a_plain_form(self, owner: Store) -> None:
        stored = owner("birkenrain")
        form = stored.page("/schritte").form("/schritte")
        assert form.method == "get"
        query = "&".join(f"{name}={value}" for name, value in form.values(abschnitt="E1", aufwand="low").items())
        page = stored.page(f"/schritte?{query}")
        assert page.all("option", value="E1", selected="")
        assert "von 57 Schritten" in page.words
        assert len(page.all("li", class_="step")) < 7

    def test_give_htmx_the_list_alone(self, owner: Store) -> None:
        stored = owner("birkenrain")
        answer = htmx(stored.client, "GET", f"{stored.base}/schritte?aufwand=high")
        assert '<div id="schritte">' in answer.text
        assert "<form" not in answer.text
        assert "3 Schritte" in answer.text

    def test_that_fit_nothing_say_so(self, owner: Store) -> None:
        stored = owner("birkenrain")
        page = stored.page("/schritte?abschnitt=E4&wer=statistik")
        assert "Zu dieser Auswahl gibt es keinen Schritt." in page.words
        assert f"{stored.base}/schritte" in page.links


class TestScenario:
    def test_shows_both_states_side_by_side(self, owner: Store) -> None:
        stored = owner("auental")
        page = stored.page("/faktoren?stichtag=2028-01")
        assert "Vor Januar 2028 enden die Projekte hinter 16 Antworten." in page.words
        assert "Wenn Projekte auslaufen" in page.words
        assert page.all("option", value="2028-01", selected="")
        rows = tables(stored.client.get(f"{stored.base}/faktoren?stichtag=2028-01").text)["krise"]
        assert rows[1][1:5:2] == ["49", "38"]

    def test_without_a_month_there_is_only_today(self, owner: Store) -> None:
        page = owner("auental").page("/faktoren")
        assert "Was wann endet" in page.words
        assert "heute und ab" not in page.words

    def test_a_month_that_cannot_be_read_is_told_beside_the_field(self, owner: Store) -> None:
        page = owner("auental").page("/faktoren?stichtag=Weihnachten")
        assert page.title.startswith("Fehler: ")
        assert page.by_id("stichtag").attributes["aria-describedby"] == "stichtag-error"
        assert "Diesen Monat können wir nicht lesen." in page.by_id("stichtag-error").text

    @pytest.mark.parametrize("month", ["abc", "2027-13"])
    def test_where_there_is_no_field_the_page_says_why(self, owner: Store, month: str) -> None:
        page = owner("birkenrain", "E1.lenkungsgruppe").page(f"/faktoren?stichtag={month}")
        assert not page.title.startswith("Fehler: ")
        assert "Einen Blick voraus gibt es deshalb noch nicht." in page.words

    def test_no_project_no_switch(self, owner: Store) -> None:
        page = owner("birkenrain", "E1.lenkungsgruppe").page("/faktoren")
        assert "Zu keiner Antwort steht, dass ein Projekt sie trägt." in page.words
        assert not [form for form in page.forms if form.method == "get"]


class TestWordsForEachType:
    def test_a_landkreis_reads_of_its_own(self, owner: Store) -> None:
        stored = owner("auental")
        for page in ("/abschnitte", "/schritte", "/listen", "/druck"):
            words = stored.page(page).words
            assert "Landkreis" in words
            assert "Oberbürgermeister" not in words
        assert "Kreistag und Fraktionen" in stored.page("/schritte").words

    def test_a_small_gemeinde_reads_of_its_own(self, owner: Store) -> None:
        words = owner("birkenrain").page("/schritte").words
        assert "Bürgermeisterin oder Bürgermeister" in words
        assert "Gemeinderat und Fraktionen" in words
        assert "Kreistag" not in words.replace("Kreistags", "")


class TestExamples:
    FAR = "Beispiel aus einer anderen Art von Kommune"

    @pytest.mark.parametrize("key", ["lindenau", "auental", "birkenrain"])
    def test_of_another_kind_are_folded_in_the_focus_areas(self, owner: Store, key: str) -> None:
        stored = owner(key)
        firsts = [area.steps[0].example for area in overview_of(stored.result()).focus]
        page = stored.page()
        folded = [details.text for details in page.all("details") if self.FAR in details.text]
        for example in filter(None, firsts):
            inside = any(str(example.text) in text for text in folded)
            assert inside == (example.match == "other"), example.id
        assert len(folded) == sum(example is not None and not example.is_near for example in firsts)

    def test_some_are_near_and_some_are_not(self, owner: Store) -> None:
        """Else the test above would see one side only."""
        shown = [owner(key).result() for key in ("lindenau", "auental", "birkenrain")]
        firsts = [area.steps[0].example for result in shown for area in overview_of(result).focus]
        assert {example.is_near for example in firsts if example} == {True, False}

    def test_all_stand_open_among_the_steps(self, owner: Store) -> None:
        assert self.FAR not in owner("auental").page("/schritte").words


class TestPaper:
    def test_holds_everything_on_one_page(self, owner: Store) -> None:
        stored = owner("auental")
        sheet = stored.page("/druck")
        result = stored.result()
        assert stored.example.inputs.municipality.name in sheet.by_id("main").text
        for section in result.profile.sections:
            assert section.title in sheet.words
        for lens in result.profile.lenses:
            assert lens.title in sheet.words
        for entry in result.profile.priorities:
            assert entry.step.action in sheet.words
        assert result.digest in sheet.words

    def test_has_no_navigation_and_nothing_folded_that_matters(self, owner: Store) -> None:
        sheet = owner("birkenrain").page("/druck")
        assert not sheet.all("nav")
        folded = [details.text.strip().splitlines()[0] for details in sheet.all("details")]
        assert set(folded) == {"Zahlen als Tabelle", "Als Netz ansehen"}


def test_what_is_open_leads_to_its_question(owner: Store) -> None:
    stored = owner("auental")
    links = [link for link in stored.page("/listen").links if "/abschnitt/" in link]
    assert f"/check/{stored.scope.response_id}/abschnitt/E6#q-E6-betroffene" in links
    form = stored.open(links[0].split("#")[0])
    assert form.by_id(links[0].split("#")[1])


def test_after_handing_in_nothing_leads_back_into_the_form(owner: Store) -> None:
    stored = owner("auental", submitted=True)
    for page in PAGES:
        assert not [link for link in stored.page(page).links if "/abschnitt/" in link]


def test_the_navigation_is_the_same_everywhere(owner: Store) -> None:
    stored = owner("birkenrain")
    expected = [stored.base + page for page in PAGES]
    for page in PAGES[:-1]:
        shown = stored.page(page)
        assert [link.attributes["href"] for link in shown.all("a", class_="pages__link")] == expected
        assert [link.attributes["href"] for link in shown.all("a", aria_current="page")] == [stored.base + page]


def form_of(stored: Owner, section: str) -> Form:
    """The target form of a section."""
    return next(f for f in stored.page("/abschnitte").forms if dict(f.fields).get("abschnitt") == section)


def htmx(client: TestClient, method: str, address: str, data: dict[str, str] | None = None) -> Response:
    """A request as htmx makes it."""
    return client.request(method, address, data=data, headers={"hx-request": "true"})
