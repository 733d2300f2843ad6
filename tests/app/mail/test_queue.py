# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The queue with a real relay, on both databases: retries, leases, limits, several senders, databases that go away."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.clock import Clock
from app.db import Database
from app.mail import courier as courier_module
from app.mail.actions import enqueue
from app.mail.courier import Carried, Courier
from app.mail.queue import BACK_OFF, Claimed, claim, note
from app.mail.relay import Outcome
from app.mail.sender import Sender
from app.settings import Settings
from tests.app.mail.conftest import Watch, rows, sending, the_row
from tests.app.mail.relays import Postbox

Put = Callable[..., None]
LEASE = timedelta(minutes=5)


@pytest.fixture
def courier(database: Database, settings: Settings, clock: Clock) -> Courier:
    return Courier(database, settings, clock)


def test_what_is_due_is_sent_and_its_text_goes(
    database: Database, courier: Courier, postbox: Postbox, put: Put
) -> None:
    put("ada@kommune.de", "eva@kommune.de")
    assert courier.carry() == Carried(sent=2, queued=0, failed=0)
    assert sorted(postbox.recipients) == ["ada@kommune.de", "eva@kommune.de"]
    assert all(len(got.recipients) == 1 for got in postbox.got)
    assert [(row.status, row.body, row.recipient) for row in rows(database)] == [
        ("sent", "", "ada@kommune.de"),
        ("sent", "", "eva@kommune.de"),
    ]
    assert courier.carry() == Carried(0, 0, 0)


def test_nothing_is_sent_before_its_time(courier: Courier, postbox: Postbox, put: Put, watch: Watch) -> None:
    watch.forward(minutes=10)
    put("ada@kommune.de")
    watch.forward(minutes=-1)
    assert courier.carry() == Carried(0, 0, 0)
    assert postbox.got == []


def test_a_refusal_for_now_is_tried_again_and_again_and_then_fails(
    database: Database, courier: Courier, postbox: Postbox, put: Put, watch: Watch
) -> None:
    postbox.refused["ada@kommune.de"] = "451 4.7.1 <ada@kommune.de> later"
    put("ada@kommune.de", kind="round")
    for number, wait in enumerate(BACK_OFF, 1):
        assert courier.carry() == Carried(0, 1, 0)
        row = the_row(database)
        assert (row.status, row.attempts, row.not_before) == ("queued", number, watch.now + wait)
        watch.forward(seconds=wait.total_seconds() - 1)
        assert courier.carry() == Carried(0, 0, 0)
        watch.forward(seconds=1)
    assert [wait.total_seconds() / 60 for wait in BACK_OFF] == [1, 5, 30, 120, 360]
    assert courier.carry() == Carried(0, 0, 1)
    row = the_row(database)
    assert (row.status, row.attempts, row.fault) == ("failed", 6, "recipient 451 4.7.1")
    watch.forward(days=1)
    assert courier.carry() == Carried(0, 0, 0)


def test_it_arrives_once_the_relay_takes_it(
    database: Database, courier: Courier, postbox: Postbox, put: Put, watch: Watch
) -> None:
    postbox.refused["ada@kommune.de"] = "451 later"
    put("ada@kommune.de")
    courier.carry()
    del postbox.refused["ada@kommune.de"]
    watch.forward(minutes=1)
    assert courier.carry() == Carried(1, 0, 0)
    row = the_row(database)
    assert (row.status, row.fault, row.attempts) == ("sent", "", 2)


def test_the_message_id_stays_the_same(
    database: Database, courier: Courier, postbox: Postbox, put: Put, watch: Watch
) -> None:
    """A relay that took it without our knowing can tell that it is the same message."""
    put("ada@kommune.de")
    postbox.drops = 1
    assert courier.carry().fault == "closed"
    watch.forward(minutes=1)
    courier.carry()
    (got,) = postbox.got
    row = the_row(database)
    assert (got.message["message-id"], row.attempts) == (f"<{row.id}@kommune.de>", 2)


