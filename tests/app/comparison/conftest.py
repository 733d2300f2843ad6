# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Comparisons of made-up rounds, without a web; and released rounds in the database, with a browser."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.comparison.queries import Comparison, ComparisonPlace
from app.rounds.queries.released import ReleasedGroup, ReleasedRound
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from scoring import Municipality, Targets
from scoring.published import PublishedTable
from tests import released
from tests.markup import Markup
from tests.released import KIND, LONG, Given, Plan, Released

PLACE = ComparisonPlace("/durchgang/abc/vergleich", "/durchgang/abc/ergebnis")


@pytest.fixture(scope="session")
def questionnaire(library: Library) -> Questionnaire:
    return library.latest(LONG)


@pytest.fixture(scope="session")
def compare(library: Library) -> Callable[..., Comparison]:
    """The comparison of a plan, or of a table that was made by hand."""

    def make(plan: Plan | None = None, table: PublishedTable | None = None, language: str = "de") -> Comparison:
        plan = plan or Plan()
        table = table or released.published(library, plan, released.answers_of(library, plan))
        place = ComparisonPlace(PLACE.base_url, PLACE.result_url, language)
        form = library.in_language(table.questionnaire_id, table.questionnaire_version, language)
        return Comparison(round_of(plan, table), form, place)

    return make


def round_of(plan: Plan, table: PublishedTable) -> ReleasedRound:
    """The round as it would be read from the database."""
    submitted = {part.group: part.submitted for part in table.groups}
    return ReleasedRound(
        id="abc",
        title="Herbst 2026",
        municipality=Municipality(KIND, 14_071, "Belm"),
        targets=Targets(),
        table=table,
        groups=tuple(
            ReleasedGroup(key, plan.titles.get(key, key), released.EXPECTED.get(key), submitted[key])
            for key in submitted
        ),
        voices=(),
        closed_on=date(2026, 11, 22),
        released_on=date(2026, 11, 22),
        asks_comments=True,
    )


@dataclass
class Reader:
    """Somebody who reads a released round, signed in or by the link."""

    made: Released
    client: TestClient

    def own(self, address: str = "/vergleich") -> Markup:
        return self.open(self.made.own + address)

    def shared(self, address: str = "/vergleich") -> Markup:
        return self.open(self.made.shared + address)

    def open(self, address: str) -> Markup:
        return Markup(self.text(address))

    def text(self, address: str) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.text


@pytest.fixture
def reader(app: FastAPI, client: TestClient) -> Callable[..., Reader]:
    """Release a round and sign in the coordinator to whom it was released."""

    def make(plan: Plan | None = None, people: Sequence[Given] | None = None, number: int = 1) -> Reader:
        made = released.release(app, plan, people, number=number)
        made.reader.sign_in(client)
        return Reader(made, client)

    return make
