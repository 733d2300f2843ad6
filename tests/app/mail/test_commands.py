# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`selbstcheck mail send | test` against a real relay."""

from collections.abc import Callable

import pytest

from app.cli import INVALID, main
from app.db import Database
from tests.app.mail.conftest import rows
from tests.app.mail.relays import Postbox


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, database_url: str, postbox: Postbox) -> None:
    for name, value in {
        "DATABASE_URL": database_url,
        "SELBSTCHECK_SMTP_HOST": "127.0.0.1",
        "SELBSTCHECK_SMTP_PORT": str(postbox.port),
        "SELBSTCHECK_SMTP_SECURITY": "none",
        "SELBSTCHECK_MAIL_FROM": "selbstcheck@kommune.de",
    }.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("environment")
def test_send(
    put: Callable[..., None], postbox: Postbox, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    postbox.refused["nie@kommune.de"] = "550 no"
    postbox.refused["spaeter@kommune.de"] = "451 later"
    put("ada@kommune.de", "nie@kommune.de", "spaeter@kommune.de")
    assert main(["mail", "send"]) == 0
    assert capsys.readouterr().out == "sent: 1, to be tried again: 1, failed: 1\n"
    assert [row.status for row in rows(database)] == ["sent", "failed", "queued"]


@pytest.mark.usefixtures("environment")
def test_send_while_the_relay_is_away(
    put: Callable[..., None], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SELBSTCHECK_SMTP_PORT", "1")
    put("ada@kommune.de")
    assert main(["mail", "send"]) == INVALID
    assert capsys.readouterr().err == "127.0.0.1: the relay cannot be reached\n"


@pytest.mark.usefixtures("environment")
def test_test(postbox: Postbox, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mail", "test", "ada@kommune.de"]) == 0
    assert capsys.readouterr().out == "127.0.0.1 took a message to ada@kommune.de.\n"
    assert postbox.recipients == ["ada@kommune.de"]


@pytest.mark.usefixtures("environment")
def test_test_says_what_the_relay_said(postbox: Postbox, capsys: pytest.CaptureFixture[str]) -> None:
    postbox.refused["ada@kommune.de"] = "550 5.7.1 relaying denied"
    assert main(["mail", "test", "ada@kommune.de"]) == INVALID
    said = "127.0.0.1: the relay refused the recipient (550 5.7.1)\nThe relay said: 5.7.1 relaying denied\n"
    assert capsys.readouterr().err == said
    assert main(["mail", "test", "ada@kommune"]) == INVALID
    assert capsys.readouterr().err == "ada@kommune: this is no e-mail address\n"


@pytest.mark.parametrize("words", [["send"], ["test", "ada@kommune.de"]])
def test_without_a_relay(
    words: list[str], sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    assert main(["mail", *words]) == INVALID
    assert capsys.readouterr().err == "Set SELBSTCHECK_SMTP_HOST and SELBSTCHECK_MAIL_FROM to send mail.\n"