@pytest.mark.parametrize(("kind", "kept"), [("round", True), ("reminder", True), ("invite", False), ("reset", False)])
def test_a_final_refusal_fails_at_once(
    database: Database, courier: Courier, postbox: Postbox, put: Put, kind: str, *, kept: bool
) -> None:
    """What would open an account does not lie around; the link of a group is no secret."""
    postbox.refused["ada@kommune.de"] = "550 5.1.1 <ada@kommune.de> does not exist"
    put("ada@kommune.de", kind=kind)
    assert courier.carry() == Carried(0, 0, 1)
    row = the_row(database)
    assert (row.status, row.fault, row.attempts) == ("failed", "recipient 550 5.1.1", 1)
    assert bool(row.body) == kept


def test_a_test_message_is_tried_once(database: Database, courier: Courier, postbox: Postbox, put: Put) -> None:
    postbox.refused["ada@kommune.de"] = "451 later"
    put("ada@kommune.de", kind="test")
    assert courier.carry() == Carried(0, 0, 1)
    assert the_row(database).fault == "recipient 451"


def test_while_the_relay_is_away_one_message_finds_out(
    database: Database, postbox: Postbox, settings: Settings, clock: Clock, put: Put, watch: Watch
) -> None:
    put("a@kommune.de", "b@kommune.de", "c@kommune.de")
    away = Courier(database, sending(settings.database_url, 1), clock)
    assert away.carry() == Carried(0, 1, 0, "connect")
    assert sorted(row.attempts for row in rows(database)) == [0, 0, 1]
    watch.forward(minutes=1)
    assert Courier(database, settings, clock).carry().sent == 3


def test_accounts_go_before_rounds(courier: Courier, postbox: Postbox, put: Put, watch: Watch) -> None:
    """Who waits for a new password does not wait for two thousand invitations."""
    put("a@kommune.de", "b@kommune.de", kind="round")
    watch.forward(minutes=1)
    put("eilig@kommune.de", kind="reset")
    courier.carry()
    assert postbox.recipients[0] == "eilig@kommune.de"


class TestRate:
    """No more in a minute than the relay takes, whoever sends, and whatever became of it."""

    def test_the_minute_is_full(
        self, database: Database, postbox: Postbox, settings: Settings, clock: Clock, put: Put, watch: Watch
    ) -> None:
        found = settings.model_copy(update={"mails_per_minute": 3})
        put(*(f"{number}@kommune.de" for number in range(7)))
        for _ in range(2):
            Courier(database, found, clock).carry()
            assert len(postbox.got) == 3
        watch.forward(seconds=59)
        assert Courier(database, found, clock).carry().sent == 0
        watch.forward(seconds=1)
        assert Courier(database, found, clock).carry().sent == 3
        watch.forward(minutes=1)
        assert Courier(database, found, clock).carry().sent == 1

    @pytest.mark.parametrize("reply", ["451 too many", "550 no"])
    def test_refused_ones_count(
        self, database: Database, postbox: Postbox, settings: Settings, clock: Clock, put: Put, reply: str
    ) -> None:
        found = settings.model_copy(update={"mails_per_minute": 2})
        put(*(f"{number}@kommune.de" for number in range(5)), kind="round")
        postbox.refused |= {f"{number}@kommune.de": reply for number in range(5)}
        carried = Courier(database, found, clock).carry()
        assert carried.queued + carried.failed == 2
        assert sum(row.attempts for row in rows(database)) == 2

    def test_those_under_way_count(self, database: Database, put: Put, watch: Watch) -> None:
        put("a@kommune.de", "b@kommune.de")
        with database.writing() as db:
            assert claim(db, watch.now, lease=LEASE, per_minute=1)
            assert claim(db, watch.now, lease=LEASE, per_minute=1) is None
            assert claim(db, watch.now + timedelta(minutes=1), lease=LEASE, per_minute=1)

    def test_those_that_wait_for_long_do_not_count(self, database: Database, put: Put, watch: Watch) -> None:
        """Many that are tried again in six hours must not stop all others until then."""
        put("a@kommune.de", "b@kommune.de")
        with database.writing() as db:
            db.execute(
                text("UPDATE mail SET attempts = 5, not_before = :at WHERE recipient = 'a@kommune.de'"),
                {
                    "at": (watch.now + timedelta(hours=5)).replace(tzinfo=None)
                    if database.is_sqlite
                    else watch.now + timedelta(hours=5)
                },
            )
        with database.writing() as db:
            assert claim(db, watch.now, lease=LEASE, per_minute=1)


