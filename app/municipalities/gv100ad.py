# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading GV100AD, the fixed-width file of the Gemeindeverzeichnis (R-01): bytes to records, or all its faults.

The width counts characters, so the bytes are decoded first. It knows positions and what may stand there; what the
records mean for us stands in `register.py`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

WIDTH = 220
LAND, KREIS, VERBAND, GEMEINDE = "10", "40", "50", "60"
LEVELS = frozenset({LAND, "20", "30", KREIS, VERBAND, GEMEINDE})
"""Satzarten; 20 (Regierungsbezirk) and 30 (Region) lie between ours and are only passed over."""

_KEY_LENGTHS = {LAND: 2, KREIS: 5, VERBAND: 9, GEMEINDE: 12}
_STATES = range(1, 17)
_POSTCODE = re.compile(r"[0-9]{5}|\*{5}|")


@dataclass(frozen=True, slots=True)
class Record:
    """One line. `key` has 2 digits for a Land, 5 for a Kreis, 9 for a Gemeindeverband, 12 for a Gemeinde (ARS)."""

    line: int
    level: str
    as_of: date
    key: str
    name: str
    kind: str
    """Textkennzeichen; empty for a Land."""
    population: int
    """Of a Gemeinde; 0 on the levels above, where it has to be summed."""
    postcode: str
    """Of the seat; empty where the file has none."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one line, in a sentence for the operator."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


class RegisterError(Exception):
    """The file cannot be used; `faults` in the order of their lines."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class _WrongError(ValueError):
    """One line is wrong; the message says how."""


def read(raw: bytes) -> tuple[Record, ...]:
    """The records of levels 10, 40, 50 and 60 in their order; raises `RegisterError`."""
    lines = decoded(raw).replace("\r\n", "\n").split("\n")
    records: list[Record] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines, 1):
        if line.strip("\x1a "):  # DOS programs end a file with \x1a
            try:
                records += _records(number, line)
            except _WrongError as wrong:
                faults.append(Fault(number, str(wrong)))
                if not records and len(faults) == 1 and _is_another_file(line):
                    break
    faults += () if faults else _whole(records)
    if faults:
        raise RegisterError(*faults)
    return tuple(records)


def decoded(raw: bytes) -> str:
    """The text: UTF-8, or ISO-8859-1 as in files until about 2016."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("iso-8859-1")
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x19\x1b-\x1f\x7f-\x9f]", text):
        raise RegisterError(Fault(1, "this is no text file. Unpack the ZIP and give the file GV100AD_….txt"))
    return text


def _records(number: int, line: str) -> Iterator[Record]:
    if len(line) != WIDTH:
        raise _WrongError(f"{len(line)} characters instead of {WIDTH}; {_advice(line)}")
    level = line[0:2]
    if level not in LEVELS:
        raise _WrongError(f"Satzart {level!r} is unknown; {_advice(line)}")
    as_of = _day(line[2:10])
    if level in _KEY_LENGTHS:
        yield Record(
            line=number,
            level=level,
            as_of=as_of,
            key=_key(level, line),
            name=_name(line[22:72]),
            kind=_kind(level, line[122:124]),
            population=_population(line[139:150]) if level == GEMEINDE else 0,
            postcode=_postcode(line[165:170]),
        )


def _advice(line: str) -> str:
    if _is_another_file(line):
        return "this is no GV100AD file. Give the text file whose name begins with GV100AD_"
    return "the file seems to be cut off or changed. Download it again"


def _is_another_file(line: str) -> bool:
    return line[0:2] not in LEVELS or not line[2:10].isdecimal()


def _day(word: str) -> date:
    try:
        return date(int(word[:4]), int(word[4:6]), int(word[6:8]))
    except ValueError:
        raise _WrongError(f"the Gebietsstand {word!r} (characters 3 to 10) is no day JJJJMMTT") from None


def _key(level: str, line: str) -> str:
    """Land, Regierungsbezirk, Kreis stand in front; the Gemeinde stands before the Verband it belongs to."""
    key = (line[10:15] + line[18:22] + line[15:18])[: _KEY_LENGTHS[level]]
    if not (key.isascii() and key.isdecimal() and int(key[:2]) in _STATES):
        raise _WrongError(f"the key {key!r} (characters 11 to 22) is not complete")
    return key


def _name(words: str) -> str:
    name = words.strip()
    if not name:
        raise _WrongError("the name (characters 23 to 72) is missing")
    return name


def _kind(level: str, word: str) -> str:
    if level != LAND and not (word.isascii() and word.isdecimal()):
        raise _WrongError(f"the Textkennzeichen {word!r} (characters 123 and 124) is no number")
    return word.strip()


def _population(word: str) -> int:
    if not (word.isascii() and word.isdecimal()):
        raise _WrongError(f"the number of inhabitants {word!r} (characters 140 to 150) is no number")
    return int(word)


def _postcode(word: str) -> str:
    postcode = word.strip()
    if not _POSTCODE.fullmatch(postcode):
        raise _WrongError(f"the postcode {word!r} (characters 166 to 170) is none")
    return postcode.strip("*")


def _whole(records: list[Record]) -> Iterator[Fault]:
    """What is wrong with the whole: something twice, something without what it belongs to, an end too early."""
    if not records or records[-1].level != GEMEINDE:
        yield Fault(records[-1].line if records else 1, "the file ends before a Gemeinde: it is empty or cut off")
        return
    lines: dict[str, int] = {}
    for record in records:
        if record.key in lines:
            yield Fault(record.line, f"the key {record.key} stands in line {lines[record.key]} already")
        lines.setdefault(record.key, record.line)
        if record.level != LAND and (missing := _parent(record.key)) not in lines:
            yield Fault(
                record.line, f"there is no record of {missing}, to which {record.name} belongs, before this line"
            )
    heard = {record.key[:5] for record in records if record.level == GEMEINDE}
    for record in records:
        if record.level == KREIS and record.key not in heard:
            yield Fault(record.line, f"there is no Gemeinde of {record.name}: the file has gaps")


def _parent(key: str) -> str:
    """The Land of a Kreis, the Kreis of everything below; a Gemeinde need not have a record of its Verband."""
    return key[:2] if len(key) == _KEY_LENGTHS[KREIS] else key[:5]
