# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Results to look at: of the demo municipalities, of few answers, and stored ones with a browser on them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.demo import Example, example
from app.permissions import Scope
from app.responses.actions import start, submit
from app.responses.typed import typed_of
from app.results.queries import Place, ResultContext, load_result, result_of
from app.tokens import view_token
from app.web.session import SECURE_NAME
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from scoring import Inputs
from tests.markup import Markup

DAY = date(2026, 11, 22)
PLACE = Place("/check/abc/ergebnis", "/check/abc")


@pytest.fixture(scope="session")
def questionnaire(library: Library) -> Questionnaire:
    return library.latest("weltoffene-kommune")


@pytest.fixture
def demo(questionnaire: Questionnaire) -> Callable[..., ResultContext]:
    """The result of a demo municipality, of all its answers or of those whose ids begin so."""

    def show(key: str, *beginnings: str, month: str | None = None) -> ResultContext:
        shown = example(questionnaire, key)
        answers = {item: answer for item, answer in shown.inputs.answers.items() if item.startswith(beginnings or "")}
        inputs = Inputs(shown.inputs.municipality, answers, shown.inputs.targets)
        return result_of(questionnaire, inputs, PLACE, as_of=DAY, notes=shown.notes, month=month)

    return show


@dataclass
class Owner:
    """Somebody with the code of a stored check, in a browser."""

    app: FastAPI
    client: TestClient
    scope: Scope
    example: Example

    @property
    def base(self) -> str:
        return f"/check/{self.scope.response_id}/ergebnis"

    @property
    def link(self) -> str:
        assert self.scope.code
        return f"/ansicht/{view_token(self.scope.code)}"

    def page(self, address: str = "") -> Markup:
        """A result page; `address` begins with the slash or the question mark."""
        return self.open(self.base + address)

    def open(self, address: str) -> Markup:
        answer = self.client.get(address)
        assert answer.status_code == 200, address
        return Markup(answer.text)

    def result(self) -> ResultContext:
        """What the pages stand on, read straight from the database."""
        state = self.app.state
        with state.database.reading() as session:
            return load_result(session, self.scope, state.library, Place(self.base, self.base))


@pytest.fixture
def owner(app: FastAPI, client: TestClient, questionnaire: Questionnaire) -> Callable[..., Owner]:
    """Store the check of a demo municipality, all of it or a part, as a draft or submitted."""

    def store(key: str, *beginnings: str, submitted: bool = False) -> Owner:
        shown = example(questionnaire, key)
        answers = shown.inputs.answers
        kept = {item: typed_of(answers.get(item), shown.notes.get(item, "")) for item in {*answers, *shown.notes}}
        typed = {item: value for item, value in kept.items() if item.startswith(beginnings or "")}
        with app.state.database.writing() as session:
            made = start(
                session,
                questionnaire=questionnaire,
                municipality=shown.inputs.municipality,
                today=DAY,
                targets=shown.inputs.targets,
                typed=typed,
            )
            scope = Scope(made.response_id, made.code, can_edit=True)
            session.flush()
            if submitted:
                submit(session, scope, questionnaire, DAY)
        client.cookies.set(SECURE_NAME, made.code)
        return Owner(app, client, scope, shown)

    return store
