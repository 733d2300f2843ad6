# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The database: one engine for a process, one session for a request, one transaction for a session.

A reading request gets a transaction that the database itself keeps from writing. A writing request commits
before its reply leaves, so „gespeichert“ is never read by somebody whose answer was lost. Nobody else commits.
"""

import asyncio
import contextlib
import functools
import os
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Annotated, Any
from weakref import WeakKeyDictionary

from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute
from sqlalchemy import Connection, Engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlmodel import Session, create_engine
from starlette.concurrency import run_in_threadpool

POOL_SIZE = 10
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_ONLY_READ = {True: "PRAGMA query_only=ON", False: "PRAGMA query_only=OFF"}
_SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON")


def database_address(url: str) -> URL:
    """The URL as SQLAlchemy wants it: ``postgres://`` and ``postgresql://`` mean psycopg 3."""
    address = make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url)
    return address.set(drivername="postgresql+psycopg") if address.drivername == "postgresql" else address


def make_engine(url: str) -> Engine:
    """An engine for ``url``; makes the folder of an SQLite file if it is missing, and the file for its owner only."""
    address = database_address(url)
    if address.get_backend_name() == "sqlite" and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    # hide_parameters: an error must not carry somebody's answers into the log.
    engine = create_engine(address, pool_size=POOL_SIZE, max_overflow=0, hide_parameters=True)
    event.listen(engine, "reset", _leave_no_transaction)
    if address.get_backend_name() == "sqlite":
        event.listen(engine, "do_connect", functools.partial(_create_private, address.database or ""))
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def _create_private(name: str, *_connecting: object) -> None:
    """Make the file before SQLite does, which would let everybody read it; its companions take over the mode."""
    if name in {"", ":memory:"} or name.startswith("file:"):
        return
    # What is there already is not opened: closing it again would take SQLite's locks away. What cannot be
    # made, SQLite will say.
    with contextlib.suppress(OSError):
        os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transactions start too late and lose concurrent updates, so we issue BEGIN ourselves.
    connection.isolation_level = None
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _leave_no_transaction(connection: Any, _record: object, _state: object) -> None:
    # After a COMMIT that failed SQLAlchemy takes the transaction for ended, and the next user of the connection
    # would find it open. Without an open transaction this does nothing.
    connection.rollback()


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("write"))


def _begin_sqlite(connection: Connection) -> None:
    writes = _writes(connection)
    # By the driver itself: this cannot fail, and SQLAlchemy's way round it costs more than the statement.
    connection.connection.cursor().execute(_ONLY_READ[not writes])
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    # psycopg tells it with the BEGIN that it sends next: no way to the server of its own.
    connection.connection.driver_connection.read_only = not _writes(connection)  # type: ignore[union-attr]


class Database:
    """Sessions for reading and for writing, and the gates that keep threads from waiting for each other.

    A session is opened only with a permit, and on SQLite a writing one only with the one write lock. Both are
    waited for in the event loop: a thread waiting for a connection would hold the very thread that the owner
    of the connection needs to finish. Writers outside the event loop rely on BEGIN IMMEDIATE alone.
    """

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._writing_engine = self.engine.execution_options(write=True)
        self._gates: WeakKeyDictionary[asyncio.AbstractEventLoop, tuple[asyncio.Lock, asyncio.Semaphore]] = (
            WeakKeyDictionary()
        )

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that cannot change anything."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextlib.contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits at the end, or undoes everything when something is raised."""
        with Session(self._writing_engine, expire_on_commit=False) as session:
            yield session
            session.commit()

    @contextlib.asynccontextmanager
    async def request_session(self, *, write: bool) -> AsyncIterator[Session]:
        """The session of one request, waiting its turn without holding a thread."""
        lock, permits = self._gate()
        async with lock if write and self.is_sqlite else contextlib.nullcontext(), permits:
            session = Session(self._writing_engine if write else self.engine, expire_on_commit=False)
            try:
                yield session
                if write and session.in_transaction():
                    await run_in_threadpool(session.commit)
            finally:
                await self._close(session)

    async def _close(self, session: Session) -> None:
        # Ending a read on SQLite takes microseconds; on PostgreSQL it is a round trip and needs a thread.
        if self.is_sqlite or not session.in_transaction():
            session.close()
        else:
            await run_in_threadpool(session.close)

    def _gate(self) -> tuple[asyncio.Lock, asyncio.Semaphore]:
        loop = asyncio.get_running_loop()
        return self._gates.setdefault(loop, (asyncio.Lock(), asyncio.Semaphore(POOL_SIZE)))

    def answers(self) -> None:
        """Return if the database answers a question; raise SQLAlchemy's error if not."""
        with self.engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


async def request_session(request: Request) -> AsyncIterator[Session]:
    """FastAPI dependency: reading for GET and HEAD, writing and committing for everything else."""
    database: Database = request.app.state.database
    async with database.request_session(write=request.method not in SAFE_METHODS) as session:
        request.state.db = session
        yield session


class DbRoute(APIRoute):
    """A route that ends its session where its function ran; ``request_session`` then finds it ended.

    The reply still waits for the commit, but not for a thread of the commit's own. For the routes that people
    wait for most; every other route is right without.
    """

    def __init__(self, path: str, endpoint: Callable[..., Response], **options: Any) -> None:
        super().__init__(path, _ending(endpoint), **options)


def _ending(endpoint: Callable[..., Response]) -> Callable[..., Response]:
    @functools.wraps(endpoint)
    def run(request: Request, **values: Any) -> Response:
        response = endpoint(request, **values)
        session: Session = request.state.db
        if request.method in SAFE_METHODS:
            session.rollback()
        else:
            session.commit()
        return response

    return run


# scope="function": the commit happens before the reply is sent, and its failure is still an error page.
Db = Annotated[Session, Depends(request_session, scope="function")]
