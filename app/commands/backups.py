# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`selbstcheck backup FILE` and `restore FILE` for the embedded database, also while the server runs.

Both use SQLite's own online copy, so that a copy is one consistent state. PostgreSQL has `pg_dump` for this.
"""

import argparse
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from app import migrations
from app.commands import CommandError
from app.commands.instance import database_errors, settings

TABLES = frozenset({"response", "answer", "snapshot", "alembic_version"})


def backup(arguments: argparse.Namespace) -> None:
    """Copy the embedded database into a new file that only its owner can read."""
    target = Path(arguments.file)
    if target.exists():
        raise CommandError(f"{target}: the file is already there; name a new one")
    source = _embedded()
    part = target.with_name(target.name + ".part")
    try:
        _copy(source, part, new=True)
        if not _is_sound(part):
            raise CommandError(f"{source}: this is no sound Selbstcheck database; nothing was written")
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise CommandError(f"{target}: cannot be written: {error}") from None
    finally:
        part.unlink(missing_ok=True)
    print(f"{target}: {_count(target)} checks")


def restore(arguments: argparse.Namespace) -> None:
    """Put a backup in the place of the embedded database; what was there is kept beside it."""
    source, target = Path(arguments.file), _embedded(must_exist=False)
    _require_backup(source)
    kept = target.with_name(target.name + ".before-restore")
    try:
        if target.exists():
            kept.unlink(missing_ok=True)
            _copy(target, kept, new=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(source, target, new=not target.exists())
    except (OSError, sqlite3.Error) as error:
        raise CommandError(f"{target}: cannot be written: {error}") from None
    with database_errors():
        migrations.upgrade(settings().database_url)
    print(f"{target}: {_count(target)} checks")
    if kept.exists():
        print(f"The former state lies in {kept}. Remove this file when you no longer need it: it holds answers.")
    print("Now run: selbstcheck cleanup. And repeat what was deleted by hand since the backup: it is back.")


def _embedded(*, must_exist: bool = True) -> Path:
    address = make_url(settings().database_url)
    if address.get_backend_name() != "sqlite" or not address.database:
        raise CommandError("The database is PostgreSQL; use pg_dump and pg_restore (docs/betrieb.md)")
    path = Path(address.database)
    if must_exist and not path.is_file():
        raise CommandError(f"{path}: there is no database yet. Run: selbstcheck migrate")
    return path


def _copy(source: Path, target: Path, *, new: bool) -> None:
    """Copy a database; a new file can be read by its owner only, and must not be there yet."""
    if new:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(source, timeout=30)) as read, closing(sqlite3.connect(target, timeout=30)) as write:
        read.backup(write)
        write.commit()


def _require_backup(path: Path) -> None:
    """Refuse what is no sound database of ours before anything is touched."""
    if not path.is_file():
        raise CommandError(f"{path}: there is no such file")
    if not _is_sound(path):
        raise CommandError(f"{path}: this is no sound backup of a Selbstcheck database; nothing was changed")


def _is_sound(path: Path) -> bool:
    """Whether this is an unharmed database with our tables."""
    try:
        # Not mode=ro: a reader only cannot clear away the companion files (-wal, -shm) that it had to make.
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as database:
            sound = database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error:
        return False
    return sound and tables >= TABLES


def _count(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("SELECT count(*) FROM response").fetchone()[0])
