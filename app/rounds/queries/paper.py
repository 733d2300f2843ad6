# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What sheets of paper need to know: the round, its groups, and the form of each."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from app.errors import NotFound
from app.permissions import RoundScope
from app.rounds.queries.rows import group_rows, municipality_in, round_row
from questionnaires.parts import MunicipalityType
from scoring import Municipality


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """A group with the questionnaire it gets."""

    id: str
    title: str
    form_id: str
    form_version: str


@dataclass(frozen=True)
class PaperRound:
    """A round as its sheets tell it. `takes_answers`: it is open, and today is within its days."""

    id: str
    title: str
    status: str
    municipality: Municipality
    mode: str
    n_min: int
    opens_on: date
    closes_on: date
    contact: str
    asks_comments: bool
    raw_months: int
    groups: tuple[PaperGroup, ...]

    @property
    def kind(self) -> MunicipalityType | None:
        return self.municipality.type

    @property
    def is_named(self) -> bool:
        return self.mode == "named"

    def group(self, group_id: str) -> PaperGroup:
        """`NotFound` for a group of another round."""
        for group in self.groups:
            if group.id == group_id:
                return group
        raise NotFound

    def takes_answers(self, today: date) -> bool:
        """Whether a sheet can be typed in: sheets come in late, so the last day does not count here."""
        return self.status == "open" and self.opens_on <= today


def paper_round(db: Session, scope: RoundScope) -> PaperRound:
    """The round of this scope with its groups in order."""
    row = round_row(db, scope)
    return PaperRound(
        id=row.id,
        title=row.title,
        status=row.status,
        municipality=municipality_in(row),
        mode=row.mode,
        n_min=row.n_min,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        contact=row.contact,
        asks_comments=row.asks_comments,
        raw_months=row.raw_months,
        groups=tuple(PaperGroup(g.id, g.title, g.form_id, g.form_version) for g in group_rows(db, scope)),
    )
