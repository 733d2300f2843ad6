# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`migrate`, `demo`, `cleanup`, `backup`, `restore`: on a real database, also while somebody writes."""

import socket
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app import tokens
from app.cli import main
from app.clock import months_after
from app.commands import instance as instance_commands
from app.db import Database
from app.responses.retention import delete_expired
from app.tables.responses import Answer, Response, Snapshot
from app.web.access import prove_code


@pytest.fixture
def instance(monkeypatch: pytest.MonkeyPatch, database_url: str) -> str:
    monkeypatch.setenv("DATABASE_URL", database_url)
    return database_url


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> Path:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    return Path(sqlite_url.removeprefix("sqlite:///"))


def test_migrate_twice_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, empty_database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_database_url)
    assert main(["demo"]) == 2
    assert "selbstcheck migrate" in capsys.readouterr().err
    assert main(["migrate"]) == 0
    assert main(["migrate"]) == 0


def test_demo_prints_codes_that_open_filled_checks(instance: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    lines = capsys.readouterr().out.splitlines()[:3]
    database = Database(instance)
    with database.reading() as session:
        scopes = [prove_code(session, tokens.normalise(line.split()[0]) or "") for line in lines]
        types = {session.get_one(Response, scope.response_id).municipality_type for scope in scopes if scope}
        submitted = [session.get(Snapshot, scope.response_id) for scope in scopes if scope]
    database.close()
    assert len(types) == 3
    assert all(submitted)


def test_cleanup_deletes_on_the_day_that_was_announced(instance: str) -> None:
    database = Database(instance)
    with database.writing() as session:
        for name, changed, submitted in [
            ("d1", date(2026, 10, 23), None),
            ("d2", date(2026, 10, 24), None),
            ("s1", date(2024, 11, 22), date(2024, 11, 22)),
            ("s2", date(2024, 11, 23), date(2024, 11, 23)),
        ]:
            session.add(_response(name, changed, submitted))
            session.flush()
            session.add(Answer(response_id=name, item_id="E1.personal", kind="dont_know"))
    for dry_run in (True, False):
        with database.writing() as session:
            found = delete_expired(
                session, today=date(2026, 11, 22), draft_days=30, submitted_months=24, dry_run=dry_run
            )
            assert (found.drafts, found.submitted) == (1, 1)
    with database.reading() as session:
        assert session.get(Response, "d1") is None
        assert session.get(Response, "s1") is None
        assert session.get(Response, "d2") is not None
        assert session.get(Response, "s2") is not None
        assert session.get(Answer, ("d1", "E1.personal")) is None
    database.close()


def test_cleanup_tells_what_it_did(instance: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cleanup", "--dry-run"]) == 0
    assert "0 would be deleted" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 22), 24, date(2028, 11, 22)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_months_end_where_the_month_ends(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_backup_and_restore_while_the_server_holds_the_database(embedded: Path, tmp_path: Path) -> None:
    running = Database(f"sqlite:///{embedded}")
    with running.writing() as session:
        session.add(_response("kept", date(2026, 11, 22), None))
    copy = tmp_path / "backup.db"
    assert main(["backup", str(copy)]) == 0
    assert copy.stat().st_mode & 0o777 == 0o600
    with running.writing() as session:
        session.delete(session.get_one(Response, "kept"))
    assert main(["restore", str(copy)]) == 0
    with running.reading() as session:
        assert session.get(Response, "kept") is not None
    running.close()
    former = sqlite3.connect(embedded.with_name(embedded.name + ".before-restore"))
    assert former.execute("SELECT count(*) FROM response").fetchone() == (0,)
    former.close()


def test_backup_never_overwrites_a_file(embedded: Path, tmp_path: Path) -> None:
    target = tmp_path / "there"
    target.write_text("mine", encoding="utf-8")
    assert main(["backup", str(target)]) == 2
    assert target.read_text(encoding="utf-8") == "mine"


def test_restore_refuses_what_is_no_backup(embedded: Path, tmp_path: Path) -> None:
    before = embedded.read_bytes()
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE response (id TEXT)")
    connection.close()
    text = tmp_path / "text.db"
    text.write_text("no database", encoding="utf-8")
    for path in (other, text, tmp_path / "missing.db"):
        assert main(["restore", str(path)]) == 2
    assert embedded.read_bytes() == before


def test_a_database_that_is_not_ours_is_not_backed_up_and_nothing_is_left_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE response (id TEXT)")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{other}")
    assert main(["backup", str(tmp_path / "copy.db")]) == 2
    assert capsys.readouterr().err == f"{other}: this is no sound Selbstcheck database; nothing was written\n"
    assert list(tmp_path.iterdir()) == [other]


def test_a_backup_leaves_one_file(embedded: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    assert main(["backup", str(folder / "copy.db")]) == 0
    assert main(["restore", str(folder / "copy.db")]) == 0
    assert list(folder.iterdir()) == [folder / "copy.db"]


def test_only_the_owner_can_read_what_we_make(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database, copy = tmp_path / "new" / "selbstcheck.db", tmp_path / "copy.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{database}")
    former = database.with_name("selbstcheck.db.before-restore")
    assert main(["migrate"]) == 0
    assert mode(database) == 0o600
    assert main(["backup", str(copy)]) == 0
    database.unlink()
    assert main(["restore", str(copy)]) == 0
    assert mode(database) == 0o600
    assert "former state" not in capsys.readouterr().out
    assert main(["restore", str(copy)]) == 0
    assert mode(former) == 0o600
    told = capsys.readouterr().out
    assert f"The former state lies in {former}. Remove this file" in told
    assert "selbstcheck cleanup" in told
    assert "repeat what was deleted" in told


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_postgresql_is_backed_up_by_its_own_tools(
    monkeypatch: pytest.MonkeyPatch, postgresql_server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", postgresql_server)
    assert main(["backup", str(tmp_path / "b")]) == 2
    assert "pg_dump" in capsys.readouterr().err


def test_a_database_that_does_not_answer_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/nothing")
    assert main(["migrate"]) == 2
    assert capsys.readouterr().err.splitlines() == ["The database does not answer: OperationalError"]


@pytest.mark.parametrize("url", ["mysql://geheim@x/y", "::::", "postgresql://x:geheim@h:port/y", "postgresql"])
def test_an_address_of_no_database_of_ours_names_the_setting_and_not_the_password(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    for words in (["migrate"], ["serve"], ["cleanup"], ["demo"], ["backup", str(tmp_path / "b")]):
        assert main(words) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith("DATABASE_URL: ")
        assert "geheim" not in line


def test_a_folder_that_cannot_be_made_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, embedded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(tmp_path / "b")]) == 0
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{embedded}/below/x.db")
    capsys.readouterr()
    for words in (["migrate"], ["serve"], ["cleanup"], ["demo"], ["barriers"], ["restore", str(tmp_path / "b")]):
        assert main(words) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert "Not a directory" in line


def test_a_port_that_is_taken_is_told_in_one_line(
    embedded: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(instance_commands, "set_up", lambda level: None)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
    told = capsys.readouterr()
    (line,) = told.err.splitlines()
    assert line.startswith(f"127.0.0.1:{port}: cannot listen there: Address already in use")
    assert told.out == ""


def _response(name: str, changed: date, submitted: date | None) -> Response:
    return Response(
        id=name,
        code_digest=name,
        view_digest=f"v{name}",
        municipality_type="landkreis",
        questionnaire_id="weltoffene-kommune",
        questionnaire_version="1.0",
        questionnaire_digest="x",
        status="submitted" if submitted else "draft",
        started_on=changed,
        changed_on=changed,
        submitted_on=submitted,
    )
