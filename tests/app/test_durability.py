# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was told as saved is there after the server was killed in the middle of its work, on both databases."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from httpx2 import Client, HTTPError
from sqlalchemy import text

from app.db import Database
from tests.app.responses.visitor import Visitor, form_of
from tests.ports import free_port

PEOPLE = 6
SECONDS_OF_WORK = 1.5
ITEMS = ("E1.lenkungsgruppe", "E1.koordinierungsstelle", "E1.personal", "E1.vorlagenpruefung")


@dataclass
class Person:
    """Somebody who answers without pause; numbers in notes tell the answers apart."""

    visitor: Visitor
    page: str
    told: dict[str, int] = field(default_factory=dict)
    sent: dict[str, int] = field(default_factory=dict)

    def answer_until_nobody_listens(self) -> None:
        for number in range(1, 1_000_000):
            item = ITEMS[number % len(ITEMS)]
            self.sent[item] = number
            fields = {"base": "", "answer": str(number % 5), "note": str(number)}
            data = {"page": self.page} | {f"{item}.{name}": value for name, value in fields.items()}
            try:
                answer = self.visitor.post(f"frage/{item}", data, headers={"hx-request": "true"})
            except HTTPError:
                return
            assert answer.status_code == 200, answer.text
            self.told[item] = number


@contextmanager
def running(database_url: str, port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The real server as a process of its own; whatever is left of it is killed at the end."""
    environment = {**os.environ, "DATABASE_URL": database_url, "SELBSTCHECK_STARTS_PER_HOUR": "10000"}
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, env=environment, stdout=output, stderr=output, cwd=Path(__file__).parents[2]
        )
    try:
        _wait_until_it_answers(process, port, log)
        yield process
    finally:
        process.kill()
        process.wait()


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail("the server did not start")


def test_every_answer_told_as_saved_survives_kill_9_under_load(database_url: str, tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "server.log"
    address = f"http://127.0.0.1:{port}"
    clients = [Client(base_url=address, timeout=30) for _ in range(PEOPLE)]
    with running(database_url, port, log) as process:
        people = [Person(visitor := Visitor(client).start(), _page_of(visitor)) for client in clients]
        with ThreadPoolExecutor(PEOPLE) as pool:
            working = [pool.submit(person.answer_until_nobody_listens) for person in people]
            time.sleep(SECONDS_OF_WORK)
            _wait_for_load(people)
            os.kill(process.pid, signal.SIGKILL)
            for one in working:
                one.result(60)
    assert _is_load(people), "no load"
    with running(database_url, port, log):
        for person in people:
            for item, told in person.told.items():
                kept = person.visitor.kept(item)
                # What was under way when the server died may have arrived as well, but nothing older than told.
                assert int(kept["note"]) in {told, person.sent[item]}
                assert kept["answer"] == str(int(kept["note"]) % 5)
    for client in clients:
        client.close()


def _wait_for_load(people: list[Person]) -> None:
    """A machine that is busy otherwise needs longer than the time that is usually enough."""
    deadline = time.monotonic() + 60
    while not _is_load(people) and time.monotonic() < deadline:
        time.sleep(0.05)


def _is_load(people: list[Person]) -> bool:
    """Everybody was told of ten answers at least."""
    return all(person.told.get(item, 0) >= 10 for person in people for item in ITEMS)


def _page_of(visitor: Visitor) -> str:
    return form_of(visitor.get("abschnitt/E1"))["page"]


def test_sqlite_waits_for_the_disk(sqlite_url: str) -> None:
    """FULL: a commit is on the disk before it is told; loss of power cannot take it back."""
    database = Database(sqlite_url)
    for opened in (database.reading, database.writing):
        with opened() as session:
            pragmas = {
                name: session.execute(text(f"PRAGMA {name}")).scalar() for name in ("synchronous", "journal_mode")
            }
        assert pragmas == {"synchronous": 2, "journal_mode": "wal"}
    database.close()
