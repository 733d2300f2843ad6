# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""How this is computed: every figure unfolded to the sum behind it (M13), and the versions it stands on."""

from dataclasses import dataclass

from app.i18n import Words
from app.results.queries import ResultContext
from app.results.views.bridge import catalogues_of
from app.results.views.figures import figure_of
from app.results.views.head import BRIDGE, DATA, Head, address, head_of
from app.results.views.overview import limits_of
from app.results.views.sums import Unfolded, unfolded
from questionnaires.catalogues import Source
from scoring.explain import explain_lens, explain_section


@dataclass(frozen=True, slots=True)
class MethodPage:
    """The page on method and versions; `catalogues` are those that the table at `bridge_href` is a bridge to.

    `n_min` is the smallest number that an anonymous round shows, None elsewhere; `data_href` leads to the published
    table of a round, `""` without one.
    """

    head: Head
    limits: Words | None
    catalogues: tuple[Words, ...]
    bridge_href: str
    data_href: str
    questionnaire_id: str
    digest: str
    scoring_version: str
    n_min: int | None
    sections: tuple[Unfolded, ...]
    lenses: tuple[Unfolded, ...]
    sources: tuple[Source, ...]


def method_page(context: ResultContext) -> MethodPage:
    """The page; sections without a score of their own stand only in their lenses."""
    profile = context.profile
    sections = [section for section in profile.sections if section.kind == "recommendation" and section.item_ids]
    return MethodPage(
        head=head_of(context, "methode"),
        limits=limits_of(context),
        catalogues=catalogues_of(context),
        bridge_href=address(context, BRIDGE),
        data_href=address(context, DATA) if context.round else "",
        questionnaire_id=profile.questionnaire_id,
        digest=context.digest,
        scoring_version=profile.scoring_version,
        n_min=_smallest(context),
        sections=tuple(
            unfolded(context, figure_of(context, section), "section", explain_section(profile, section.id))
            for section in sections
        ),
        lenses=tuple(
            unfolded(context, figure_of(context, lens), lens.kind, explain_lens(profile, lens.id))
            for lens in profile.lenses
        ),
        sources=context.questionnaire.sources,
    )


def _smallest(context: ResultContext) -> int | None:
    rule = context.round.table.rule if context.round else None
    return rule.n_min if rule and rule.mode == "anonym" else None
