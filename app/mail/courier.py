# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Carries what is due from the queue to the relay. Nothing is held open in the database meanwhile."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from app.clock import Clock
from app.db import Database
from app.mail.queue import Claimed, claim, is_due, note
from app.mail.relay import Outcome, Relay
from app.settings import Settings

STEPS_OF_A_MESSAGE = 20
"""More than one message ever waits for the relay, from the connection to the last reply."""
SHORTEST_LEASE = timedelta(minutes=5)
_log = logging.getLogger("selbstcheck")


@dataclass(frozen=True, slots=True)
class Carried:
    """How many messages were sent, wait for another attempt, or have failed. `fault`: the relay is away, and why."""

    sent: int
    queued: int
    failed: int
    fault: str = ""


class Courier:
    """One sender; what it could not write down is written down first thing the next time."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self._database, self._settings, self._clock = database, settings, clock
        self._lease = max(SHORTEST_LEASE, STEPS_OF_A_MESSAGE * timedelta(seconds=settings.smtp_timeout))
        self._unnoted: list[tuple[Claimed, Outcome]] = []

    def carry(self, is_over: Callable[[], bool] = lambda: False) -> Carried:
        """Send until nothing is due, the minute is full, the relay is away, or `is_over`."""
        counted: Counter[str] = Counter()
        fault = ""
        with Relay(self._settings) as relay:
            while not (fault or is_over()):
                self._note(counted)
                claimed = self._claim()
                if claimed is None:
                    break
                outcome = relay.send(claimed.letter, self._clock.now())
                self._unnoted.append((claimed, outcome))
                fault = outcome.fault if outcome.is_away else ""
        self._note(counted)
        return Carried(counted["sent"], counted["queued"], counted["failed"], fault)

    def _claim(self) -> Claimed | None:
        now = self._clock.now()
        with self._database.reading() as db:
            if not is_due(db, now):
                return None
        with self._database.writing() as db:
            return claim(db, now, lease=self._lease, per_minute=self._settings.mails_per_minute)

    def _note(self, counted: Counter[str]) -> None:
        while self._unnoted:
            claimed, outcome = self._unnoted[0]
            with self._database.writing() as db:
                status = note(db, claimed, outcome, self._clock.now())
            self._unnoted.pop(0)
            counted[status] += 1
            fields = {"kind": claimed.kind, "status": status, "attempt": claimed.attempt, "fault": outcome.fault}
            _log.info("mail", extra={"fields": fields})
