# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What all pages of a comparison share: which round, who answered, and the way to the other pages."""

from dataclasses import dataclass
from datetime import date

from app.comparison.queries import Comparison

PAGES = ("", "agenda")
"""The pages of the navigation by the last part of their address; `""` is the first."""


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the navigation; `key` names the page."""

    key: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class RoundHead:
    """What the head says of a round: `heard` of `groups` groups answered, with `submitted` responses in all."""

    title: str
    submitted: int
    heard: int
    groups: int


@dataclass(frozen=True, slots=True)
class Head:
    """Head of every page. `kind` is the type of municipality, `""` where it is not known; `as_of` the last day."""

    name: str
    kind: str
    as_of: date
    version: str
    round: RoundHead
    base_url: str
    result_url: str
    links: tuple[Link, ...]
    is_named: bool
    n_min: int


def head_of(comparison: Comparison, page: str | None = None) -> Head:
    """The head of one page; None: it is not in the navigation."""
    shown, table = comparison.round, comparison.table
    kind = shown.municipality.type
    return Head(
        name=shown.municipality.name or "",
        kind=kind.value if kind else "",
        as_of=shown.closed_on,
        version=table.questionnaire_version,
        round=RoundHead(shown.title, table.submitted, table.heard, len(table.groups)),
        base_url=comparison.place.base_url,
        result_url=comparison.place.result_url,
        links=tuple(Link(key, address(comparison, key), key == page) for key in PAGES),
        is_named=table.rule.mode == "named",
        n_min=table.rule.n_min,
    )


def address(comparison: Comparison, page: str = "") -> str:
    """Where a page of the comparison stands; the first is the base itself."""
    return f"{comparison.place.base_url}/{page}".rstrip("/")


def section_address(comparison: Comparison, section_id: str) -> str:
    return address(comparison, f"abschnitt/{section_id}")


def item_address(comparison: Comparison, item_id: str) -> str:
    return address(comparison, f"frage/{item_id}")
