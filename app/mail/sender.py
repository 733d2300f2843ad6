# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sender that runs beside the web server: one thread that looks every few seconds whether mail is due.

It holds its own connections, so that it never takes one from a request, and outlives a database or a relay that is
away for a while.
"""

import logging
from contextlib import closing
from threading import Event, Thread

from app.clock import Clock
from app.db import Database
from app.mail.courier import Courier
from app.settings import Settings

LOOK_SECONDS = 3.0
AWAY_SECONDS = 60.0
"""After the relay was away, so that not every message spends an attempt on it."""
PATIENCE_SECONDS = 5.0
"""How long the end waits for a message that is under way; a thread that hangs does not keep the process."""
_log = logging.getLogger("selbstcheck")


class Sender:
    """Started and stopped with the server."""

    def __init__(self, settings: Settings, clock: Clock, *, look_seconds: float | None = None) -> None:
        self._settings, self._clock, self._look = settings, clock, look_seconds or LOOK_SECONDS
        self._is_over = Event()
        self._thread = Thread(target=self._run, name="mail", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Send nothing more, and wait a moment for what is under way."""
        self._is_over.set()
        self._thread.join(PATIENCE_SECONDS)

    def _run(self) -> None:
        with closing(Database(self._settings.database_url)) as database:
            courier = Courier(database, self._settings, self._clock)
            pause = self._look
            while not self._is_over.wait(pause):
                pause = self._once(courier)

    def _once(self, courier: Courier) -> float:
        """Send what is due; gives the seconds until the next look."""
        try:
            fault = courier.carry(self._is_over.is_set).fault
        except Exception:
            # Whatever it was, for example a database that is away: mail waits, and the thread must not end.
            _log.exception("mail")
            return self._look
        if fault:
            _log.warning("mail relay", extra={"fields": {"fault": fault}})
        return AWAY_SECONDS if fault else self._look