class TestLease:
    def test_a_sender_that_died_loses_its_message(
        self, database: Database, courier: Courier, postbox: Postbox, put: Put, watch: Watch
    ) -> None:
        put("ada@kommune.de")
        with database.writing() as db:
            assert claim(db, watch.now, lease=LEASE, per_minute=10)
        watch.forward(minutes=5, seconds=-1)
        assert courier.carry() == Carried(0, 0, 0)
        watch.forward(seconds=1)
        assert courier.carry() == Carried(1, 0, 0)
        assert the_row(database).attempts == 2

    def test_a_message_that_kills_its_senders_fails_in_the_end(
        self, database: Database, courier: Courier, postbox: Postbox, put: Put, watch: Watch
    ) -> None:
        put("ada@kommune.de")
        for _ in range(6):
            with database.writing() as db:
                assert claim(db, watch.now, lease=LEASE, per_minute=10)
            watch.forward(minutes=5)
        assert courier.carry() == Carried(0, 0, 0)
        row = the_row(database)
        assert (row.status, row.fault, row.body) == ("failed", "lost", "")
        assert postbox.got == []

    def test_who_comes_too_late_can_only_say_that_it_was_sent(self, database: Database, put: Put, watch: Watch) -> None:
        """A refusal that was noted late must not take the message from whoever has it; what is sent, is sent."""
        put("ada@kommune.de", kind="round")
        first = self.claimed(database, watch)
        watch.forward(minutes=5)
        second = self.claimed(database, watch)
        for outcome in (Outcome("later", "timeout"), Outcome("never", "recipient 550")):
            with database.writing() as db:
                note(db, first, outcome, watch.now)
            row = the_row(database)
            assert (row.status, row.attempts, row.fault) == ("sending", 2, "")
        with database.writing() as db:
            note(db, first, Outcome("sent"), watch.now)
        with database.writing() as db:
            note(db, second, Outcome("later", "recipient 451"), watch.now)
        row = the_row(database)
        assert (row.status, row.body, row.fault) == ("sent", "", "")

    @staticmethod
    def claimed(database: Database, watch: Watch) -> Claimed:
        with database.writing() as db:
            found = claim(db, watch.now, lease=LEASE, per_minute=10)
        assert found
        return found

    def test_nothing_is_held_in_the_database_while_the_relay_hangs(
        self, database: Database, settings: Settings, clock: Clock, postbox: Postbox, put: Put, watch: Watch
    ) -> None:
        """X-27: meanwhile people answer, and others put mail into the queue."""
        put("ada@kommune.de")
        postbox.hangs_until = Event()
        with ThreadPoolExecutor(1) as pool:
            sent = pool.submit(Courier(database, settings, clock).carry)
            _wait_for(lambda: bool(postbox.sessions))
            with database.writing() as db:
                db.execute(text("UPDATE mail SET subject = 'anders'"))
                enqueue(db, kind="notice", recipient="eva@kommune.de", subject="x", body="y", now=watch.now)
            assert [row.status for row in rows(database)] == ["sending", "queued"]
            postbox.hangs_until.set()
            assert sent.result() == Carried(2, 0, 0)


