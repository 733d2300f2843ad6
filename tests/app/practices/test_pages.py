# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The examples from practice as a browser without script meets them."""

import gzip
import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from app.practices.queries import catalogue
from app.practices.views.listing import PER_PAGE
from questionnaires.library import Library
from tests.markup import Markup

BUDGET = 30_000
HTMX = {"hx-request": "true"}


def page(client: TestClient, address: str) -> Markup:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return Markup(answer.text)


def titles(markup: Markup) -> list[str]:
    return [element.text for element in markup.all("a", class_="practice__link")]


def options(markup: Markup, name: str) -> dict[str, int]:
    """The values of a filter with the counts they promise."""
    text = next(element.text for element in markup.all("select", name=name))
    counts = [int(count) for count in re.findall(r"\((\d+)\)\s*(?:\n|$)", text)]
    values = [value for value in _values_of(markup, name) if value]
    return dict(zip(values, counts, strict=True))


def _values_of(markup: Markup, name: str) -> list[str]:
    names = [element for element in markup.elements if element.tag in {"select", "option"}]
    values, inside = [], ""
    for element in names:
        if element.tag == "select":
            inside = element.attributes["name"]
        elif inside == name:
            values.append(element.attributes["value"])
    return values


def test_every_example_of_every_questionnaire_stands_in_the_list_once(client: TestClient, library: Library) -> None:
    entries = catalogue(library, "de").entries
    assert len(entries) >= 45
    found = []
    for number in range(1, -(-len(entries) // PER_PAGE) + 1):
        found += titles(page(client, f"/praxis?seite={number}"))
    assert sorted(found) == sorted(entry.practice.title.default for entry in entries)


@pytest.mark.parametrize("address", ["/praxis", "/praxis?seite=3", "/praxis/stuttgart_lenkungsgruppe", "/glossar"])
def test_the_pages_are_public_small_and_asked_for_again(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.headers["cache-control"] == "no-cache"
    assert "set-cookie" not in answer.headers
    assert len(gzip.compress(answer.content, 6)) < BUDGET


@pytest.mark.parametrize("name", ["abschnitt", "typ", "aufwand", "stand"])
def test_a_filter_leads_to_as_many_examples_as_it_promises(client: TestClient, name: str) -> None:
    promised = options(page(client, "/praxis"), name)
    assert promised
    for value, count in promised.items():
        shown = page(client, f"/praxis?{name}={value}")
        assert f"{count} von " in shown.words, value
        assert len(titles(shown)) == min(count, PER_PAGE)


def test_filters_narrow_each_other_on_the_same_step(client: TestClient, library: Library) -> None:
    shown = page(client, "/praxis?abschnitt=weltoffene-kommune.E1&aufwand=high&typ=landkreis")
    expected = {
        entry.practice.title.default
        for entry in catalogue(library, "de").entries
        if entry.practice.type == "landkreis"
        and any(one.section.id == "E1" and one.step.effort == "high" for one in entry.shown)
    }
    assert set(titles(shown)) == expected


def test_what_names_nothing_known_filters_nothing(client: TestClient) -> None:
    everything = titles(page(client, "/praxis"))
    odd = "/praxis?abschnitt=E99&typ=dorf&aufwand=riesig&stand=egal&kommune=Nirgendwo&frage=X.y&seite=abc"
    assert titles(page(client, odd)) == everything


def test_a_page_beyond_the_last_is_the_last(client: TestClient) -> None:
    assert titles(page(client, "/praxis?seite=9999"))
    assert "Nächste Seite" not in page(client, "/praxis?seite=9999").words


def test_filters_stay_from_page_to_page(client: TestClient) -> None:
    first = page(client, "/praxis?typ=grosse_stadt&aufwand=low")
    (following,) = [link for link in first.links if "seite=2" in link]
    assert {"typ=grosse_stadt", "aufwand=low"} <= set(following.partition("?")[2].split("&"))
    second = page(client, following)
    assert not set(titles(first)) & set(titles(second))
    assert {("typ", "grosse_stadt"), ("aufwand", "low")} <= set(second.form("/praxis").fields)


def test_an_empty_choice_says_so_and_leads_back(client: TestClient) -> None:
    shown = page(client, "/praxis?typ=kleine_stadt_gemeinde&abschnitt=steuerung-quartier.V1")
    assert titles(shown) == []
    assert "Zu dieser Auswahl gibt es kein Beispiel." in shown.words
    assert "/praxis" in shown.links


def test_htmx_gets_the_list_alone_and_hears_how_many(client: TestClient, library: Library) -> None:
    planned = sum(entry.practice.status == "planned" for entry in catalogue(library, "de").entries)
    text = client.get("/praxis?stand=planned", headers=HTMX).text
    assert "<h1" not in text
    assert 'id="beispiele"' in text
    assert f'innerHTML">{planned} Beispiele</div>' in text


def test_an_example_says_who_when_how_many_people_and_where_it_stands(client: TestClient) -> None:
    shown = page(client, "/praxis/stuttgart_lenkungsgruppe")
    for words in (
        "Stuttgart · große Stadt · 603.713 Einwohnerinnen und Einwohner (2021) · 2017",
        "Das braucht es",
        "Das hat geholfen",
        "Bertelsmann Stiftung 2022, Kapitel 3.1.1, 3.1.2.1",
        "Frank Gesemann",
        "Stufe 1",
        "Stufe 2",
    ):
        assert words in shown.words


def test_a_plan_is_no_deed(client: TestClient, library: Library) -> None:
    planned = next(e.practice for e in catalogue(library, "de").entries if e.practice.status == "planned")
    words = page(client, f"/praxis/{planned.id}").words
    assert "geplant ·" in words
    assert "Ob es umgesetzt ist, wissen wir nicht." in words
    assert "geplant ·" not in page(client, "/praxis/stuttgart_lenkungsgruppe").words


def test_an_example_leads_to_the_others_of_its_question_and_of_its_municipality(client: TestClient) -> None:
    shown = page(client, "/praxis/stuttgart_lenkungsgruppe")
    by_question = next(link for link in shown.links if "frage=E1.lenkungsgruppe" in link)
    others = page(client, unescape(by_question))
    assert "Nur Beispiele zu dieser Frage:" in others.words
    assert "Lenkungsgruppe für gesellschaftliche Integration" in titles(others)
    assert ("frage", "E1.lenkungsgruppe") in others.form("/praxis").fields
    by_place = next(link for link in shown.links if "kommune=Stuttgart" in link)
    assert {"Stuttgart"} == {
        e.text for e in page(client, by_place).all("strong") if e.text in {"Stuttgart", "Schwerin"}
    }


def test_every_example_has_a_page(client: TestClient, library: Library) -> None:
    for entry in catalogue(library, "de").entries:
        shown = page(client, f"/praxis/{entry.practice.id}")
        assert entry.practice.municipality in shown.words
        assert len(shown.all("section", class_="practice")) == len(entry.practice.items)


def test_an_unknown_example_is_not_found(client: TestClient) -> None:
    assert client.get("/praxis/gibt_es_nicht").status_code == 404


def test_start_page_and_footer_lead_here(client: TestClient) -> None:
    assert client.get("/").text.count('href="/praxis"') == 2
    assert 'href="/glossar"' in client.get("/impressum").text
