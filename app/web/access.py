# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proof of access: from a code in the cookie, or from a read-only token in the address, to a ``Scope``.

A response that exists but is not yours, and one that does not exist, answer alike.
"""

from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session, col, select

from app.db import Db
from app.errors import NoAccess, NotFound
from app.permissions import Scope
from app.tables import Response
from app.tokens import digest, view_digest
from app.web.session import codes_of


def prove_code(session: Session, code: str) -> Scope | None:
    """The scope that a (normalised) code opens, or None."""
    found = session.exec(select(Response.id).where(Response.code_digest == digest(code))).first()
    return Scope(found, code, can_edit=True) if found else None


def prove_edit(request: Request, response_id: str, db: Db) -> Scope:
    """Dependency of ``/check/{response_id}/…``: this browser holds the code, or ``NoAccess``."""
    digests = {digest(code): code for code in codes_of(request)}
    if not digests:
        raise NoAccess
    known = select(Response.code_digest).where(Response.id == response_id, col(Response.code_digest).in_(digests))
    found = db.exec(known).first()
    if found is None:
        raise NoAccess
    return Scope(response_id, digests[found], can_edit=True)


def prove_view(token: str, db: Db) -> Scope:
    """Dependency of ``/ansicht/{token}/…``: the token is known, or ``NotFound``."""
    found = db.exec(select(Response.id).where(Response.view_digest == view_digest(token))).first()
    if found is None:
        raise NotFound
    return Scope(found, None, can_edit=False)


EditScope = Annotated[Scope, Depends(prove_edit, scope="function")]
ViewScope = Annotated[Scope, Depends(prove_view, scope="function")]
