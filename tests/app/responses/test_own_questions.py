# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Own questions of an operator: marked wherever they are met, and no harm where they are broken or gone."""

import json
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.clock import Clock
from app.main import create_app
from app.results.rendering import SHOWN
from app.settings import Settings
from questionnaires.library import Library
from questionnaires.own import open_library
from tests.app.responses.visitor import Visitor
from tests.markup import Markup

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "eigene-fragen"
WHOLE = "weltoffene-kommune+musterstadt"
MARK, OWN = "Zusatz von Stadt Musterstadt", "Eigener Fragebogen dieser Stelle"
HEADERS = {"sec-fetch-site": "same-origin"}


@pytest.fixture(scope="session")
def library() -> Library:
    """What is shipped, and the example of the documentation."""
    return open_library(EXAMPLE)


@pytest.fixture
def settings(sqlite_url: str) -> Settings:
    return Settings(database_url=sqlite_url)


@contextmanager
def served(settings: Settings, clock: Clock, own: Path | None) -> Iterator[TestClient]:
    """A browser on an instance with this directory."""
    app = create_app(settings.model_copy(update={"questionnaires_dir": own}), clock=clock)
    with TestClient(app, base_url="https://testserver", headers=HEADERS, follow_redirects=False) as client:
        yield client


def test_the_choice_at_the_start_marks_own_ones_and_nothing_else(client: TestClient) -> None:
    page = Markup(client.get("/start").text)
    labels = {
        radio.attributes["value"]: next(
            label.text for label in page.all("label") if label.attributes.get("for") == radio.attributes["id"]
        )
        for radio in page.all("input", type="radio", name="questionnaire")
    }
    assert MARK in labels.pop(WHOLE)
    assert OWN in labels.pop("rathausrunde")
    assert len(labels) == 3
    assert not [label for label in labels.values() if "Zusatz" in label or OWN in label]


def test_the_section_says_whose_it_is(client: TestClient) -> None:
    visitor = Visitor(client).start(questionnaire=WHOLE)
    assert MARK in visitor.get("abschnitt/X1").words
    assert "Zusatz" not in visitor.get("abschnitt/E1").words
    assert OWN in Visitor(client).start(questionnaire="rathausrunde").get("abschnitt/R1").words


def test_an_addition_is_answered_and_its_result_says_where_it_comes_from(client: TestClient) -> None:
    visitor = Visitor(client).start(questionnaire=WHOLE)
    assert visitor.answer("X1.bekannt", answer="3").status_code == 200
    assert visitor.answer("X1.vorlagen", answer="2").status_code == 200
    visitor.answer("E1.lenkungsgruppe", answer="1")

    assert visitor.kept("X1.bekannt")["answer"] == "3"
    for page in SHOWN:
        words = visitor.get(f"ergebnis/{page}".rstrip("/")).words
        assert (f"{MARK}: „Unser Leitbild leben“" in words) == (page in {"methode", "druck"}), page
    assert visitor.post("abgeben").status_code == 303
    assert MARK in visitor.get("ergebnis/methode").words


def test_a_shipped_questionnaire_says_nothing_of_additions(client: TestClient) -> None:
    assert "Zusatz" not in Visitor(client).start().get("ergebnis/methode").words


def test_answers_go_from_the_shipped_one_to_the_addition(client: TestClient) -> None:
    visitor = Visitor(client).start()
    visitor.answer("E1.lenkungsgruppe", answer="2")
    visitor.opened(visitor.post("uebernehmen", {"questionnaire": WHOLE}))
    assert visitor.kept("E1.lenkungsgruppe")["answer"] == "2"
    assert MARK in visitor.get("abschnitt/X1").words


def test_a_file_of_an_addition_can_be_read_again(client: TestClient) -> None:
    visitor = Visitor(client).start(questionnaire=WHOLE)
    visitor.answer("X1.bekannt", answer="3")
    document = client.get(visitor.address("daten.json")).json()
    assert document["questionnaire"]["id"] == WHOLE
    again = client.post("/import", files={"file": ("check.json", json.dumps(document), "application/json")})
    assert visitor.opened(again).kept("X1.bekannt")["answer"] == "3"


def test_a_broken_one_is_logged_line_by_line_and_the_others_can_be_started(
    settings: Settings, clock: Clock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own = shutil.copytree(EXAMPLE, tmp_path / "own")
    path = own / "additions" / "musterstadt" / "1.0" / "sections" / "X1.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("integrationsstelle", "niemand"), encoding="utf-8")
    with caplog.at_level(logging.ERROR, "selbstcheck"), served(settings, clock, own) as client:
        told = [record.getMessage() for record in caplog.records]
        assert len(told) == 2
        assert all(line.startswith("own questionnaire refused: ") and "dangling-owner" in line for line in told)
        start = client.get("/start").text
        assert WHOLE not in start
        assert "rathausrunde" in start
        Visitor(client).start(questionnaire="rathausrunde").get("abschnitt/R1")
        Visitor(client).start().get("ergebnis")


def test_a_check_whose_questionnaire_is_gone_keeps_its_answers_and_says_so(settings: Settings, clock: Clock) -> None:
    with served(settings, clock, EXAMPLE) as client:
        first = Visitor(client).start()
        gone = Visitor(client).start(questionnaire="rathausrunde")
        cookies = dict(client.cookies)
    with served(settings, clock, None) as client:
        client.cookies.update(cookies)
        assert "Der Fragebogen dieses Selbstchecks fehlt" in Visitor(client, *gone.known).get(status=503).words
        Visitor(client, *gone.known).get("ergebnis", status=503)
        Visitor(client, *first.known).get()
        assert client.get("/weiter").status_code == 200
    with served(settings, clock, EXAMPLE) as client:
        client.cookies.update(cookies)
        Visitor(client, *gone.known).get()
