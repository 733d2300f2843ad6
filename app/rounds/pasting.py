# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses as people paste them: lines, commas, semicolons, names around them. Errors name their line."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.errors import Problem
from app.fields import plain
from app.i18n import N_
from app.mail.addresses import bare_address, is_address

MOST_SHOWN = 10
"""As many lines are named at once; the others after these are mended."""
_LONGEST_QUOTE = 60
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Pasted:
    """An address and the line it stands in, from 1."""

    line: int
    address: str


def read_addresses(typed: str) -> tuple[Pasted, ...] | tuple[Problem, ...]:
    """One a line, or several with comma or semicolon; names are dropped. Or what is wrong, by line."""
    entries = [Pasted(line, entry) for line, entry in _entries(plain(typed))]
    wrong = [entry for entry in entries if not is_address(bare_address(entry.address))]
    if not entries:
        return (Problem("addresses", N_("Bitte tragen Sie mindestens eine E-Mail-Adresse ein.")),)
    if wrong:
        return shortened([_no_address(entry) for entry in wrong])
    return tuple(Pasted(entry.line, bare_address(entry.address)) for entry in entries)


def shortened(problems: list[Problem]) -> tuple[Problem, ...]:
    """The first of many, and how many there are beside."""
    more = len(problems) - MOST_SHOWN
    if more <= 0:
        return tuple(problems)
    rest = Problem("addresses", N_("Dazu kommen weitere Stellen: {more}."), {"more": more})
    return (*problems[:MOST_SHOWN], rest)


def _entries(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        for part in line.split(";"):
            yield from ((number, entry) for entry in _between_commas(part.split(",")))


def _between_commas(pieces: list[str]) -> Iterator[str]:
    """The entries; a comma inside a name, „Beispiel, Ada <ada@kommune.de>“, parts nothing."""
    name = ""
    for piece, following in zip(pieces, _following(pieces), strict=True):
        entry = f"{name},{piece}" if name else piece
        is_name = entry.strip() and "@" not in entry and "<" in following and len(entry) <= _LONGEST_NAME
        name = entry if is_name else ""
        if entry.strip() and not name:
            yield entry.strip()


def _following(pieces: list[str]) -> list[str]:
    """For each piece the next one with an @. Looked up once from the end: a line may have very many."""
    found, following = "", list[str]()
    for piece in reversed(pieces):
        following.append(found)
        found = piece if "@" in piece else found
    return following[::-1]


def _no_address(entry: Pasted) -> Problem:
    quoted = entry.address if len(entry.address) <= _LONGEST_QUOTE else entry.address[:_LONGEST_QUOTE] + "…"
    return Problem(
        "addresses",
        N_("Zeile {line}: „{text}“ ist keine Adresse wie name@kommune.de."),
        {"line": entry.line, "text": quoted},
    )
