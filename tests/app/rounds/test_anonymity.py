# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nobody can find out from the database who answered what (issue 4, section 4; M7.9, D-02, lessons 14 and 15).

A whole round is played: codes, links, addresses with mail, stopping and coming back on another device, taking back.
Then somebody with all rights on the database tries to join people with answers. Planted leaks show that they would
find one.
"""

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import bindparam, inspect, select, text, update
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from app.clock import Clock
from app.db import Database
from app.rounds.actions import tickets
from app.tables.audits import AuditEntry
from app.tables.mails import Mail
from app.tables.responses import RESPONSES
from app.tables.rounds import TICKETS, Invitee
from app.tokens import digest
from questionnaires.definition import Questionnaire
from questionnaires.library import Library
from tests.app.rounds.attacker import Row, Truth, findings, read
from tests.app.rounds.conftest import PlannedRound
from tests.app.rounds.participant import Participant, browser, codes_for

PEOPLE = 12
LINKED = 5


class Ticking:
    """A clock of which no two readings are alike, from nine o'clock on."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, 0).astimezone()

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=7, seconds=13)
        return self.now


class Played:
    """A round that was answered; `truth` is what the database must not tell."""

    def __init__(self, app: FastAPI, client: TestClient, found: PlannedRound, form: Questionnaire) -> None:
        self.app, self.client, self.found, self.form = app, client, found, form
        app.state.clock = Clock(Ticking())
        self.truth = Truth()
        self.known: tuple[str, ...] = tuple(found.links.values())

    def findings(self) -> list[str]:
        """What somebody finds out who reads everything."""
        with self.database.engine.connect() as connection:
            return findings(connection, self.truth, self.known)

    def read(self, table: str) -> list[Row]:
        with self.database.engine.connect() as connection:
            return read(connection, table)

    @property
    def database(self) -> Database:
        database: Database = self.app.state.database
        return database

    def play(self, *, in_turn: bool = False) -> "Played":
        """Invite, answer, come back, submit; `in_turn`: each to the end before the next begins."""
        codes = list(codes_for(self.app, self.found, "politics", PEOPLE + 8))
        random.Random(4).shuffle(codes)  # slips are given out mixed
        self.known += tuple(codes)
        invitees = self._invite(PEOPLE)
        random.Random(6).shuffle(invitees)  # nobody answers in the order of a list
        people = [self._begin(code) for code in codes[:PEOPLE]]
        if not in_turn:
            for one in [self._begin(self.found.links["politics"]) for _ in range(LINKED)]:
                self._finish(one)
            random.Random(5).shuffle(order := list(range(PEOPLE)))
        else:
            order = list(range(PEOPLE))
        for number in order:
            self._finish(self._elsewhere(people[number]) if number % 3 else people[number])
        self.truth = Truth(
            {digest(code): one.id for code, one in zip(codes, people, strict=False)},
            {invitee: one.id for invitee, one in zip(invitees, people, strict=True)},
        )
        return self

    def _invite(self, count: int) -> list[str]:
        now = self.app.state.clock.now()
        made = [
            Invitee(
                id=uuid4().hex,
                round_id=self.found.id,
                group_id=self.found.groups["politics"],
                email=f"mensch{number}@example.org",
                email_key=f"mensch{number}@example.org",
            )
            for number in range(count)
        ]
        with self.database.writing() as db:
            db.add_all(made)
            db.flush()
            for one in made:
                at = self.app.state.clock.now()
                sent = {"status": "sent", "subject": "Einladung", "body": "", "not_before": now, "created_at": at}
                db.add(Mail(id=uuid4().hex, kind="round", recipient=one.email, round_id=self.found.id, **sent))
        return [one.id for one in made]

    def _begin(self, entry: str) -> Participant:
        somebody = Participant(browser(self.app, self.client)).join(entry)
        self._answer(somebody, 0)
        return somebody

    def _elsewhere(self, somebody: Participant) -> Participant:
        """The same person on another device, with the code."""
        other = Participant(browser(self.app, self.client), *somebody.known)
        other.opened(other.client.post("/weiter", data={"code": somebody.code}))
        return other

    def _finish(self, somebody: Participant) -> None:
        self._answer(somebody, 1)
        assert somebody.post("abgeben").status_code == 303

    def _answer(self, somebody: Participant, place: int) -> None:
        section = self.form.sections[place]
        page = somebody.get(f"abschnitt/{section.id}")
        item = section.items[0].id
        given = {"answer": str(len(somebody.id) % 5), "note": f"Beleg {uuid4().hex}"}
        assert somebody.answer(item, page, **given).status_code == 200


