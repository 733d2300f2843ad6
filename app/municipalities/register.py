# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the records of the Gemeindeverzeichnis to what the picker offers: Gemeinden, Gemeindeverbände, Kreise."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.municipalities.gv100ad import GEMEINDE, KREIS, LAND, Record
from app.municipalities.kinds import NOT_ON_THEIR_OWN, UNINCORPORATED, title_of
from app.municipalities.spelling import search_key
from app.tables.responses import NAME_LENGTH


@dataclass(frozen=True, slots=True)
class Entry:
    """One body as it is kept. The AGS of a Gemeinde is `ars[:5] + ars[9:]`."""

    ars: str
    official_name: str
    name: str
    search_key: str
    kind: str
    district: str
    """The Kreis it lies in; empty for a Kreis, and for a town that belongs to none."""
    state: str
    population: int
    postcode: str


@dataclass(frozen=True, slots=True)
class Register:
    """A whole file, with the day it describes (Gebietsstand) and how many areas without a municipality it has."""

    as_of: date
    entries: tuple[Entry, ...]
    unincorporated: int
    states: int


def register_of(records: Sequence[Record]) -> Register:
    """What the picker offers. Inhabitants are summed upwards, those of areas without a municipality included."""
    states = {record.key: record.name for record in records if record.level == LAND}
    districts = {record.key: _district(record) for record in records if record.level == KREIS}
    people = _summed(records)
    return Register(
        as_of=max(record.as_of for record in records),
        entries=tuple(
            _entry(record, districts.get(record.key[:5], ""), states[record.key[:2]], people[record.key])
            for record in records
            if _is_a_body(record)
        ),
        unincorporated=sum(record.kind in UNINCORPORATED for record in records),
        states=len(states),
    )


def plain_name(official: str) -> str:
    """Without what the register puts behind a comma: `Cottbus/Chóśebuz, Stadt` is `Cottbus/Chóśebuz` (R-07)."""
    return official.partition(",")[0].strip() or official


def _is_a_body(record: Record) -> bool:
    if record.level == GEMEINDE:
        return record.kind not in UNINCORPORATED
    return record.level != LAND and record.kind not in NOT_ON_THEIR_OWN


def _entry(record: Record, district: str, state: str, population: int) -> Entry:
    name = plain_name(record.name)
    return Entry(
        ars=record.key,
        official_name=record.name,
        name=name,
        search_key=search_key(name, NAME_LENGTH),
        kind=record.kind,
        district="" if record.level == KREIS else district,
        state=state,
        population=population,
        postcode=record.postcode,
    )


def _district(record: Record) -> str:
    """The words for a Kreis; none for a town that is its own, as its type says so."""
    return "" if record.kind in NOT_ON_THEIR_OWN else title_of(plain_name(record.name), record.kind)


def _summed(records: Sequence[Record]) -> Counter[str]:
    people: Counter[str] = Counter()
    for record in records:
        if record.level == GEMEINDE:
            for length in (5, 9, 12):
                people[record.key[:length]] += record.population
    return people
