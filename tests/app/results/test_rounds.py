# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The result pages of a released round: the pages of a single check, with the figures of the published table."""

import json
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.results.queries import Place, ResultContext, load_round_result
from app.results.rendering import SHOWN
from app.results.rounding import mean_level
from app.results.views.lists import lists_page
from app.results.views.method import method_page
from app.results.views.questions import question_of
from scoring.agreement import balanced_mean
from scoring.document import to_dict
from scoring.published import PublishedTable
from scoring.rounds import profile_of_round
from tests import released
from tests.app.results.tables import tables
from tests.markup import Markup
from tests.released import KIND, LONG, Plan, Released

PAGES = [f"/ergebnis/{name}".rstrip("/") for name in SHOWN]
MakeRound = Callable[..., Released]


@pytest.fixture
def made(app: FastAPI, client: TestClient) -> MakeRound:
    """Release a round and sign in to whom it was released."""

    def make(plan: Plan | None = None, number: int = 1) -> Released:
        found = released.release(app, plan, number=number)
        found.reader.sign_in(client)
        return found

    return make


def context_of(app: FastAPI, found: Released) -> ResultContext:
    place = Place("/durchgang/x/ergebnis", comparison_url="/durchgang/x/vergleich")
    with app.state.database.reading() as db:
        return load_round_result(db, found.scope, app.state.library, place)


def page_of(client: TestClient, address: str) -> Markup:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return Markup(answer.text)


class TestPages:
    @pytest.mark.parametrize(
        "plan",
        [Plan(), Plan(short=frozenset({"zivil"})), Plan(sizes={"verwaltung": 3, "politik": 4})],
        ids=["forty", "short form", "one block"],
    )
    def test_are_there_for_accounts_and_by_link(self, made: MakeRound, client: TestClient, plan: Plan) -> None:
        found = made(plan)
        for page in PAGES:
            own, shared = page_of(client, found.own + page), page_of(client, found.shared + page)
            assert [h.text for h in own.all("h1")] == [h.text for h in shared.all("h1")]
            assert "Herbst 2026" in own.words
            assert found.round_id not in client.get(found.shared + page).text

    def test_speak_of_groups_and_not_of_one_person(self, made: MakeRound, client: TestClient) -> None:
        found = made()
        words = {page: page_of(client, found.own + page).words for page in PAGES}
        assert "40 Menschen aus 5 von 6 Gruppen haben geantwortet." in words["/ergebnis"]
        assert "Jede Gruppe hat eine Stimme" in words["/ergebnis"]
        assert "beendet am 22. November 2026 · 40 Rückmeldungen" in words["/ergebnis/listen"]
        for page, text in words.items():
            for wrong in ("Ihre Antwort", "Ihren Antworten beant", "nur zum Lesen", "noch keine Aussage (", "stichtag"):
                assert wrong not in text.replace("Mehr aus Ihren Antworten", ""), (page, wrong)
            assert "haben Sie mit „Weiß ich nicht" not in text

    def test_have_no_form_but_the_filters(self, made: MakeRound, client: TestClient) -> None:
        found = made()
        for page in PAGES:
            actions = {form.action for form in page_of(client, found.own + page).forms}
            assert not any("ziele" in action or "faktoren" in action for action in actions)
            assert not any("/check/" in link for link in page_of(client, found.own + page).links)

    def test_unknown_pages_are_not_there(self, made: MakeRound, client: TestClient) -> None:
        found = made()
        assert client.get(f"{found.own}/ergebnis/geheim").status_code == 404
        assert client.get(f"{found.shared}/ergebnis/geheim").status_code == 404
        assert client.get("/gemeinsam/falsch/ergebnis").status_code == 404
        assert client.get("/gemeinsam/falsch/ergebnis/daten.json").status_code == 404

    def test_a_month_for_the_scenario_changes_nothing(self, made: MakeRound, client: TestClient) -> None:
        found = made()
        plain = client.get(f"{found.shared}/ergebnis/faktoren").text
        assert (
            client.get(f"{found.shared}/ergebnis/faktoren?stichtag=2030-01").text.replace("?stichtag=2030-01", "")
            == plain
        )

    def test_fewer_than_n_min_show_counts_only(self, made: MakeRound, client: TestClient) -> None:
        found = made(Plan(sizes={"verwaltung": 2, "politik": 2}))
        for page in PAGES:
            shown = page_of(client, found.own + page)
            assert "4 Menschen aus 2 von 2 Gruppen haben geantwortet." in shown.words
            assert not shown.all("table")
            assert not shown.all("svg")

    def test_own_targets_of_the_round_count(self, app: FastAPI, made: MakeRound) -> None:
        found = made(Plan(targets={"default": 4, "sections": {"E1": 2}}))
        targets = {item.target for item in context_of(app, found).profile.items if item.section_id == "E2"}
        assert targets == {4}