@pytest.fixture
def start(app: FastAPI, client: TestClient, an_open_round: PlannedRound, library: Library) -> Played:
    return Played(app, client, an_open_round, library.latest("kurzcheck"))


def test_nothing_joins_people_with_answers(start: Played) -> None:
    played = start.play()
    assert len(played.truth.tickets) == PEOPLE
    assert played.findings() == []


def test_no_code_looks_newer_than_another_of_its_group(start: Played) -> None:
    """Whichever was used last, and whatever the order: all of a group were rewritten together."""
    codes = codes_for(start.app, start.found, "politics", 6)
    codes_for(start.app, start.found, "leadership", 3)
    order = _in_place(start)
    for code in (codes[4], codes[1], codes[5]):
        Participant(browser(start.app, start.client)).join(code)
        rows = [row for row in start.read("ticket") if row["group_id"] == start.found.groups["politics"]]
        assert len(rows) == 6
        assert len({row.get("_xmin") for row in rows}) == 1
        assert _in_place(start) == order  # it tells what it told before: nothing


def _in_place(played: Played) -> list[str]:
    """The codes of the group in the order of their rows."""
    rows = [row for row in played.read("ticket") if row["group_id"] == played.found.groups["politics"]]
    return [row["code_digest"] for row in sorted(rows, key=lambda row: _place(row.get("_ctid", "(0,0)")))]


def _place(word: str) -> tuple[int, ...]:
    return tuple(int(part) for part in word.strip("()").split(","))


def test_sqlite_numbers_no_rows_of_codes_and_answers(start: Played) -> None:
    if not start.database.is_sqlite:
        assert {"_xmin", "_ctid"} <= start.read("round_group")[0].keys()
        return
    for table in ("ticket", "response", "answer"):
        with pytest.raises(OperationalError, match="rowid"), start.database.engine.connect() as connection:
            connection.execute(text(f"SELECT rowid FROM {table}"))


def test_no_time_of_participants_is_finer_than_the_day(start: Played) -> None:
    start.play()
    columns = inspect(start.database.engine)
    for table in ("response", "answer", "ticket", "snapshot"):
        kinds = {column["name"]: str(column["type"]).upper() for column in columns.get_columns(table)}
        assert not [name for name, kind in kinds.items() if "TIME" in kind or "STAMP" in kind], table
        for row in start.read(table):
            for name, value in row.items():
                if not name.startswith("_"):
                    assert not isinstance(value, datetime), (table, name)
                    assert not (isinstance(value, int | float) and value > 10_000_000), (table, name)
    said = "".join(
        str(value)
        for table in ("response", "answer", "ticket")
        for row in start.read(table)
        for name, value in row.items()
        if not name.startswith("_")
    )
    assert "2026-11-22" in said or "datetime.date(2026, 11, 22)" in said
    for moment in (":07:", ":13", "T09", " 09:"):
        assert moment not in said


def test_what_participants_do_is_in_no_log(start: Played) -> None:
    codes_for(start.app, start.found, "politics", 1)
    before = _acts(start.database)
    start._finish(start._begin(start.found.links["politics"]))
    assert _acts(start.database) == before


def _acts(database: Database) -> list[str]:
    with database.reading() as db:
        return sorted(db.execute(select(AuditEntry.id)).scalars())  # type: ignore[call-overload]


def test_who_takes_it_back_leaves_nothing(start: Played) -> None:
    (code,) = codes_for(start.app, start.found, "politics", 1)
    somebody = start._begin(code)
    start._finish(somebody)
    assert somebody.post("loeschen").status_code == 200
    for table in ("response", "answer", "snapshot"):
        assert start.read(table) == []
    (row,) = start.read("ticket")
    assert row["status"] == "used"


