# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lists that are shown a page at a time: which page an address asks for, and what of the list stands on it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paging:
    """Page `number` of `pages`, both from 1. It shows the entries from `start` up to, and without, `end`, from 0."""

    number: int
    pages: int
    start: int
    end: int


def paging(count: int, number: int, size: int) -> Paging:
    """Page `number` of a list of `count` entries, `size` a page; the nearest where there is no such page."""
    pages = max(1, -(-count // size))
    number = min(max(1, number), pages)
    return Paging(number, pages, (number - 1) * size, number * size)


def read_number(parameters: Mapping[str, str]) -> int:
    """The page that `seite` in an address asks for, from 1; the first for what is no number."""
    typed = parameters.get("seite", "")
    return max(1, int(typed)) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1
