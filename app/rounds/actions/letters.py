# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keep the text of an invitation or a reminder with its round, for the next addresses and whoever writes next.

Only what differs from the proposed text is kept. So a proposal that nobody touched follows the plan, and going back to
it means keeping nothing. Who it goes to, and sending, stand in `mailing.py`.
"""

from datetime import datetime

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col

from app import audit
from app.errors import Invalid, Problem
from app.i18n import N_
from app.permissions import Action, RoundScope, require
from app.rounds.actions.locking import lock_round
from app.rounds.letters import LetterText, Occasion, default_text, fingerprint
from app.rounds.queries.mailing import letters_of, wrote_last
from app.tables.rounds import ROUNDS, RoundLetter


def keep_letter(
    db: Session, scope: RoundScope, occasion: Occasion, text: LetterText, known: str | None, *, now: datetime
) -> None:
    """Keep it as it is to be shown and sent from now on; the very text that is there changes nothing.

    `known`: the `fingerprint` of what was kept when the form was opened, None where that does not matter. `Invalid`
    where somebody else wrote something else since then; who goes back in the browser meets only what they wrote.
    """
    require(scope, Action.ROUND_INVITE)
    plan = lock_round(db, scope, "planned", "open")
    proposal, kept = default_text(occasion, plan.mode, plan.message), letters_of(db, scope).get(occasion)
    if text == (kept or proposal):
        return
    if known not in (None, fingerprint(kept)) and not wrote_last(db, scope, occasion):
        raise Invalid(Problem("body", _CHANGED))
    _replace(db, scope, occasion, None if text == proposal else text)
    db.execute(update(ROUNDS).where(ROUNDS.c.id == scope.round_id).values(changed_at=now))
    audit.record(db, scope, "round.letter", now, occasion=occasion)


def _replace(db: Session, scope: RoundScope, occasion: Occasion, text: LetterText | None) -> None:
    mine = (col(RoundLetter.round_id) == scope.round_id, col(RoundLetter.occasion) == occasion)
    db.execute(delete(RoundLetter).where(*mine))
    if text is not None:
        values = {"round_id": scope.round_id, "occasion": occasion, "subject": text.subject, "body": text.body}
        db.execute(insert(RoundLetter).values(**values))


_CHANGED = N_(
    "Jemand hat den gespeicherten Text inzwischen geändert. Im Feld steht noch Ihrer, darunter der gespeicherte. "
    "Klicken Sie noch einmal, wenn Ihrer gelten soll."
)
