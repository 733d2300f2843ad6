# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the questionnaire brings beside its questions: examples, ways, limits, and the bridge to other catalogues."""

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.responses.actions import start
from app.results.filters import Filters
from app.results.queries import ResultContext
from app.results.views.bridge import HEADINGS
from app.results.views.steps import steps_page
from app.tokens import view_token
from app.web.session import SECURE_NAME
from questionnaires.crosswalk import COLUMNS
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from questionnaires.parts import MunicipalityType
from scoring import Municipality
from tests.app.results.conftest import Owner
from tests.markup import Markup

Demo = Callable[..., ResultContext]
Store = Callable[..., Owner]
Open = Callable[[str, str], Markup]


@pytest.fixture
def begun(app: FastAPI, client: TestClient, library: Library) -> Open:
    """A page of the result of a check of this questionnaire, just begun."""

    def show(questionnaire_id: str, page: str) -> Markup:
        municipality = Municipality(type=MunicipalityType.LANDKREIS, name="Auental", population=90_000)
        with app.state.database.writing() as session:
            made = start(
                session,
                questionnaire=library.latest(questionnaire_id),
                municipality=municipality,
                today=date(2026, 11, 22),
            )
        client.cookies.set(SECURE_NAME, made.code)
        answer = client.get(f"/check/{made.response_id}/ergebnis{page}")
        assert answer.status_code == 200, page
        return Markup(answer.text)

    return show


def table(client: TestClient, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('attachment; filename="bruecke-weltoffene-kommune-')
    text = answer.content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))


class TestExamples:
    def test_each_leads_to_its_page(self, owner: Store) -> None:
        stored = owner("lindenau")
        for address in ("", "/schritte"):
            links = {link for link in stored.page(address).links if link.startswith("/praxis/")}
            assert links
            assert all(stored.client.get(link).status_code == 200 for link in links)

    def test_paper_has_no_links_to_them(self, owner: Store) -> None:
        assert not [link for link in owner("lindenau").page("/druck").links if link.startswith("/praxis/")]

    def test_each_says_how_near_it_is(self, owner: Store, demo: Demo) -> None:
        shown = [step.example for step in steps_page(demo("lindenau"), Filters()).steps.shown if step.example]
        words = owner("lindenau").page("/schritte").words
        for match, said in (("same_type", "gleicher Typ:"), ("similar_size", "ähnliche Größe:")):
            assert words.count(said) == sum(example.match == match for example in shown)
        assert {"same_type", "other"} <= {example.match for example in shown}


class TestBridge:
    def test_every_question_says_what_it_corresponds_to(self, owner: Store, questionnaire: Questionnaire) -> None:
        words = owner("auental").page("/abschnitte").words
        asked = [item for item in questionnaire.items if item.asked_of(MunicipalityType.LANDKREIS)]
        assert words.count("Entspricht in „Sieben Felder des früheren Selbstchecks“:") == len(asked)
        assert words.count("Entspricht in „Zwölf Punkte der OECD zur Integration vor Ort“:") == len(asked)
        assert "zu klären" in words

    def test_the_table_has_the_levels_beside(self, owner: Store) -> None:
        stored = owner("auental")
        (headings, *rows) = table(stored.client, f"{stored.base}/bruecke.csv")
        assert tuple(headings) == HEADINGS
        assert HEADINGS[: len(COLUMNS)] == COLUMNS
        profile = stored.result().profile
        assert {row[4] for row in rows} == {item.id for item in profile.items}
        for row in rows:
            result = profile.item(row[4])
            assert row[6] == ("" if result.level is None else str(result.level))
            assert row[7]
        assert {"zu klären", "trifft nicht zu"} <= {row[7] for row in rows}

    def test_all_three_results_have_it_and_link_to_it(self, owner: Store) -> None:
        stored = owner("auental")
        own = table(stored.client, f"{stored.base}/bruecke.csv")
        assert table(stored.client, f"{stored.link}/bruecke.csv") == own
        assert len(table(stored.client, "/beispiel/ergebnis/bruecke.csv")) > 100
        for base in (stored.base, stored.link, "/beispiel/ergebnis"):
            assert f"{base}/bruecke.csv" in stored.open(f"{base}/methode").links

    def test_it_is_as_private_as_the_result(self, owner: Store) -> None:
        stored = owner("auental")
        assert stored.client.get(f"{stored.base}/bruecke.csv").headers["cache-control"] == "no-store"
        stored.client.cookies.clear()
        assert stored.client.get(f"{stored.base}/bruecke.csv").status_code == 404
        assert stored.client.get(f"/ansicht/{view_token('0' * 16)}/bruecke.csv").status_code == 404


class TestLimits:
    @pytest.mark.parametrize("address", ["", "/methode", "/druck"])
    def test_a_short_check_says_what_it_cannot_say(self, begun: Open, library: Library, address: str) -> None:
        limits = library.latest("kurzcheck").limits
        assert limits
        assert limits.default in begun("kurzcheck", address).words

    def test_the_long_one_says_nothing_of_the_kind(self, owner: Store) -> None:
        assert "Der Kurzcheck gibt" not in owner("birkenrain").page().words


class TestWays:
    @pytest.mark.parametrize("address", ["/abschnitte", "/druck"])
    def test_ways_of_equal_worth_stand_in_their_section(self, begun: Open, library: Library, address: str) -> None:
        shown = begun("steuerung-quartier", address)
        paths = library.latest("steuerung-quartier").section("V1").paths
        assert len(paths) == 3
        section = shown.by_id("V1").text
        for path in paths:
            assert path.title.default in section
            assert path.text.default in section
        assert shown.words.count("Mehrere Wege, gleich viel wert") == 1

    def test_other_sections_have_none(self, owner: Store) -> None:
        assert "Mehrere Wege" not in owner("birkenrain").page("/abschnitte").words
