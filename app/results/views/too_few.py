# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round with fewer responses than n_min: nothing but the counts (M7.1)."""

from dataclasses import dataclass

from app.results.queries import ResultContext
from app.results.views.head import Head, head_of


@dataclass(frozen=True, slots=True)
class TooFewPage:
    """What stands on every result page of such a round."""

    head: Head
    n_min: int


def too_few_page(context: ResultContext, page: str) -> TooFewPage:
    """The page; `page` is the one that was asked for."""
    return TooFewPage(head_of(context, page), context.round.table.rule.n_min if context.round else 0)
