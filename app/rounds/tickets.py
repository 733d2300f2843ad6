# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Codes for one participation (tickets), as values: drawn, read back from a form, and written for a mail merge.

What is stored of them, and how one is used up, stands in `actions/tickets.py`.
"""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO

from app.tokens import grouped, new_entry, normalise_entry

MOST_AT_ONCE = 200
"""On one page of slips: 25 sheets of paper."""
MOST_OF_GROUP = 5_000
"""Using one rewrites all of its group, so that nothing tells which was the last (M7.9)."""

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def draw(count: int) -> tuple[str, ...]:
    """So many different codes."""
    drawn: set[str] = set()
    while len(drawn) < count:
        drawn.add(new_entry())
    return tuple(sorted(drawn))


def read_codes(typed: str) -> tuple[str, ...]:
    """The codes in a text, each once; what cannot be one is left out."""
    found = (normalise_entry(word) for word in typed.split()[: MOST_AT_ONCE * 2])
    return tuple(dict.fromkeys(code for code in found if code))[:MOST_AT_ONCE]


def mail_merge(addresses: Mapping[str, str], until: str, headings: Iterable[str]) -> str:
    """A table for a mail merge: code, address, last day. Semicolons and a byte order mark, as Excel expects."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_harmless(heading) for heading in headings)
    writer.writerows([_harmless(grouped(code)), _harmless(address), until] for code, address in addresses.items())
    return "\ufeff" + text.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell
