# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who reads a comparison: those the round was released to and those with the link, and only while it is released."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from sqlalchemy import update

from app.settings import Settings
from app.tables.rounds import ROUNDS
from tests import staff
from tests.app.comparison.conftest import Reader
from tests.app.comparison.test_pages import PAGES

Release = Callable[..., Reader]


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url)


def test_is_for_those_it_was_released_to(reader: Release, app: FastAPI) -> None:
    shown = reader()
    with app.state.database.writing() as db:
        colleague = staff.member(db, app, shown.made.municipality_id, "Ohne Freigabe")
        stranger = staff.member(db, app, staff.municipality(db, "Anderswo"), "Fremde Koordination")
    for person in (colleague, stranger):
        person.sign_in(shown.client)
        for page in PAGES:
            assert shown.client.get(shown.made.own + page).status_code == 404


def test_unknown_sections_and_questions_are_not_there(reader: Release) -> None:
    shown = reader()
    for page in ("/vergleich/abschnitt/E99", "/vergleich/frage/E1.nichts", "/vergleich/nichts"):
        assert shown.client.get(shown.made.own + page).status_code == 404
        assert shown.client.get(shown.made.shared + page).status_code == 404


def test_ends_with_the_release(reader: Release, app: FastAPI) -> None:
    shown = reader()
    with app.state.database.writing() as db:
        db.execute(update(ROUNDS).values(status="closed", released_on=None))
    for page in PAGES:
        assert shown.client.get(shown.made.own + page).status_code == 404
        assert shown.client.get(shown.made.shared + page).status_code == 404
