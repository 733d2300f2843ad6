# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people will read about their data before they begin, shown to who plans the round: the very same sentences."""

from dataclasses import dataclass

from app.i18n import N_
from app.rounds.plans import Protection
from app.rounds.queries.joining import Invitation
from app.rounds.queries.plan import Planned
from app.rounds.views.joining import Statement, seen_by, stored
from questionnaires.parts import MunicipalityType


@dataclass(frozen=True, slots=True)
class Promise:
    """What is stored, and who sees it (lesson 16)."""

    stored: tuple[Statement, ...]
    seen_by: tuple[Statement, ...]


def promise_of(plan: Planned, protection: Protection | None = None) -> Promise:
    """For the first group; with what is being chosen instead of what is kept, where that is given."""
    chosen = protection or plan.protection
    invitation = Invitation(
        round_id=plan.id,
        title=plan.title,
        group=plan.groups[0].title if plan.groups else N_("Ihre Gruppe"),
        municipality=plan.municipality,
        kind=plan.kind or MunicipalityType.KLEINE_STADT_GEMEINDE,
        form_id=plan.basics.form.id,
        form_version=plan.basics.form.version,
        status=plan.status,
        mode=chosen.mode,
        n_min=chosen.n_min,
        opens_on=plan.basics.opens_on,
        closes_on=plan.basics.closes_on,
        contact=plan.address.contact,
        message=plan.address.message,
        asks_comments=chosen.asks_comments,
        raw_months=chosen.raw_months,
    )
    return Promise(tuple(stored(invitation, is_single=False)), tuple(seen_by(invitation)))
