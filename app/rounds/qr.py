# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A QR code as the path of an SVG picture: no script, no style, no other server (N-02, D-18)."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import segno

QUIET_ZONE = 4
"""Light modules around the code; scanners need them."""


@dataclass(frozen=True, slots=True)
class Qr:
    """A code in a square of `size` modules, its quiet zone included; `path` draws the dark ones."""

    size: int
    path: str
    text: str


def qr_of(text: str) -> Qr:
    """The code of an address. It can still be read where 15 % of it are damaged."""
    matrix = segno.make(text, error="m", micro=False).matrix
    drawn = "".join(_row(row, place + QUIET_ZONE) for place, row in enumerate(matrix))
    return Qr(len(matrix) + 2 * QUIET_ZONE, drawn, text)


def _row(row: bytearray, y: int) -> str:
    return "".join(f"M{x} {y}h{width}v1h-{width}z" for x, width in _dark(row))


def _dark(row: bytearray) -> Iterator[tuple[int, int]]:
    """Where each run of dark modules begins, and how many they are."""
    x = QUIET_ZONE
    for module, run in groupby(row):
        width = len(list(run))
        if module:
            yield x, width
        x += width
