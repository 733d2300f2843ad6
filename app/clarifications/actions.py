# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ask a colleague, propose, take a proposal over or not, take a request back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import uuid4

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, delete

from app import tokens
from app.clarifications.forms import proposal_field
from app.clarifications.queries import Proposed, asked_of, request_of, requests_of
from app.errors import Conflict, Invalid, NotAllowed, Problem
from app.i18n import N_
from app.permissions import DelegationScope, Scope, require_edit
from app.responses.actions import record_answer
from app.responses.actions.locking import require_open
from app.responses.queries import ResponseState, load_response
from app.responses.typed import NOTE_LENGTH, Typed
from app.tables.responses import Delegation, Proposal

MOST_REQUESTS = 50
"""Of one check at a time: anybody may begin a check."""
_MANY = N_("Sie haben schon 50 Mal jemanden gefragt. Ziehen Sie zuerst eine Bitte zurück, die Sie nicht mehr brauchen.")
_TOO_LONG = N_(
    "Mit Namen und Notiz aus dem Vorschlag wird Ihre Notiz zu lang. Es wurde nichts geändert. "
    "Kürzen Sie zuerst Ihre Notiz zu dieser Frage um mindestens {over} Zeichen."
)


def ask(db: Session, scope: Scope, *, asked: str, asker: str, message: str, items: Sequence[str], today: date) -> str:
    """Put these questions to a colleague; gives the token of the link, which is kept as a digest only.

    `NotAllowed` in an anonymous round, `Invalid` for one request too many; the errors of answering where the check
    takes no answers any more.
    """
    state = _editable(db, scope, today)
    if not state.may_delegate:
        raise NotAllowed
    if len(requests_of(db, scope)) >= MOST_REQUESTS:
        raise Invalid(Problem("asked", _MANY))
    token = tokens.view_token(tokens.new_code())
    row = Delegation(
        id=uuid4().hex,
        response_id=scope.response_id,
        token_digest=tokens.view_digest(token),
        asked=asked,
        asker=asker,
        message=message,
        created_on=today,
    )
    db.add(row)
    db.flush()
    db.add_all(Proposal(delegation_id=row.id, item_id=item_id) for item_id in dict.fromkeys(items))
    return token


def propose(db: Session, scope: DelegationScope, *, proposer: str, typed: Mapping[str, Typed], today: date) -> int:
    """Keep what the colleague chose, as proposals; how many. What was decided on meanwhile stays as it is.

    A round that asks for no notes keeps none (D-11).
    The errors of answering where the check takes no answers any more: then nobody could take them over.
    """
    state = load_response(db, scope.check)
    require_open(state, today)
    open_items = {item.item_id for item in asked_of(db, scope).items if not item.is_settled}
    kept = {item_id: one for item_id, one in typed.items() if item_id in open_items and one.answer}
    for item_id, one in kept.items():
        values = {
            "status": "proposed",
            "proposer": proposer,
            "answer": one.answer,
            "reason": one.reason,
            "note": one.note if state.asks_notes else "",
            "carried_by": one.carried_by,
            "project_until": one.project_until,
            "proposed_on": today,
        }
        # Not one that was decided on a moment ago: what counts in the check would no longer be what stands here.
        waiting = col(Proposal.status).in_(("asked", "proposed"))
        db.execute(update(Proposal).where(*_this(scope.delegation_id, item_id), waiting).values(**values))
    return len(kept)


def take(db: Session, scope: Scope, delegation_id: str, item_id: str, *, today: date) -> None:
    """Make a proposal the answer of the check. Who proposed it, and the note to it, are added to our note.

    `Conflict` if it was decided on, or not proposed yet; `Invalid` if the note would be too long: nothing is cut. A
    round that asks for no notes gets none (D-11).
    """
    state = _editable(db, scope, today)
    found = request_of(db, scope, delegation_id).item(item_id)
    if found.status != "proposed":
        raise Conflict
    before = state.of(item_id)
    note = _added(before.typed.note, found) if state.asks_notes else ""
    if len(note) > NOTE_LENGTH:
        over = len(note) - NOTE_LENGTH
        raise Invalid(Problem(proposal_field(delegation_id, item_id), _TOO_LONG, {"over": over}))
    record_answer(
        db,
        scope,
        item_id,
        replace(found.typed, note=note),
        base_revision=before.revision,
        base_fingerprint=before.typed.fingerprint,
        writer="",
        today=today,
        draft=state,
    )
    _settle(db, delegation_id, item_id, "taken")


def decline(db: Session, scope: Scope, delegation_id: str, item_id: str, *, today: date) -> None:
    """Leave the answer as it is; `Conflict` if the proposal was decided on, or not made yet."""
    _editable(db, scope, today)
    if request_of(db, scope, delegation_id).item(item_id).status != "proposed":
        raise Conflict
    _settle(db, delegation_id, item_id, "declined")


def withdraw(db: Session, scope: Scope, delegation_id: str) -> None:
    """Take a request back: the link ends, proposals that wait are gone. What was taken over stays."""
    require_edit(scope)
    found = request_of(db, scope, delegation_id)
    db.execute(delete(Proposal).where(col(Proposal.delegation_id) == found.id))
    db.execute(delete(Delegation).where(col(Delegation.id) == found.id))


def _editable(db: Session, scope: Scope, today: date) -> ResponseState:
    """The check, locked; `Conflict` and its kind where it takes no answers."""
    require_edit(scope)
    state = load_response(db, scope, lock=True)
    require_open(state, today)
    return state


def _added(note: str, found: Proposed) -> str:
    """Our note, and below it who proposed, with what they wrote."""
    said = f"{found.proposer}: {found.typed.note}" if found.typed.note else found.proposer
    return f"{note}\n{said}" if note else said


def _settle(db: Session, delegation_id: str, item_id: str, status: str) -> None:
    db.execute(update(Proposal).where(*_this(delegation_id, item_id)).values(status=status))


def _this(delegation_id: str, item_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(Proposal.delegation_id) == delegation_id, col(Proposal.item_id) == item_id
