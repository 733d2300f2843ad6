# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of a comparison as a browser without script meets them: one's own, and through the link."""

import gzip
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import event

from scoring.published import Rule
from tests.app.comparison.conftest import Reader
from tests.app.results.tables import tables
from tests.released import Plan

Release = Callable[..., Reader]
PAGES = (
    "/vergleich",
    "/vergleich/agenda",
    "/vergleich/abschnitt/E10",
    "/vergleich/abschnitt/E1?ordnung=fragebogen",
    "/vergleich/frage/E1.lenkungsgruppe",
    "/vergleich/frage/E10.monitoring",
)
TEN = {key: 6 + place % 4 for place, key in enumerate("abcdefghij")}
PLANS = {
    "forty": Plan(),
    "short form": Plan(short=frozenset({"zivil"})),
    "two groups": Plan(sizes={"verwaltung": 9, "zivil": 11}),
    "ten groups": Plan(sizes=TEN, titles={key: f"Gruppe {key} mit einem langen Namen" * 2 for key in TEN}),
    "too few": Plan(sizes={"verwaltung": 2, "politik": 2}),
    "nobody": Plan(sizes={"verwaltung": 0}),
    "one block": Plan(sizes={"verwaltung": 3, "politik": 4}),
    "one of its own": Plan(sizes={"verwaltung": 9, "politik": 2, "beirat": 4}),
    "named": Plan(sizes={"verwaltung": 1, "politik": 2}, rule=Rule("named")),
}
BUDGET = 30_000


@pytest.mark.parametrize("name", PLANS)
def test_every_page_is_there_in_every_kind_of_round(reader: Release, name: str) -> None:
    shown = reader(PLANS[name])
    for page in PAGES:
        own, shared = shown.own(page), shown.shared(page)
        assert len(own.all("h1")) == 1
        assert [h.text for h in own.all("h1")] == [h.text for h in shared.all("h1")]
        assert len(gzip.compress(shown.text(shown.made.shared + page).encode(), 6)) < BUDGET


def test_in_another_language_the_figures_are_the_same(reader: Release) -> None:
    shown = reader()
    german = tables(shown.text(shown.made.shared + "/vergleich"))["abschnitte"]
    shown.client.headers["accept-language"] = "en"
    text = shown.text(shown.made.shared + "/vergleich")
    assert '<html lang="en"' in text
    figures = [[cell.replace(".", ",") for cell in row[1:-1]] for row in tables(text)["abschnitte"][1:]]
    assert figures == [row[1:-1] for row in german[1:]]
    for page in PAGES:
        assert shown.shared(page).all("h1")


class TestLink:
    @pytest.mark.parametrize("page", PAGES)
    def test_leads_only_to_its_own_pages(self, reader: Release, page: str) -> None:
        shown = reader()
        text = shown.text(shown.made.shared + page)
        assert shown.made.round_id not in text
        assert "/durchgang/" not in text
        forms = [form.action for form in shown.shared(page).forms if form.method.lower() == "post"]
        assert set(forms) <= {"/sprache"}

    def test_ends_when_it_is_wrong(self, reader: Release) -> None:
        shown = reader()
        assert shown.client.get("/gemeinsam/falsch/vergleich").status_code == 404

    def test_nothing_can_be_posted_to_it(self, reader: Release) -> None:
        shown = reader()
        address = f"{shown.made.shared}/vergleich/frage/E1.lenkungsgruppe/kommentare"
        assert shown.client.post(address, data={"stelle": "0", "zeigen": "1"}).status_code in {404, 405}


def test_fewer_than_n_min_show_counts_on_every_page(reader: Release) -> None:
    shown = reader(PLANS["too few"])
    for page in PAGES:
        found = shown.own(page)
        assert "4 Menschen aus 2 von 2 Gruppen haben geantwortet." in found.words
        assert "erst ab 5 Rückmeldungen" in found.words
        assert not found.all("table")
        assert not found.all("svg", role="img")


def test_one_block_says_kindly_that_it_cannot_be_compared(reader: Release) -> None:
    words = reader(PLANS["one block"]).own().words
    assert "Einzelne Gruppen lassen sich hier nicht vergleichen" in words
    assert "Aus „Verwaltungsspitze“ und „Politik (Rat, Kreistag)“ kamen jeweils weniger als 5 Antworten." in words
    assert "Damit niemand erkennbar ist, zeigen wir alle Gruppen nur zusammen." in words


