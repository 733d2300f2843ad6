# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Passwords are checked and hashed here and nowhere else: Argon2id (X-13), at most two at a time.

One hash takes 64 MiB and a third of a second, so nobody may do it inside a transaction: the embedded database lets
one request write at a time, and all others would wait. Tests bring a cheap hasher; that is the only seam.
"""

import asyncio
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from weakref import WeakKeyDictionary

from anyio import to_thread
from pwdlib import PasswordHash

from app.accounts.password_rules import MOST, SHORTEST, weakness
from app.errors import Problem
from app.web.logging import log

AT_A_TIME = 2
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a password is right, and its hash under today's parameters where the kept one is older."""

    is_right: bool
    renewed_hash: str | None = None


@dataclass(frozen=True, slots=True)
class NewPassword:
    """A password somebody chose: its hash, or what is wrong with it. Words about the person are judged apart."""

    typed: str
    hash: str = ""
    problem: Problem | None = None


class Passwords:
    """Verifies and hashes for one app."""

    def __init__(self, breached: Path | None = None, hasher: PasswordHash | None = None) -> None:
        self._hasher = hasher or PasswordHash.recommended()
        self._breached = breached
        self._dummy = ""
        self._permits: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()

    async def verify(self, typed: str, kept_hash: str | None, allowed: Callable[[], None] = lambda: None) -> Verdict:
        """Compare with the hash of an account. Without one it takes the same time and is wrong (no enumeration).

        `allowed` raises where nobody may try any more. It is asked when the turn has come: a thousand tries that were
        sent at once have all seen that none was wrong yet.
        """
        return await self._alone(lambda: self._verify(typed, kept_hash), allowed)

    async def prepare(self, typed: str) -> NewPassword:
        """Judge a new password by all rules that know nothing of the person, and hash it if it may be used."""
        return await self._alone(lambda: self._prepare(typed))

    def _verify(self, typed: str, kept_hash: str | None) -> Verdict:
        password = composed(typed)
        if not kept_hash or len(password) > MOST:
            self._hasher.verify(password[:MOST], self._dummy_hash())
            return Verdict(is_right=False)
        return Verdict(*self._hasher.verify_and_update(password, kept_hash))

    def _prepare(self, typed: str) -> NewPassword:
        password = composed(typed)
        problem = self._weakness(password)
        return NewPassword(password, "" if problem else self._hasher.hash(password), problem)

    def _weakness(self, password: str) -> Problem | None:
        try:
            return weakness(password, self._breached)
        except OSError as error:  # the list may be on its way; the shipped one still counts
            log.error("breached_passwords_unreadable", exc_info=error)
            return weakness(password)

    def _dummy_hash(self) -> str:
        self._dummy = self._dummy or self._hasher.hash(secrets.token_urlsafe(SHORTEST))
        return self._dummy

    async def _alone(self, work: Callable[[], Done], allowed: Callable[[], None] = lambda: None) -> Done:
        loop = asyncio.get_running_loop()
        async with self._permits.setdefault(loop, asyncio.Semaphore(AT_A_TIME)):
            allowed()
            return await to_thread.run_sync(work)


def composed(typed: str) -> str:
    """The same characters however a keyboard puts them together: ü is ü (NFKC, as NIST SP 800-63B asks)."""
    return unicodedata.normalize("NFKC", typed)
