# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Delete a round with everything in it: answers, codes, addresses, what was frozen and released."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session, col

from app import audit
from app.errors import Invalid, Problem
from app.i18n import N_
from app.permissions import Action, RoundScope, require
from app.rounds.actions.closing import lock_responses, lock_round
from app.tables.responses import ANSWERS, RESPONSES, Delegation, Proposal, Snapshot
from app.tables.rounds import ROUNDS, STATUSES


def delete_round(db: Session, scope: RoundScope, typed_title: str, *, now: datetime) -> None:
    """Gone for good, in whatever state it is. `Invalid` unless its title was typed: nobody does this by accident.

    Groups, codes, addresses, readers, links and the frozen result go with it by themselves; responses do not.
    """
    require(scope, Action.ROUND_DELETE)
    lock_responses(db, scope)
    row = lock_round(db, scope, *STATUSES)
    if " ".join(typed_title.split()).casefold() != " ".join(row.title.split()).casefold():
        raise Invalid(
            Problem("title", N_("Das ist nicht der Titel des Durchgangs. Bitte schreiben Sie ihn genau so ab."))
        )
    _delete_responses(db, scope.round_id)
    db.execute(delete(ROUNDS).where(ROUNDS.c.id == scope.round_id))
    audit.record(db, scope, "round.delete", now, title=row.title)


def _delete_responses(db: Session, round_id: str) -> None:
    responses = select(RESPONSES.c.id).where(RESPONSES.c.round_id == round_id)
    delegations = select(col(Delegation.id)).where(col(Delegation.response_id).in_(responses))
    db.execute(delete(Proposal).where(col(Proposal.delegation_id).in_(delegations)))
    db.execute(delete(ANSWERS).where(ANSWERS.c.response_id.in_(responses)))
    for table in (Delegation, Snapshot):
        db.execute(delete(table).where(col(table.response_id).in_(responses)))
    db.execute(delete(RESPONSES).where(RESPONSES.c.round_id == round_id))
