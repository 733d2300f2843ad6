# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fresh databases: SQLite files in a temporary folder, PostgreSQL on a server of its own that really syncs."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import text

from app.db import make_engine
from tests import postgresql

Fresh = Callable[[str], str]
"""Makes an empty database of this name and gives its URL."""


@contextmanager
def databases(kind: str) -> Iterator[tuple[Path, Fresh]]:
    """A folder for logs, and fresh databases of this kind (`sqlite` or `postgresql`) while it is open."""
    folder = Path(tempfile.mkdtemp(prefix="selbstcheck-bench-"))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        if kind == "sqlite":
            yield folder, lambda name: f"sqlite:///{folder / name}.db"
            return
        url = stack.enter_context(postgresql.server(durable=True))
        yield folder, lambda name: _created(url, name)


def _created(url: str, name: str) -> str:
    engine = make_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT", write=True) as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return url.replace("/postgres?", f"/{name}?")