class TestFigures:
    def test_are_those_of_the_method(self, app: FastAPI, made: MakeRound, client: TestClient) -> None:
        found = made()
        context = context_of(app, found)
        form = app.state.library.latest(LONG)
        profile = profile_of_round(form, context.profile.inputs.municipality, found.table)
        rows = tables(client.get(f"{found.own}/ergebnis").text)["profil"][1:]
        scored = [section for section in profile.sections if section.kind == "recommendation"]
        for cells, section in zip(rows, scored, strict=True):
            expected = "–" if section.score is None else str(int(section.score + Fraction(1, 2)))
            assert cells[1] == expected

    def test_a_question_has_its_mean_beside_the_whole_level(self, app: FastAPI, made: MakeRound) -> None:
        found = made()
        context = context_of(app, found)
        for item in context.profile.items:
            shown, table = question_of(context, item.id), found.table.item(item.id)
            assert table is not None
            if table.too_few:
                assert (shown.level, shown.mean) == (None, None)
            else:
                balanced = balanced_mean(block.levels for block in table.blocks)
                assert (shown.level, shown.mean) == (int(balanced), mean_level(balanced))
            assert shown.groups_href.endswith(f"/vergleich/frage/{item.id}")

    def test_a_mean_never_reads_as_a_level_it_does_not_reach(self) -> None:
        shown = {"2": "2", "9/4": "2.3", "49/25": "1.96", "1999/1000": "1.99", "0": "0", "39/10": "3.9", "4": "4"}
        for value, text in shown.items():
            assert mean_level(Fraction(value)) == Decimal(text)
        for cents in range(401):
            value = Fraction(cents, 100)
            assert int(mean_level(value)) == int(value)

    def test_sums_unfold_to_the_means_of_blocks(self, app: FastAPI, made: MakeRound) -> None:
        found = made()
        rows = [row for part in method_page(context_of(app, found)).sections for row in part.rows if row.voices]
        assert len(rows) > 50
        for row in rows:
            assert row.mean is not None
            mean = sum(voice.mean for voice in row.voices) / len(row.voices)
            assert abs(mean - row.mean) <= Decimal("0.01")
            assert all(voice.count >= found.table.rule.minimum for voice in row.voices)

    def test_lists_say_how_many_only_where_it_is_published(self, app: FastAPI, made: MakeRound) -> None:
        found = made()
        lists = lists_page(context_of(app, found))
        assert [question.id for question in lists.clarification] == ["E10.monitoring"]
        table = found.table.item("E10.monitoring")
        assert table is not None
        assert lists.clarification[0].count == table.dont_know
        assert lists.too_few == ()
        assert lists.notes is None


class TestData:
    def test_hold_the_table_and_the_profile(self, app: FastAPI, made: MakeRound, client: TestClient) -> None:
        found = made()
        answer = client.get(f"{found.own}/ergebnis/daten.json")
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["content-disposition"].startswith("attachment")
        document = json.loads(answer.text)
        assert PublishedTable.from_json(json.dumps(document["input"]["table"])) == found.table
        form = app.state.library.latest(LONG)
        inputs = context_of(app, found).profile.inputs
        assert inputs.municipality.type is KIND
        assert document["profile"] == json.loads(
            json.dumps(to_dict(profile_of_round(form, inputs.municipality, found.table)))
        )

    def test_are_the_same_for_everybody(self, made: MakeRound, client: TestClient) -> None:
        found = made()
        own = client.get(f"{found.own}/ergebnis/daten.json").content
        assert client.get(f"{found.shared}/ergebnis/daten.json", headers={"accept-language": "en"}).content == own

    def test_hold_no_person_and_no_comment(self, made: MakeRound, client: TestClient) -> None:
        found = made()
        text = client.get(f"{found.own}/ergebnis/daten.json").text
        assert "Notiz" not in text
        assert "Person" not in json.dumps(json.loads(text)["input"])

    def test_the_bridge_has_the_means(self, made: MakeRound, client: TestClient) -> None:
        found = made()
        lines = client.get(f"{found.own}/ergebnis/bruecke.csv").text.splitlines()
        assert lines[0].endswith("Mittelwert der Gruppen")
        assert any(line.split(";")[-1].count(",") == 1 for line in lines[1:])
