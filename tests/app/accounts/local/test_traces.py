# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is logged and what is not: events of signing in, never who or from where (X-26, D-04, D-25)."""

import json
import logging

import pytest

from app.db import Database
from app.web.logging import JsonFormatter
from tests.app.accounts.local.people import PASSWORD, Browser, someone
from tests.standing.conftest import contents

CANARY = "kanarienvogel"


def test_events_carry_no_person_no_secret_and_no_address(desk: Browser, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ada = someone(desk.app, f"{CANARY}@kommune.de", factor=True, name=f"Ada {CANARY}")
    desk.client.headers["user-agent"] = f"{CANARY}/1.0"
    desk.sign_in(ada, f"{CANARY} falsch")
    desk.sign_in(ada)
    desk.post("/anmelden/code", code="000000")
    desk.post("/anmelden/code", code=desk.code(ada))
    desk.get(f"/einladung/{CANARY}")
    desk.post(f"/einladung/{CANARY}", new_password=PASSWORD)
    desk.post("/anmelden/vergessen", email=f"{CANARY}@kommune.de")
    desk.get("/verwaltung")
    desk.post("/abmelden")
    ours = [record for record in caplog.records if not record.name.startswith("httpx")]
    lines = [JsonFormatter().format(record) for record in ours]
    events = {json.loads(line)["event"] for line in lines}
    assert {"sign_in", "sign_in_failed", "sign_out", "link_refused", "link_over", "not_allowed"} <= events
    text = "\n".join(lines)
    for secret in (CANARY, "testclient", ada.id, ada.secret, PASSWORD):
        assert secret not in text


def test_neither_browser_nor_address_is_in_the_database(desk: Browser) -> None:
    ada = someone(desk.app)
    desk.client.headers["user-agent"] = f"{CANARY}/1.0"
    desk.enter(ada)
    kept = str(contents(desk.app))
    assert CANARY not in kept
    assert "testclient" not in kept


def test_a_session_that_cannot_be_noted_does_not_break_the_page(
    desk: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from sqlalchemy.exc import OperationalError

    import app.web.touch as touch

    desk.enter(someone(desk.app))
    desk.watch.forward(minutes=10)

    def refuse(*_: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("away"))

    monkeypatch.setattr(touch, "mark_seen", refuse)
    assert desk.get("/konto").status_code == 200
    assert "session_touch" in caplog.text


def test_hashing_holds_no_transaction(desk: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """A third of a second inside a writing transaction would keep all others of the embedded database waiting."""
    database: Database = desk.app.state.database
    passwords = desk.app.state.passwords
    ada, open_at = someone(desk.app), []

    def counted(name: str) -> None:
        inner = getattr(passwords, name)

        def run(*values: str) -> object:
            open_at.append(database.engine.pool.checkedout())  # type: ignore[attr-defined]
            return inner(*values)

        monkeypatch.setattr(passwords, name, run)

    counted("_verify")
    counted("_prepare")
    desk.sign_in(ada)
    desk.post("/konto/passwort", current_password=PASSWORD, new_password="kartoffel trompete nebel")
    assert open_at == [0, 0, 0]
