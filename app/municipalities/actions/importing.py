# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Take a new state of the Gemeindeverzeichnis over (R-01): first say what would change, then do it.

Doing it twice changes nothing. What is no longer in the register is kept with its last known day, so that old names
stay understandable.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlmodel import Session, col

from app.audit import record
from app.municipalities.register import Entry, Register
from app.tables.municipalities import RegisterEntry

MANY_CLOSED = 0.03
"""More than this part of the register in one step is no reform of areas, but a file with gaps."""
_FEW = 50

_FIELDS = tuple(Entry.__dataclass_fields__)
_COLUMNS = [getattr(RegisterEntry, name) for name in (*_FIELDS, "as_of", "valid_to")]


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry whose line differs: the names before and after, and which fields."""

    ars: str
    before: str
    after: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """An entry that stands in the register no more."""

    ars: str
    official_name: str
    last_day: date


@dataclass(frozen=True)
class Plan:
    """What importing a register would do. `loaded`: the Gebietsstand before, None where nothing was loaded."""

    register: Register
    loaded: date | None
    added: tuple[Entry, ...]
    changed: tuple[Changed, ...]
    closed: tuple[Closed, ...]
    unchanged: int

    @property
    def is_older(self) -> bool:
        """The file describes a day before the one that is loaded."""
        return self.loaded is not None and self.register.as_of < self.loaded

    @property
    def closes_many(self) -> bool:
        """So many would be closed that the file is rather incomplete."""
        known = self.unchanged + len(self.changed) + len(self.closed)
        return len(self.closed) > max(_FEW, MANY_CLOSED * known)


def plan_import(db: Session, register: Register) -> Plan:
    """Compare the file with what is loaded; changes nothing."""
    known = {row.ars: row for row in db.execute(select(*_COLUMNS))}
    open_days = [row.as_of for row in known.values() if row.valid_to is None]
    fresh = {entry.ars: entry for entry in register.entries}
    changed = tuple(
        Changed(ars, known[ars].official_name, entry.official_name, fields)
        for ars, entry in fresh.items()
        if ars in known and (fields := _differing(known[ars], entry))
    )
    return Plan(
        register=register,
        loaded=max(open_days, default=None),
        added=tuple(entry for ars, entry in fresh.items() if ars not in known),
        changed=changed,
        closed=tuple(
            Closed(ars, row.official_name, row.as_of)
            for ars, row in known.items()
            if row.valid_to is None and ars not in fresh
        ),
        unchanged=sum(ars in known for ars in fresh) - len(changed),
    )


def carry_out(db: Session, plan: Plan, *, now: datetime) -> None:
    """Do what the plan says; `ValueError` for a register older than the one that is loaded."""
    if plan.is_older:
        raise ValueError("an older register would close what came since")
    as_of = plan.register.as_of
    entries = {entry.ars: entry for entry in plan.register.entries}
    _insert(db, plan.added, as_of)
    _update(db, [asdict(entries[change.ars]) | {"valid_to": None} for change in plan.changed])
    _update(db, [{"ars": gone.ars, "valid_to": gone.last_day} for gone in plan.closed])
    db.execute(update(RegisterEntry).where(col(RegisterEntry.valid_to).is_(None)).values(as_of=as_of))
    record(
        db,
        None,
        "register.import",
        now,
        as_of=as_of.isoformat(),
        added=len(plan.added),
        changed=len(plan.changed),
        closed=len(plan.closed),
    )


def _differing(row: object, entry: Entry) -> tuple[str, ...]:
    """The fields that differ; `valid_to` where something closed is there again."""
    fields = tuple(name for name in _FIELDS if getattr(row, name) != getattr(entry, name))
    return fields if getattr(row, "valid_to") is None else (*fields, "valid_to")  # noqa: B009  rows have no type


def _insert(db: Session, entries: Sequence[Entry], as_of: date) -> None:
    if entries:
        db.execute(insert(RegisterEntry), [asdict(entry) | {"as_of": as_of} for entry in entries])


def _update(db: Session, rows: Sequence[dict[str, object]]) -> None:
    if rows:
        db.execute(update(RegisterEntry), rows)