def test_a_large_group_beside_a_small_one_is_not_called_small(reader: Release) -> None:
    words = reader(Plan(sizes={"verwaltung": 5, "politik": 2})).own().words
    assert "Aus „Politik (Rat, Kreistag)“ kamen weniger als 5 Antworten." in words
    assert "Damit niemand erkennbar ist, zeigen wir alle Gruppen nur zusammen." in words


def test_a_small_group_says_with_which_it_is_shown(reader: Release) -> None:
    page = reader().own()
    rows = {row.text for row in page.all("li", class_="heard__group") if "in „Weitere Gruppen“" in row.text}
    assert {row.split(" in „")[0].strip() for row in rows} == {"Beirat oder Integrationsrat", "Wirtschaft und Kammern"}
    why = "zeigen wir sie zusammen mit „Beirat oder Integrationsrat“ als „Weitere Gruppen“."
    assert why in page.words


def test_missing_voices_are_named(reader: Release) -> None:
    page = reader().own()
    missing = [group.text for group in page.all("li", class_="heard__group--not")]
    assert len(missing) == 1
    assert "Bildung, Kita und Schule" in missing[0]
    assert "noch nicht gehört" in missing[0]


def test_a_named_round_says_who_gave_what(reader: Release) -> None:
    shown = reader(PLANS["named"])
    page = shown.own("/vergleich/frage/E1.lenkungsgruppe")
    assert "Person 0" in page.words
    assert "namentlich im Team" in page.words
    assert "Wer was gewählt hat" not in reader(number=2).own("/vergleich/frage/E1.lenkungsgruppe").words


def test_hidden_counts_and_too_few_answers_are_explained(reader: Release) -> None:
    shown = reader()
    assert "nicht einzeln ausgewiesen" in shown.own("/vergleich/frage/E1.lenkungsgruppe").words
    words = shown.own("/vergleich/frage/E10.monitoring").words
    assert "Zu wenige Antworten. Damit niemand erkennbar ist, steht hier nichts. Das zählt nicht als 0." in words


class TestPictures:
    @pytest.mark.parametrize("page", ["/vergleich", "/vergleich/abschnitt/E1", "/vergleich/frage/E1.lenkungsgruppe"])
    def test_have_a_name_a_message_and_a_table(self, reader: Release, page: str) -> None:
        found = reader().own(page)
        pictures = found.all("svg", role="img")
        assert pictures
        for picture in pictures:
            title, message = picture.attributes["aria-labelledby"].split()
            assert found.by_id(title).text.strip()
            assert found.by_id(message).text.strip()
        assert found.all("table", class_="figures")

    def test_say_the_numbers_of_the_table(self, reader: Release) -> None:
        shown = reader()
        found = shown.own()
        rows = tables(shown.text(shown.made.own + "/vergleich"))["abschnitte"]
        groups = [cell.split(maxsplit=1)[1] if " " in cell else cell for cell in rows[0][1:-2]]
        pictures = [p.attributes["aria-labelledby"].split()[1] for p in found.all("svg", role="img")]
        for picture, row in zip(pictures, rows[1:], strict=True):
            message = found.by_id(picture).text
            for value in row[1 : 1 + len(groups)]:
                assert f" {value}" in message
            assert f"Größter Abstand: {row[-2]}." in message


def test_pages_never_read_single_answers(reader: Release, app: FastAPI) -> None:
    shown = reader()
    statements: list[str] = []
    event.listen(app.state.database.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    for page in (*PAGES, "/ergebnis", "/ergebnis/druck", "/ergebnis/daten.json"):
        before = len(statements)
        shown.text(shown.made.own + page)
        shown.text(shown.made.shared + page)
        assert len(statements) - before < 20, page
    read = " ".join(statements).lower()
    assert "round_snapshot" in read
    for table in ("response", "answer", "ticket", "invitee"):
        assert f"from {table}" not in read
        assert f"join {table}" not in read


def test_the_result_and_the_comparison_lead_to_each_other(reader: Release) -> None:
    shown = reader()
    for base in (shown.made.own, shown.made.shared):
        assert f"{base}/vergleich" in shown.open(f"{base}/ergebnis").links
        assert f"{base}/ergebnis" in shown.open(f"{base}/vergleich").links


def test_agenda_is_printable(client: TestClient, reader: Release) -> None:
    page = reader().own("/vergleich/agenda")
    assert [h.text.split()[0] for h in page.all("h2")] == ["Handeln", "Besprechen", "Belege", "Würdigen"]
    assert all("no-print" not in section.attributes.get("class", "") for section in page.all("section"))
