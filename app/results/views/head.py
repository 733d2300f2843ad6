# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What all result pages share: whose result it is, as of when, and the way from one page to the next."""

from dataclasses import dataclass
from datetime import date

from app.i18n import Words
from app.results.queries import ResultContext, Status
from questionnaires.origins import Origin

PAGES = ("", "abschnitte", "faktoren", "schritte", "listen", "methode", "druck")
"""The result pages by the last part of their address, in the order of the navigation; `""` is the overview."""


BRIDGE = "bruecke.csv"
"""The table of what the questions correspond to in other catalogues."""

DATA = "daten.json"
"""The published table of a round and its profile."""


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
    comparison_url: str


@dataclass(frozen=True, slots=True)
class Head:
    """Head of every result page. `kind` is the type of municipality, `""` where it is not known.

    `origin` is None for a shipped questionnaire; `added` are the titles of the sections that an addition brings;
    `round` is None for a single check. `part_of` names the round that a single response was given to.
    """

    name: str
    kind: str
    population: int | None
    as_of: date
    questionnaire: Words
    version: str
    status: Status
    can_edit: bool
    base_url: str
    form_url: str
    links: tuple[Link, ...]
    origin: Origin | None
    added: tuple[Words, ...]
    round: RoundHead | None
    part_of: str
    can_set_targets: bool


def head_of(context: ResultContext, page: str) -> Head:
    """The head of one page of this result."""
    municipality = context.profile.inputs.municipality
    return Head(
        name=municipality.name or "",
        kind=municipality.type.value if municipality.type else "",
        population=municipality.population,
        as_of=context.as_of,
        questionnaire=context.words(context.questionnaire.title),
        version=context.questionnaire.version,
        status=context.status,
        can_edit=context.can_edit,
        base_url=context.place.base_url,
        form_url=context.place.form_url,
        links=tuple(Link(key, address(context, key), key == page) for key in PAGES),
        origin=context.questionnaire.origin,
        added=tuple(context.words(section.title) for section in context.questionnaire.added),
        round=_round_head(context),
        part_of=context.part_of,
        can_set_targets=context.can_set_targets,
    )


def _round_head(context: ResultContext) -> RoundHead | None:
    found = context.round
    if found is None:
        return None
    table = found.table
    return RoundHead(found.title, table.submitted, table.heard, len(table.groups), context.place.comparison_url)


def address(context: ResultContext, page: str) -> str:
    """Where a result page stands; the overview is the base itself."""
    return f"{context.place.base_url}/{page}".rstrip("/")
