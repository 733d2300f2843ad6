# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Canaries: what must stand in no log line and in no table, looked for in all of them (D-04, D-25, lesson 14)."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import inspect, text

from app import tokens
from app.db import Database
from app.web.logging import JsonFormatter
from tests.app.responses.visitor import Visitor, form_of

NAME, NOTE, AGENT, ADDRESS = "Kanarienstadt", "Kanariennotiz", "Kanarienbrowser/7", "203.0.113.77"
FIRST = "E1.lenkungsgruppe"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that any logger says, at the lowest level, written as in operation."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("httpx2").setLevel(logging.WARNING)  # the test's own browser writes addresses
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def canary(app: FastAPI) -> Iterator[Visitor]:
    """A browser with an address and a name of its own."""
    headers = {"sec-fetch-site": "same-origin", "user-agent": AGENT}
    with TestClient(
        app, base_url="https://testserver", headers=headers, follow_redirects=False, client=(ADDRESS, 4711)
    ) as client:
        yield Visitor(client)


def journey(canary: Visitor) -> list[str]:
    """Everything a person can do, also wrongly; gives the secrets that came up."""
    canary.start(name=NAME)
    canary.section("E1", changes={FIRST: {"answer": "2", "note": NOTE}})
    canary.answer("E1.personal", answer="3", note=NOTE)
    page = canary.get("abschnitt/E1")
    canary.answer("E1.haltung", answer="4", note="x" * 3000)
    canary.post("frage/E1.personal", {f"{NOTE}.base": ""}, headers={"hx-request": "true"})
    canary.post("abschnitt/E1", form_of(page) | {"weiter": "next"}, headers={"sec-fetch-site": "cross-site"})
    for rest in ("", "pruefen", "code", "kommune", "loeschen", "daten.json", "ergebnis", f"abschnitt/{NOTE}"):
        canary.client.get(canary.address(rest))
    canary.client.get(f"/{NOTE}?code={canary.code}")
    canary.client.post("/weiter", data={"code": canary.code[:-1] + "0"})
    canary.client.post("/weiter", data={"code": canary.code})
    canary.client.post("/import", files={"file": (f"{NOTE}.json", NOTE.encode())})
    canary.client.get(f"/ansicht/{tokens.view_token(canary.code)}")
    canary.post("abgeben")
    canary.post("abgeben")
    secrets = [canary.code, tokens.grouped(canary.code), tokens.view_token(canary.code)]
    identifier = canary.id
    canary.opened(canary.post("kopie"))
    secrets += [canary.code, tokens.grouped(canary.code), tokens.view_token(canary.code)]
    canary.post("beenden")
    canary.client.get(canary.address())
    canary.id = identifier
    return secrets


def test_no_log_line_tells_who_or_what(canary: Visitor, lines: io.StringIO) -> None:
    secrets = journey(canary)
    said = lines.getvalue()
    events = [json.loads(line) for line in said.splitlines()]
    assert len([event for event in events if event["event"] == "request"]) > 20
    for secret in (*secrets, canary.id, NAME, NOTE, AGENT, ADDRESS, "Kanarien"):
        assert secret.lower() not in said.lower()


def test_not_even_when_the_database_fails(canary: Visitor, app: FastAPI, lines: io.StringIO) -> None:
    canary.start(name=NAME)
    values = form_of(canary.get("abschnitt/E1")) | {f"{FIRST}.note": NOTE, f"{FIRST}.answer": "2"}
    with app.state.database.writing() as db:
        db.execute(text("ALTER TABLE answer RENAME TO gone"))
    try:
        answer = canary.post(f"frage/{FIRST}", values, headers={"hx-request": "true"})
    finally:
        with app.state.database.writing() as db:
            db.execute(text("ALTER TABLE gone RENAME TO answer"))
    assert answer.status_code in {500, 503}
    said = lines.getvalue()
    assert "Error" in said
    for secret in (canary.code, canary.id, NAME, NOTE, AGENT, ADDRESS):
        assert secret not in said
        assert secret not in answer.text


def test_no_table_tells_who_opened_what(canary: Visitor, database: Database, database_url: str) -> None:
    secrets = journey(canary)
    dump = everything(database)
    assert NOTE in dump
    assert NAME in dump
    if database.is_sqlite:
        dump += Path(database_url.removeprefix("sqlite:///")).read_bytes().decode("latin-1")
    for secret in (*secrets, AGENT, ADDRESS, "10:42", "T10"):
        assert secret.lower() not in dump.lower()


def test_no_column_of_participants_is_finer_than_a_day(database: Database) -> None:
    """Times stand only beside what people with an account do, and mail."""
    columns = inspect(database.engine)
    staff = {"account", "account_link", "account_session", "audit_entry", "mail", "oidc_login", "round"}
    tables = set(columns.get_table_names()) - staff
    assert {"response", "answer", "ticket", "invitee", "snapshot", "delegation", "proposal", "barrier_report"} <= tables
    kinds = {
        f"{table}.{column['name']}": str(column["type"]) for table in tables for column in columns.get_columns(table)
    }
    assert {name for name, kind in kinds.items() if "TIME" in kind.upper()} == set()
    assert [name for name in kinds if "ip" in name.split(".")[1].split("_") or "agent" in name] == []


def everything(database: Database) -> str:
    """All rows of all tables as text."""
    with database.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        return "\n".join(
            str(tuple(row)) for table in tables for row in connection.execute(text(f'SELECT * FROM "{table}"'))
        )
