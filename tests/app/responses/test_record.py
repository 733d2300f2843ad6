# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is kept and handed out is German, whatever language it was read in (rule M13)."""

import json

import pytest
from fastapi import FastAPI

from app import i18n
from app.permissions import Scope
from app.responses.queries import load_response
from app.tables import Snapshot
from questionnaires.definition import Questionnaire
from scoring import profile_of
from scoring.document import record_json
from tests.app.responses.visitor import Visitor

CHANGES = {
    "E1.lenkungsgruppe": {"answer": "2", "carried_by": "project", "project_until": "06.2027"},
    "E1.koordinierungsstelle": {"answer": "dont_know"},
    "E1.personal": {"answer": "0"},
}
LANGUAGES = [language for language in i18n.available() if language != i18n.SOURCE]


@pytest.fixture(params=LANGUAGES)
def foreign(request: pytest.FixtureRequest, visitor: Visitor) -> Visitor:
    """Somebody who reads and answers in another language."""
    visitor.section(changes=CHANGES)
    visitor.client.post("/sprache", data={"sprache": request.param, "zurueck": "/"})
    return visitor


def snapshot_and_german(visitor: Visitor, app: FastAPI, questionnaire: Questionnaire) -> tuple[str, str]:
    """The bytes that are kept, and those of the profile computed anew in German."""
    with app.state.database.reading() as db:
        state = load_response(db, Scope(visitor.id, visitor.code, can_edit=True))
        kept = db.get(Snapshot, visitor.id)
    return kept.profile, record_json(profile_of(questionnaire, state.municipality, state.answers, state.targets))


def test_submitting_freezes_the_german_record(foreign: Visitor, app: FastAPI, questionnaire: Questionnaire) -> None:
    assert foreign.post("abgeben").status_code == 303
    kept, german = snapshot_and_german(foreign, app, questionnaire)
    assert kept == german
    assert questionnaire.sections[0].title.of(None) in kept


def test_a_target_set_later_freezes_it_in_german_too(
    foreign: Visitor, app: FastAPI, questionnaire: Questionnaire
) -> None:
    foreign.post("abgeben")
    assert foreign.post("ergebnis/ziele", {"abschnitt": "E1", "ziel": "4"}).status_code == 303
    kept, german = snapshot_and_german(foreign, app, questionnaire)
    assert kept == german
    assert json.loads(kept)["input"]["targets"]["sections"] == {"E1": 4}


def test_the_file_is_the_same_in_every_language(visitor: Visitor) -> None:
    visitor.section(changes=CHANGES)
    files = []
    for language in i18n.available():
        visitor.client.post("/sprache", data={"sprache": language, "zurueck": "/"})
        files.append(visitor.client.get(visitor.address("daten.json")).content)
    assert len(files) > 2
    assert set(files) == {files[0]}


def test_copies_know_the_german_version(foreign: Visitor, questionnaire: Questionnaire) -> None:
    foreign.post("abgeben")
    foreign.opened(foreign.post("kopie"))
    copied = json.loads(foreign.client.get(foreign.address("daten.json")).content)
    assert copied["questionnaire"]["digest"] == questionnaire.digest
    assert foreign.kept("E1.lenkungsgruppe")["answer"] == "2"
    foreign.opened(foreign.post("uebernehmen", {"questionnaire": "kurzcheck"}))
    assert foreign.client.get(foreign.address("daten.json")).status_code == 200
