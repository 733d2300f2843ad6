# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Delete a round with everything in it: answers, codes, addresses, what was frozen and released."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session

from app import audit
from app.errors import Invalid, Problem
from app.i18n import N_
from app.permissions import Action, RoundScope, require
from app.responses.actions import delete_responses
from app.rounds.actions.locking import lock_responses, lock_round
from app.tables.responses import RESPONSES
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
    delete_responses(db, select(RESPONSES.c.id).where(RESPONSES.c.round_id == scope.round_id))
    db.execute(delete(ROUNDS).where(ROUNDS.c.id == scope.round_id))
    audit.record(db, scope, "round.delete", now, title=row.title)