# ---- The power of the test: every kind of leak is found ------------------------------------------------------------


Leak = Callable[[Session, Played], None]


def copied_digest(db: Session, played: Played) -> None:
    ticket, response = _pair(played)
    _set(db, response, person=ticket)


def copied_id(db: Session, played: Played) -> None:
    _, response = _pair(played)
    db.execute(text("UPDATE mail SET fault = :id WHERE recipient = 'mensch3@example.org'"), {"id": response})


def hashed_id(db: Session, played: Played) -> None:
    _, response = _pair(played)
    hashed = sha256(response.encode()).hexdigest()[:32]
    db.execute(text("UPDATE invitee SET id = :hashed WHERE email = 'mensch3@example.org'"), {"hashed": hashed})


def hashed_address(db: Session, played: Played) -> None:
    _, response = _pair(played)
    _set(db, response, person=sha256(b"mensch3@example.org").hexdigest())


def hashed_code_of_a_slip(db: Session, played: Played) -> None:
    _, response = _pair(played)
    _set(db, response, view_digest=sha256(played.known[5].encode()).hexdigest())


def act_with_an_id(db: Session, played: Played) -> None:
    _, response = _pair(played)
    db.add(AuditEntry(id=uuid4().hex, at=played.app.state.clock.now(), action="x", detail={"of": response}))


def counted(db: Session, played: Played) -> None:
    """Responses numbered in the order of the addresses."""
    for number, response in enumerate(played.truth.invitees.values()):
        _set(db, response, population=1_000 + number)
        db.execute(
            text("UPDATE invitee SET email_key = :key WHERE id = :id"),
            {"key": f"a{number:03}", "id": [*played.truth.invitees][number]},
        )


def stretched(db: Session, played: Played) -> None:
    """Days in the order of the codes' digests."""
    for number, ticket in enumerate(sorted(played.truth.tickets)):
        _set(db, played.truth.tickets[ticket], started_on=date(2026, 1, 1) + timedelta(days=number))


LEAKS: tuple[Leak, ...] = (
    copied_digest,
    copied_id,
    hashed_id,
    hashed_address,
    hashed_code_of_a_slip,
    act_with_an_id,
    counted,
    stretched,
)


def test_every_planted_leak_is_found(start: Played) -> None:
    played = start.play()
    with played.database.writing() as db:
        for leak in LEAKS:
            with db.begin_nested() as planted:
                leak(db, played)
                db.flush()
                assert findings(db.connection(), played.truth, played.known) != [], leak.__name__
                planted.rollback()
            db.expunge_all()
        assert findings(db.connection(), played.truth, played.known) == []


def test_using_a_code_without_rewriting_the_others_would_be_found(
    start: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    naive = (
        update(TICKETS)
        .where(TICKETS.c.code_digest == bindparam("ticket"), TICKETS.c.status == "unused")
        .values(status="used")
    )
    monkeypatch.setattr(tickets, "_USE", naive)
    played = start.play(in_turn=True)
    found = played.findings()
    if played.database.is_sqlite:
        assert found == []  # without row numbers there is nothing that tells
    else:
        assert "ticket._xmin has the order of response._xmin (1.00)" in found


def test_one_transaction_for_both_would_be_found(start: Played) -> None:
    played = start.play(in_turn=True)
    ticket, response = _pair(played)
    with played.database.writing() as db:
        db.execute(update(TICKETS).where(TICKETS.c.code_digest == ticket).values(status="used"))
        _set(db, response, person="")
    found = played.findings()
    # SQLite does not note which transaction wrote a row.
    assert found == ([] if played.database.is_sqlite else ["one transaction wrote ticket and response"])


def _pair(played: Played) -> tuple[str, str]:
    return next(iter(played.truth.tickets.items()))


def _set(db: Session, response: str, **values: object) -> None:
    db.execute(update(RESPONSES).where(RESPONSES.c.id == response).values(**values))


@pytest.fixture(autouse=True)
def no_connection_stays_open(app: FastAPI) -> Iterator[None]:
    yield
    app.state.database.close()
