# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proof of access: from a code in the cookie, or from a read-only token in the address, to a ``Scope``; and from a
way into a round to its group.

A response that exists but is not yours, and one that does not exist, answer alike.
"""

from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import bindparam, select
from sqlmodel import Session

from app.db import SAFE_METHODS, Db
from app.errors import EntryUnknown, NoAccess, NotFound
from app.permissions import EntryScope, Scope
from app.tables.joined import LOCKED_RESPONSE, RESPONSE
from app.tables.responses import RESPONSES
from app.tables.rounds import GROUPS, TICKETS
from app.tokens import digest, normalise_entry, view_digest
from app.web.limits import limits_of
from app.web.session import codes_of


def prove_code(session: Session, code: str) -> Scope | None:
    """The scope that a (normalised) code opens, or None."""
    found = session.execute(select(RESPONSES.c.id).where(RESPONSES.c.code_digest == digest(code))).scalar()
    return Scope(found, code, can_edit=True) if found else None


def prove_edit(request: Request, response_id: str, db: Db) -> Scope:
    """Dependency of ``/check/{response_id}/…``: this browser holds the code, or ``NoAccess``.

    The row that proves it stays in ``request.state.response_row``, locked for requests that change something, so
    that nobody has to read it again.
    """
    digests = {digest(code): code for code in codes_of(request)}
    if not digests:
        raise NoAccess
    row = db.execute(RESPONSE if request.method in SAFE_METHODS else LOCKED_RESPONSE, {"response": response_id}).first()
    code = digests.get(row.code_digest) if row else None
    if code is None:
        raise NoAccess
    request.state.response_row = row
    return Scope(response_id, code, can_edit=True)


def prove_view(token: str, db: Db) -> Scope:
    """Dependency of ``/ansicht/{token}/…``: the token is known, or ``NotFound``. Responses to a round have no link."""
    found = db.execute(_VIEW, {"digest": view_digest(token)}).scalar()
    if found is None:
        raise NotFound
    return Scope(found, None, can_edit=False)


def find_entry(session: Session, code: str) -> EntryScope | None:
    """The group that a (normalised) way in leads to, or None. A used code still leads there; it lets nobody in."""
    group = session.execute(_LINK, {"code": code}).first()
    if group:
        return EntryScope(group.round_id, group.id, code)
    known = digest(code)
    ticket = session.execute(_TICKET, {"digest": known}).first()
    return EntryScope(ticket.round_id, ticket.group_id, code, known) if ticket else None


def prove_entry(request: Request, entry: str, db: Db) -> EntryScope:
    """Dependency of ``/mitmachen/{entry}``: the way in is known, or ``EntryUnknown``; too many are refused."""
    code = normalise_entry(entry)
    scope = find_entry(db, code) if code else None
    if scope is None:
        limits_of(request).count(request, "failed_code")
        raise EntryUnknown
    return scope


# Made once: proofs come before everything else.
_VIEW = select(RESPONSES.c.id).where(RESPONSES.c.view_digest == bindparam("digest"), RESPONSES.c.round_id.is_(None))
_LINK = select(GROUPS.c.id, GROUPS.c.round_id).where(GROUPS.c.link_code == bindparam("code"))
_TICKET = select(TICKETS.c.group_id, TICKETS.c.round_id).where(TICKETS.c.code_digest == bindparam("digest"))

EditScope = Annotated[Scope, Depends(prove_edit, scope="function")]
ViewScope = Annotated[Scope, Depends(prove_view, scope="function")]
WayIn = Annotated[EntryScope, Depends(prove_entry, scope="function")]
