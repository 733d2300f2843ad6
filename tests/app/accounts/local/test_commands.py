# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The first account of an instance, and ways back in, on the command line (X-14)."""

from collections.abc import Callable

import pytest

from app.cli import main
from app.tables.people import Account
from tests.app.accounts.local.people import OTHER, PASSWORD, Browser, someone

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.delenv("SELBSTCHECK_PUBLIC_URL", raising=False)

    def command(*words: str) -> tuple[int, str, str]:
        code = main(words)
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


def create(run: Run, *more: str) -> str:
    code, out, _ = run("create-operator", "ada@kommune.de", "--address", "https://testserver/", *more)
    assert code == 0
    return out.split()[-1].removeprefix("https://testserver")


def test_an_instance_has_no_account_by_itself(desk: Browser) -> None:
    assert desk.count(Account) == 0


def test_the_first_operator_comes_with_a_link(desk: Browser, run: Run) -> None:
    desk.watch.now = _now()
    link = create(run, "--name", "Ada Beispiel")
    assert link.startswith("/einladung/")
    assert 'value="Ada Beispiel"' in desk.get(link).text
    assert desk.post(link, name="Ada Beispiel", new_password=PASSWORD).headers["location"] == "/konto/zweiter-faktor"
    assert desk.set_up()[0].status_code == 200
    assert desk.get("/verwaltung").status_code == 200


def test_once_more_gives_a_way_back_in(desk: Browser, run: Run) -> None:
    desk.watch.now = _now()
    ada = someone(desk.app)
    link = create(run)
    assert link.startswith("/passwort/")
    assert desk.account(ada).is_operator
    assert desk.post(link, new_password=OTHER).status_code == 303


def test_whoever_had_the_address_before_is_named_and_signed_out(desk: Browser, run: Run) -> None:
    desk.watch.now = _now()
    ada = someone(desk.app, name="Wer Anders")
    desk.enter(ada)
    _, out, _ = run("create-operator", "ada@kommune.de", "--address", "https://testserver/")
    assert "already: Wer Anders" in out
    assert desk.sessions(ada) == 0


def test_a_second_factor_is_taken_away(desk: Browser, run: Run) -> None:
    ada = someone(desk.app, factor=True, operator=True)
    desk.enter(ada)
    code, out, _ = run("reset-second-factor", "ADA@kommune.de")
    assert (code, "taken away" in out) == (0, True)
    assert desk.account(ada).totp_secret is None
    assert desk.sessions(ada) == 0


def test_what_is_wrong_is_said_in_one_line(desk: Browser, run: Run) -> None:
    someone(desk.app, "eva@kommune.de", disabled=True)
    for words, said in (
        (("create-operator", "ada", "--address", "https://s.de"), "no e-mail address"),
        (("create-operator", "ada@kommune.de"), "SELBSTCHECK_PUBLIC_URL"),
        (("create-operator", "ada@kommune.de", "--address", "ftp://x"), "SELBSTCHECK_PUBLIC_URL"),
        (("create-operator", "eva@kommune.de", "--address", "https://s.de"), "locked"),
        (("reset-second-factor", "nie@kommune.de"), "no account"),
    ):
        code, _, err = run(*words)
        assert code == 2, words
        assert said in err
        assert err.count("\n") == 1
    assert desk.count(Account) == 1
    assert desk.count(Account, Account.is_operator) == 0


def _now() -> object:
    from datetime import UTC, datetime

    return datetime.now(UTC)
