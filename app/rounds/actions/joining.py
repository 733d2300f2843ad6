# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Begin to answer in a round, by the link of a group or with a code for one participation."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, exists, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app import tokens
from app.errors import RoundNotOpen
from app.permissions import EntryScope
from app.responses.actions import Started, delete_responses, start
from app.responses.within import Placing
from app.rounds.queries.joining import Invitation, require_unused
from app.tables.responses import ANSWERS, RESPONSES
from questionnaires.definition import Questionnaire


@dataclass(frozen=True, slots=True)
class Begun:
    """A response in a round; `is_new` False: the same form was sent before."""

    started: Started
    is_new: bool


def begin(
    db: Session,
    scope: EntryScope,
    invitation: Invitation,
    form: Questionnaire,
    *,
    person: str,
    key: str | None,
    today: date,
) -> Begun:
    """A response in the group of this way in, with the form of the group. A code for one participation is used later.

    `key` is the code that the form brought along: who sends it twice, because the reply was lost or by a double click,
    comes to the same response. `RoundNotOpen` unless the round takes answers, `TicketUsed` for a code used before.
    """
    if not invitation.is_open_on(today):
        raise RoundNotOpen
    again = _untouched(db, scope, key) if key else None
    if again:
        return Begun(again, is_new=False)
    require_unused(db, scope)
    placing = Placing(scope.round_id, scope.group_id, person if invitation.is_named else "")
    try:
        with db.begin_nested():
            started = start(
                db, questionnaire=form, municipality=invitation.municipality, today=today, placing=placing, code=key
            )
    except IntegrityError:
        # Sent twice at once; or a shared tablet brought back the form of somebody who has answered since.
        again = _untouched(db, scope, key or "")
        if again:
            return Begun(again, is_new=False)
        started = start(db, questionnaire=form, municipality=invitation.municipality, today=today, placing=placing)
    return Begun(started, is_new=True)


def take_back(db: Session, started: Started) -> None:
    """Delete what was begun with a code that somebody else had used meanwhile."""
    delete_responses(db, [started.response_id])


def _untouched(db: Session, scope: EntryScope, code: str) -> Started | None:
    """The response of this code, as long as nothing was answered: a form that comes back opens nobody's answers."""
    found = db.execute(_UNTOUCHED, {"digest": tokens.digest(code), "group": scope.group_id}).scalar()
    return Started(found, code) if found else None


_UNTOUCHED = select(RESPONSES.c.id).where(
    RESPONSES.c.code_digest == bindparam("digest"),
    RESPONSES.c.group_id == bindparam("group"),
    RESPONSES.c.status == "draft",
    ~exists().where(ANSWERS.c.response_id == RESPONSES.c.id),
)
