# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`selbstcheck demo`: what it prints leads to a comparison to read and to a round to take part in."""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from app.cli import main
from app.clock import Clock
from app.db import Database
from app.main import create_app
from app.settings import Settings
from app.tables.people import Account
from app.tables.rounds import ROUNDS
from questionnaires.library import Library

WORDS = re.compile(r"http://127\.0\.0\.1:8000(/\S+)")


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, database_url: str, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setenv("DATABASE_URL", database_url)
    assert main(["demo"]) == 0
    return capsys.readouterr().out


@pytest.fixture
def visitor(printed: str, database_url: str, library: Library) -> Iterator[TestClient]:
    """Somebody who follows the links that were printed, today and without an account."""
    app = create_app(Settings(database_url=database_url), clock=Clock(), library=library)
    headers = {"sec-fetch-site": "same-origin"}
    with TestClient(app, base_url="https://testserver", headers=headers, follow_redirects=False) as client:
        yield client


def test_the_first_link_shows_five_groups_compared_with_the_invented_comments(
    printed: str, visitor: TestClient
) -> None:
    comparison = WORDS.findall(printed)[0]
    page = visitor.get(comparison).text
    assert "Lindenau (erfunden)" in page
    assert "41 Menschen" in page
    assert all(name in page for name in ("Verwaltungsspitze", "Übrige Fachämter", "Migrantenorganisationen"))
    question = visitor.get(f"{comparison}/frage/E8.sprachmittlung").text
    assert "Bei kurzfristigen Terminen am Schalter hilft sie nicht." in question
    assert visitor.get(comparison.replace("/vergleich", "/ergebnis")).status_code == 200


def test_the_second_link_lets_somebody_take_part(printed: str, visitor: TestClient) -> None:
    way_in = WORDS.findall(printed)[1]
    shown = visitor.get(way_in).text
    assert "Dieser Durchgang dient nur zum Ausprobieren." in shown
    begun = visitor.post(way_in)
    assert begun.status_code == 303
    assert visitor.get(begun.headers["location"]).status_code == 200


@pytest.mark.usefixtures("printed")
def test_no_account_is_made_and_one_round_stays_open(database_url: str) -> None:
    """X-14: an instance has no account but those that somebody asked for."""
    with closing(Database(database_url)) as database, database.reading() as session:
        assert session.execute(select(func.count()).select_from(Account)).scalar_one() == 0
        assert sorted(session.execute(select(ROUNDS.c.status)).scalars()) == ["open", "released"]


def test_links_begin_with_the_public_address_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("SELBSTCHECK_PUBLIC_URL", "https://www.example.org/selbstcheck")
    assert main(["demo"]) == 0
    out = capsys.readouterr().out
    assert "https://www.example.org/selbstcheck/gemeinsam/" in out
    assert "https://www.example.org/selbstcheck/mitmachen/" in out
