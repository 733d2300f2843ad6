# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proof of access: from a code in the cookie, or from a read-only token in the address, to a ``Scope``.

A response that exists but is not yours, and one that does not exist, answer alike.
"""

from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import bindparam, select
from sqlmodel import Session

from app.db import SAFE_METHODS, Db
from app.errors import NoAccess, NotFound
from app.permissions import Scope
from app.tables.responses import RESPONSES
from app.tokens import digest, view_digest
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
    row = db.execute(_ROW if request.method in SAFE_METHODS else _LOCKED_ROW, {"response": response_id}).first()
    code = digests.get(row.code_digest) if row else None
    if code is None:
        raise NoAccess
    request.state.response_row = row
    return Scope(response_id, code, can_edit=True)


def prove_view(token: str, db: Db) -> Scope:
    """Dependency of ``/ansicht/{token}/…``: the token is known, or ``NotFound``."""
    found = db.execute(select(RESPONSES.c.id).where(RESPONSES.c.view_digest == view_digest(token))).scalar()
    if found is None:
        raise NotFound
    return Scope(found, None, can_edit=False)


# Made once: it comes before everything else in every request on a check.
_ROW = select(RESPONSES).where(RESPONSES.c.id == bindparam("response"))
_LOCKED_ROW = _ROW.with_for_update()

EditScope = Annotated[Scope, Depends(prove_edit, scope="function")]
ViewScope = Annotated[Scope, Depends(prove_view, scope="function")]
