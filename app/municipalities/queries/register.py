# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The picker's search in the register: by name, Kreis, postcode, ARS or AGS; and what is loaded at all.

Words are compared folded (`spelling.py`), so muenchen, München and Munchen find the same. The order is that of
the folded names by their characters, which both databases are told explicitly.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, collate, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app.municipalities.kinds import KINDS, kind_words, proposed_type, title_of
from app.municipalities.spelling import folded
from app.tables.municipalities import Municipality, RegisterEntry

MOST = 20
"""Matches that are shown; who sees so many writes more."""

_key: Any = col(RegisterEntry.search_key)
_ars: Any = col(RegisterEntry.ars)
_BY_CHARACTER = {"sqlite": "BINARY", "postgresql": "C"}
_NEAR = 3
"""Digits of a postcode that still say roughly where it is."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entry of the register. `kind` is a German word to be translated; `taken` the municipality it already is."""

    ars: str
    name: str
    kind: str
    district: str
    state: str
    population: int | None
    proposed_type: str
    taken: str | None


@dataclass(frozen=True, slots=True)
class Matches:
    """What a search found. `has_more`: only the first are here. `nearby`: nobody sits at this postcode, but near it."""

    typed: str
    entries: tuple[Found, ...] = ()
    has_more: bool = False
    nearby: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """What is loaded: the Gebietsstand, how many of each, how many closed ones are kept."""

    as_of: date
    municipalities: int
    associations: int
    districts: int
    closed: int


def status_of(db: Session) -> Status | None:
    """What is loaded, or None."""
    closed = col(RegisterEntry.valid_to).is_not(None)
    rows = db.execute(
        select(func.length(_ars), closed, func.count(), func.max(col(RegisterEntry.as_of))).group_by(
            func.length(_ars), closed
        )
    ).all()
    counts = {length: number for length, is_closed, number, _ in rows if not is_closed}
    gone = sum(number for _, is_closed, number, _ in rows if is_closed)
    days = [day for _, is_closed, _, day in rows if not is_closed]
    return Status(max(days), counts.get(12, 0), counts.get(9, 0), counts.get(5, 0), gone) if days else None


def entry_of(db: Session, ars: str) -> Found | None:
    """One entry that is still valid."""
    found = _found(db, _ars == ars, order=())
    return found[0] if found else None


def search(db: Session, typed: str) -> Matches:
    """At most `MOST` entries for what was typed; nothing for less than two letters or digits."""
    words = folded(typed).split()
    joined = "".join(words)
    if len(joined) < 2:
        return Matches(typed)
    if not joined.isdecimal():
        return _matches(typed, _found(db, and_(*map(_says, words)), order=_by_name(db, words)))
    found = _found(db, _numbered(joined), order=(_ars,))
    if found or len(joined) > 5:
        return _matches(typed, found)
    return _nearby(db, typed, joined)


def _nearby(db: Session, typed: str, postcode: str) -> Matches:
    """The register knows the postcode of the town hall only; others of the same place begin alike."""
    for length in range(len(postcode) - 1, _NEAR - 1, -1):
        if found := _found(db, col(RegisterEntry.postcode).startswith(postcode[:length]), order=(_ars,)):
            return _matches(typed, found, nearby=True)
    return Matches(typed)


def _matches(typed: str, found: tuple[Found, ...], *, nearby: bool = False) -> Matches:
    return Matches(typed, found[:MOST], has_more=len(found) > MOST, nearby=nearby)


def _found(db: Session, which: ColumnElement[bool], order: tuple[Any, ...]) -> tuple[Found, ...]:
    entry = RegisterEntry
    taken = select(func.min(col(Municipality.id))).where(col(Municipality.ars) == _ars).scalar_subquery()
    rows = db.execute(
        select(
            _ars,
            col(entry.name),
            col(entry.kind),
            col(entry.district),
            col(entry.state),
            col(entry.population),
            taken,
        )
        .where(which, col(entry.valid_to).is_(None))
        .order_by(*order)
        .limit(MOST + 1)
    )
    return tuple(_shown(*row) for row in rows)


def _shown(
    ars: str, name: str, kind: str, district: str, state: str, population: int | None, taken: str | None
) -> Found:
    return Found(
        ars=ars,
        name=title_of(name, kind),
        kind=kind_words(ars, kind),
        district=district,
        state=state,
        population=population or None,
        proposed_type=proposed_type(ars, population).value,
        taken=taken,
    )


def _named(word: str, of: type[RegisterEntry] = RegisterEntry) -> ColumnElement[bool]:
    """A word of the name begins so. Folded words hold letters and digits only: nothing that LIKE would read."""
    key = col(of.search_key)
    return or_(key.startswith(word), key.contains(f" {word}"))


def _says(word: str) -> ColumnElement[bool]:
    """The name says it, or the name of the Kreis, or it is what such a body is called: `Landkreis Osnabrück`."""
    kreis = aliased(RegisterEntry)
    such = select(col(kreis.ars)).where(func.length(col(kreis.ars)) == 5, _named(word, kreis))
    in_kreis = func.substr(_ars, 1, 5).in_(such.where(col(kreis.valid_to).is_(None)))
    return or_(_named(word), in_kreis, col(RegisterEntry.kind).in_(_kinds(word)))


def _kinds(word: str) -> list[str]:
    """The kinds of body that are called so."""
    return [kind for kind, words in KINDS.items() if word in folded(words).split()]


def _by_name(db: Session, words: list[str]) -> tuple[Any, ...]:
    """The very name first, then names that begin so, then names that say it, then what lies in such a Kreis."""
    names = [word for word in words if not _kinds(word)] or words
    full = " ".join(names)
    very = or_(_key == full, _key.startswith(f"{full}  "), _key.endswith(f"  {full}"))
    begins = or_(_key.startswith(full), _key.contains(f"  {full}"))
    rank = case((very, 0), (begins, 1), (and_(*map(_named, names)), 2), else_=3)
    return rank, collate(_key, _BY_CHARACTER[db.get_bind().dialect.name]), _ars


def _numbered(digits: str) -> ColumnElement[bool]:
    """They may begin an ARS; up to five a postcode; from six on an AGS, which has no Verband."""
    ways = [_ars.startswith(digits)]
    if len(digits) <= 5:
        ways.append(col(RegisterEntry.postcode).startswith(digits))
    if 6 <= len(digits) <= 8:
        ways.append(_ars.like(f"{digits[:5]}____{digits[5:]}%"))
    return or_(*ways)
