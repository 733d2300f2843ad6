# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small Gemeindeverzeichnis made from fields: the format is exact, the numbers are made up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

DAY = "20231231"
LATER = "20240331"


@dataclass(frozen=True)
class Line:
    """One record. `key` is the ARS or the part of it that the level has."""

    level: str
    key: str
    name: str
    kind: str = "  "
    people: int = 0
    postcode: str = ""
    day: str = DAY

    def __str__(self) -> str:
        placed = self.key[:5].ljust(5) + (self.key[9:12] or "").ljust(3) + self.key[5:9].ljust(4)
        seat = "" if self.level in {"10", "60"} else f"Sitz von {self.name}"
        line = f"{self.level}{self.day}{placed}{self.name:50}{seat:50}{self.kind:2}".ljust(128)
        if self.level == "60":
            line += f"{1234:011}{self.people:011}{self.people // 2:011}"
        return line.ljust(165).__add__(self.postcode.ljust(5)).ljust(220)


SMALL = (
    Line("10", "03", "Niedersachsen"),
    Line("20", "034", "Stat. Region Weser-Ems"),
    Line("40", "03404", "Osnabrück, Stadt", "41"),
    Line("50", "034040000", "Osnabrück, Stadt", "50"),
    Line("60", "034040000000", "Osnabrück, Stadt", "61", 165_251, "49074"),
    Line("40", "03459", "Osnabrück", "44"),
    Line("50", "034590012", "Belm", "50"),
    Line("60", "034590012012", "Belm", "64", 14_071, "49191"),
    Line("50", "034595402", "Neuenkirchen", "52"),
    Line("60", "034595402025", "Neuenkirchen", "64", 4_546, "49586"),
    Line("60", "034595402026", "Merzen", "64", 3_870, "49586"),
    Line("60", "034599501501", "Giersfeld, gemfr. Gebiet", "65", 3),
    Line("40", "03460", "Vechta", "44"),
    Line("50", "034600006", "Neuenkirchen-Vörden", "50"),
    Line("60", "034600006006", "Neuenkirchen-Vörden", "64", 8_806, "49434"),
    Line("10", "09", "Bayern"),
    Line("20", "091", "Oberbayern"),
    Line("40", "09162", "München, Landeshauptstadt", "41"),
    Line("50", "091620000", "München, Landeshauptstadt", "50"),
    Line("60", "091620000000", "München, Landeshauptstadt", "61", 1_512_491, "80331"),
    Line("40", "09184", "München", "44"),
    Line("50", "091840112", "Aying", "50"),
    Line("60", "091840112112", "Aying", "64", 5_643, "85653"),
    Line("50", "091840119", "Garching b.München, St", "50"),
    Line("60", "091840119119", "Garching b.München, St", "63", 17_844, "85748"),
)
"""Two Länder, two Kreise with the name of a town, a Samtgemeinde, an area without a municipality."""


def file_of(lines: Sequence[Line] = SMALL, *, encoding: str = "utf-8", end: str = "\r\n", day: str = DAY) -> bytes:
    """The bytes of a file."""
    return "".join(f"{replace(line, day=day)}{end}" for line in lines).encode(encoding)


def without(key: str, lines: Sequence[Line] = SMALL) -> tuple[Line, ...]:
    """The lines, but for one record."""
    return tuple(line for line in lines if line.key != key)


def changed(key: str, lines: Sequence[Line] = SMALL, **fields: object) -> tuple[Line, ...]:
    """The lines, with one record changed."""
    return tuple(replace(line, **fields) if line.key == key else line for line in lines)  # type: ignore[arg-type]
