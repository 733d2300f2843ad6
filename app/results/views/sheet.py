# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything together for paper: the same parts as on the pages, after a cover one can put on a desk."""

from dataclasses import dataclass

from app.results.filters import Filters
from app.results.queries import ResultContext
from app.results.views.factors import FactorsPage, factors_page
from app.results.views.head import Head, head_of
from app.results.views.lists import ListsPage, lists_page
from app.results.views.overview import Overview, overview_of
from app.results.views.sections import SectionsPage, sections_page
from app.results.views.steps import Steps, steps_of
from questionnaires.catalogues import Source


@dataclass(frozen=True, slots=True)
class Sheet:
    """The print view: cover and overview, sections, factors, steps, lists, and what it stands on."""

    head: Head
    overview: Overview
    sections: SectionsPage
    factors: FactorsPage
    steps: Steps
    lists: ListsPage
    digest: str
    scoring_version: str
    sources: tuple[Source, ...]


def sheet_of(context: ResultContext) -> Sheet:
    """The print view of a result."""
    return Sheet(
        head=head_of(context, "druck"),
        overview=overview_of(context),
        sections=sections_page(context),
        factors=factors_page(context),
        steps=steps_of(context, Filters()),
        lists=lists_page(context),
        digest=context.digest,
        scoring_version=context.profile.scoring_version,
        sources=context.questionnaire.sources,
    )
