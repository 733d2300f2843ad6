# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""`selbstcheck gemeinden import | list`: the Gemeindeverzeichnis, from the file that Destatis offers (R-01).

No data is shipped: the operator downloads GV100AD and reads it in. The ZIP can be given as it is.
"""

import argparse
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from app.clock import Clock
from app.commands import CommandError
from app.commands.instance import settings, writing
from app.municipalities.actions.importing import Changed, Plan, carry_out, plan_import
from app.municipalities.gv100ad import RegisterError, read
from app.municipalities.queries.register import status_of
from app.municipalities.register import Register, register_of

MOST_BYTES = 64_000_000
"""More than ten times the true file; a ZIP that unpacks to more is none of Destatis."""

_SHOWN = 20
_ALL_STATES = 16
_DERIVED = ("name", "search_key")
"""What changes with the official name anyway."""


def import_register(arguments: argparse.Namespace) -> None:
    """Read the file, say what changes, and do it; with --dry-run only say it."""
    register = _read(Path(arguments.file))
    print(*_describe(register), sep="\n")
    with writing(settings()) as db:
        plan = plan_import(db, register)
        _refuse(plan, accept_closings=arguments.accept_closings)
        print(*_summary(plan, dry_run=arguments.dry_run), sep="\n")
        if not arguments.dry_run:
            carry_out(db, plan, now=Clock().now())


def list_register(_arguments: argparse.Namespace) -> None:
    """What is loaded."""
    with writing(settings()) as db:
        status = status_of(db)
    if status is None:
        print("No Gemeindeverzeichnis is loaded. Download GV100AD from destatis.de, then: selbstcheck gemeinden import")
        return
    print(f"Gebietsstand {status.as_of}")
    print(f"{status.municipalities} Gemeinden, {status.associations} Gemeindeverbände, {status.districts} Kreise")
    print(f"{status.closed} that no longer exist are kept")
    print(f"© Statistisches Bundesamt (Destatis), Gemeindeverzeichnis, Gebietsstand {status.as_of:%d.%m.%Y}")


def _read(path: Path) -> Register:
    try:
        return register_of(read(_content(path)))
    except RegisterError as error:
        raise CommandError(*_limited([f"{path}: {fault}" for fault in error.faults], "faults")) from None
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from None


def _content(path: Path) -> bytes:
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    try:
        with zipfile.ZipFile(path) as archive:
            return _unpacked(path, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise CommandError(f"{path}: the ZIP cannot be unpacked: {error}") from None


def _unpacked(path: Path, archive: zipfile.ZipFile) -> bytes:
    """The one file GV100AD_….txt (or .asc) of the archive."""
    found = [one for one in archive.infolist() if _is_register(one.filename)]
    if len(found) != 1:
        names = ", ".join(one.filename for one in archive.infolist()[:_SHOWN]) or "nothing"
        raise CommandError(f"{path}: needs one text file GV100AD_….txt inside, but holds: {names}")
    if found[0].file_size > MOST_BYTES:
        raise CommandError(f"{path}: {found[0].filename} is too large for a Gemeindeverzeichnis")
    with archive.open(found[0]) as file:
        return file.read(MOST_BYTES)


def _is_register(name: str) -> bool:
    word = name.rpartition("/")[2].lower()
    return word.startswith("gv100ad") and word.endswith((".txt", ".asc"))


def _describe(register: Register) -> Iterator[str]:
    counts = {length: sum(len(entry.ars) == length for entry in register.entries) for length in (12, 9, 5)}
    yield f"Gebietsstand {register.as_of}: {counts[12]} Gemeinden, {counts[9]} Gemeindeverbände, {counts[5]} Kreise"
    yield f"left out: {register.unincorporated} areas without a municipality"
    if register.states != _ALL_STATES:
        yield f"note: the file holds {register.states} of {_ALL_STATES} Länder"


def _refuse(plan: Plan, *, accept_closings: bool) -> None:
    if plan.is_older:
        raise CommandError(f"Loaded is {plan.loaded}; the file is of {plan.register.as_of}, which is older")
    if plan.closes_many and not accept_closings:
        gone = _limited([f"  - {one.ars} {one.official_name}" for one in plan.closed], "of them")
        raise CommandError(
            f"{len(plan.closed)} entries are not in the file any more. Is it complete?",
            *gone,
            "If this is right, run it again with --accept-closings",
        )


def _summary(plan: Plan, *, dry_run: bool) -> Iterator[str]:
    if plan.loaded:  # the first time everything is new
        yield from _limited([f"  + {one.ars} {one.official_name}" for one in plan.added], "added")
    # The number of inhabitants changes everywhere, every time.
    renamed = [one for one in plan.changed if set(one.fields) != {"population"}]
    yield from _limited([_change(one) for one in renamed], "changed")
    yield from _limited([f"  - {one.ars} {one.official_name}, last in {one.last_day}" for one in plan.closed], "closed")
    counts = f"{len(plan.added)} added, {len(plan.changed)} changed, {len(plan.closed)} closed"
    yield f"{counts}, {plan.unchanged} unchanged{' (nothing was written)' if dry_run else ''}"


def _change(one: Changed) -> str:
    names = one.after if one.before == one.after else f"{one.before} → {one.after}"
    told = [name for name in one.fields if name not in _DERIVED]
    return f"  ~ {one.ars} {names}: {', '.join(told)}"


def _limited(lines: Sequence[str], what: str) -> Iterable[str]:
    """The first lines, and how many there are beside them."""
    yield from lines[:_SHOWN]
    if len(lines) > _SHOWN:
        yield f"  … and {len(lines) - _SHOWN} more {what}"