def test_several_senders_send_each_message_once(
    database_url: str, settings: Settings, clock: Clock, postbox: Postbox, put: Put, database: Database
) -> None:
    """As several processes would: each with connections of its own, all at once."""
    wanted = [f"{number}@kommune.de" for number in range(40)]
    put(*wanted)
    start = Barrier(6)

    def run() -> Carried:
        own = Database(database_url)
        try:
            start.wait()
            return Courier(own, settings, clock).carry()
        finally:
            own.close()

    with ThreadPoolExecutor(6) as pool:
        results = [found.result() for found in [pool.submit(run) for _ in range(6)]]
    assert sorted(postbox.recipients) == sorted(wanted)
    assert sum(found.sent for found in results) == len(wanted)
    assert {(row.status, row.attempts) for row in rows(database)} == {("sent", 1)}


def test_several_senders_keep_the_limit_together(
    database_url: str, settings: Settings, clock: Clock, postbox: Postbox, put: Put
) -> None:
    put(*(f"{number}@kommune.de" for number in range(30)))
    found = settings.model_copy(update={"mails_per_minute": 10})
    start = Barrier(5)

    def run() -> None:
        own = Database(database_url)
        try:
            start.wait()
            Courier(own, found, clock).carry()
        finally:
            own.close()

    with ThreadPoolExecutor(5) as pool:
        for done in [pool.submit(run) for _ in range(5)]:
            done.result()
    assert len(postbox.got) == 10


def test_a_database_that_goes_away_after_sending_does_not_send_twice(
    courier: Courier, postbox: Postbox, put: Put, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("ada@kommune.de")
    with monkeypatch.context() as patched:
        patched.setattr(courier_module, "note", _database_away)
        with pytest.raises(OperationalError):
            courier.carry()
    assert the_row(database).status == "sending"
    assert courier.carry() == Carried(1, 0, 0)
    assert the_row(database).status == "sent"
    assert postbox.recipients == ["ada@kommune.de"]


def _database_away(*_values: object) -> str:
    raise OperationalError("UPDATE", {}, Exception("away"))


class TestSender:
    """The thread beside the server."""

    def test_it_sends_by_itself_and_stops(
        self, settings: Settings, clock: Clock, postbox: Postbox, put: Put, database: Database
    ) -> None:
        sender = Sender(settings, clock, look_seconds=0.01)
        sender.start()
        put("ada@kommune.de")
        _wait_for(lambda: the_row(database).status == "sent")
        sender.stop()
        assert not sender._thread.is_alive()
        put("eva@kommune.de")
        assert postbox.recipients == ["ada@kommune.de"]

    def test_it_outlives_a_database_that_is_away(
        self, settings: Settings, clock: Clock, put: Put, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        looks = Event()

        def away(*_values: object) -> bool:
            looks.set()
            raise OperationalError("SELECT", {}, Exception("away"))

        sender = Sender(settings, clock, look_seconds=0.01)
        with monkeypatch.context() as patched:
            patched.setattr(courier_module, "is_due", away)
            sender.start()
            assert looks.wait(5)
        put("ada@kommune.de")
        _wait_for(lambda: the_row(database).status == "sent")
        sender.stop()

    def test_it_outlives_a_relay_that_is_away(
        self, settings: Settings, clock: Clock, put: Put, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("app.mail.sender.AWAY_SECONDS", 0.01)
        put("ada@kommune.de")
        sender = Sender(sending(settings.database_url, 1), clock, look_seconds=0.01)
        sender.start()
        _wait_for(lambda: the_row(database).fault == "connect")
        sender.stop()
        assert not sender._thread.is_alive()
        assert the_row(database).status == "queued"


def _wait_for(happened: Callable[[], bool]) -> None:
    waiting = Event()
    for _ in range(500):
        if happened():
            return
        waiting.wait(0.01)
    raise AssertionError("it did not happen within five seconds")
