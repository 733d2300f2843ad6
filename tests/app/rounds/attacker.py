# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody who reads the whole database, with what it notes beside the rows, and wants to know whose answers are whose.

They know the codes on all slips and all addresses. They join what tells of people (codes, invited addresses, mail, the
log of acts) with what was answered: by equal values, by hashes of values, by order, and by who wrote both in one
transaction. What is the same for a whole group tells nothing about one person.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from app.tables import METADATA

PEOPLE = ("ticket", "invitee", "mail", "audit_entry", "account", "account_session")
ANSWERS = ("response", "answer", "snapshot", "delegation", "proposal")
ALIKE = 0.95
"""From this rank correlation on an order gives somebody away; with twelve people chance reaches it once in 10^5."""

Row = Mapping[str, Any]
_DAY = re.compile(r'"?\d{4}-\d{2}-\d{2}"?')
"""A day is what may be known of both sides; whether days put people in order is asked in `by_order`."""


@dataclass(frozen=True)
class Truth:
    """What really belongs together: for each code its response, and for each address too."""

    tickets: Mapping[str, str] = field(default_factory=dict)
    invitees: Mapping[str, str] = field(default_factory=dict)

    def of(self, table: str) -> Mapping[str, str]:
        return {"ticket": self.tickets, "invitee": self.invitees}.get(table, {})


KEYS = {"ticket": "code_digest", "invitee": "id"}


def findings(connection: Connection, truth: Truth, known: Iterable[str]) -> list[str]:
    """Everything that joins a person with answers, in words. `known`: codes and links on paper."""
    rows = {table: read(connection, table) for table in METADATA.tables}
    return [*by_value(rows, known), *by_transaction(rows), *by_order(rows, truth)]


def read(connection: Connection, table: str) -> list[Row]:
    """All columns, and what the database knows besides: transactions and places (PostgreSQL), row numbers (SQLite)."""
    is_sqlite = connection.dialect.name == "sqlite"
    hidden = "rowid AS _rowid" if is_sqlite else "xmin::text AS _xmin, xmax::text AS _xmax, ctid::text AS _ctid"
    try:
        found = connection.execute(text(f'SELECT *, {hidden} FROM "{table}"')).mappings().all()
    except OperationalError:  # SQLite: a table that does not number its rows
        found = connection.execute(text(f'SELECT * FROM "{table}"')).mappings().all()
    return [dict(row) for row in found]


def by_value(rows: Mapping[str, list[Row]], known: Iterable[str]) -> Iterator[str]:
    """The same value on both sides, plain or hashed, that does not stand for a whole group."""
    groups: dict[str, set[str]] = {}
    owners = _owners(rows)
    answered: dict[str, set[str]] = {}
    for table in ANSWERS:
        for row in rows[table]:
            owner = owners(table, row)
            groups.setdefault(owner[1], set()).add(owner[0])
            for value in values_of(row):
                answered.setdefault(value, set()).add(owner[0])
    # A value that all responses of a group share (its id, its form, the days of the test) picks nobody out.
    telling = {value for value, who in answered.items() if not any(members <= who for members in groups.values())}
    plain = {value for table in PEOPLE for row in rows[table] for value in values_of(row)} | set(known)
    for value in sorted(telling & plain):
        if not _is_common(value, rows) and not _DAY.fullmatch(value):
            yield f"the same value on both sides: {value}"
    hashes = {digest: value for value in plain for digest in hashes_of(value)}
    yield from (f"a hash of {hashes[value]} stands beside answers" for value in sorted(telling & hashes.keys()))
    hashes = {digest: value for value in telling for digest in hashes_of(value)}
    yield from (f"a hash of {hashes[value]}, which is of one response" for value in sorted(plain & hashes.keys()))


def by_transaction(rows: Mapping[str, list[Row]]) -> Iterator[str]:
    """One transaction wrote a person's row and a response's."""
    wrote = {row["_xmin"]: table for table in ANSWERS for row in rows[table] if "_xmin" in row}
    for table in PEOPLE:
        for row in rows[table]:
            if row.get("_xmin") in wrote:
                yield f"one transaction wrote {table} and {wrote[row['_xmin']]}"


def by_order(rows: Mapping[str, list[Row]], truth: Truth) -> Iterator[str]:
    """Sorting people and responses, each by any column, brings together what belongs together."""
    responses = {row["id"]: row for row in rows["response"]}
    for table, key in KEYS.items():
        pairs = [(row, responses[truth.of(table)[row[key]]]) for row in rows[table] if row[key] in truth.of(table)]
        if len(pairs) < 4:
            continue
        for one in pairs[0][0]:
            for other in pairs[0][1]:
                rho = correlation([row[one] for row, _ in pairs], [row[other] for _, row in pairs])
                if abs(rho) >= ALIKE:
                    yield f"{table}.{one} has the order of response.{other} ({rho:.2f})"


def values_of(row: Row) -> set[str]:
    """Every value of a row and every longer word in it; what stands in JSON too."""
    found: set[str] = set()
    for name, value in row.items():
        if name.startswith("_") or value is None or isinstance(value, bool | int | float):
            continue
        written = value if isinstance(value, str) else json.dumps(value, default=str)
        found |= {written, *re.findall(r"[\w@.+-]{6,}", written)}
    return {value for value in found if len(value) >= 6}


def hashes_of(value: str) -> set[str]:
    """What somebody might have made of a value, whole and cut to the length of an id."""
    raw = value.encode()
    digests = [hashlib.new(name, raw).hexdigest() for name in ("sha256", "sha1", "md5", "blake2b")]
    return {digest[:length] for digest in digests for length in (32, 64, 128)}


def correlation(ones: list[Any], others: list[Any]) -> float:
    """Spearman's rank correlation; 0 where a side puts nothing in order."""
    first, second = _ranks(ones), _ranks(others)
    mean = (len(ones) - 1) / 2
    top = sum((a - mean) * (b - mean) for a, b in zip(first, second, strict=True))
    spread = [sum((a - mean) ** 2 for a in ranks) for ranks in (first, second)]
    return top / (spread[0] * spread[1]) ** 0.5 if all(spread) else 0.0


def _ranks(values: list[Any]) -> list[float]:
    keyed = [_sortable(value) for value in values]
    order = sorted(keyed)
    return [(order.index(key) + len(order) - 1 - order[::-1].index(key)) / 2 for key in keyed]


def _sortable(value: Any) -> tuple[Any, ...]:
    """Places `(0,12)` and numbers as numbers, everything else as text."""
    numbers = re.findall(r"\d+", str(value)) if re.fullmatch(r"\(?\d+(,\d+)?\)?", str(value)) else []
    return (0, *map(int, numbers)) if numbers else (1, str(value))


def _owners(rows: Mapping[str, list[Row]]) -> Any:
    groups = {row["id"]: str(row["group_id"]) for row in rows["response"]}
    delegations = {row["id"]: row["response_id"] for row in rows["delegation"]}

    def owner(table: str, row: Row) -> tuple[str, str]:
        response = row["id"] if table == "response" else row.get("response_id") or delegations[row["delegation_id"]]
        return response, groups[response]

    return owner


def _is_common(value: str, rows: Mapping[str, list[Row]]) -> bool:
    """Ids of groups and rounds stand on both sides: they are all that joins them, and no more than membership."""
    return any(value == row["id"] for table in ("round", "round_group", "municipality") for row in rows[table])
