# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the link of a request to a colleague to its `DelegationScope`."""

from typing import Annotated

from fastapi import Depends
from sqlalchemy import bindparam, select
from sqlmodel import col

from app.db import Db
from app.errors import NotFound
from app.permissions import DelegationScope, Scope
from app.tables.responses import Delegation
from app.tokens import view_digest


def prove_delegation(delegation: str, db: Db) -> DelegationScope:
    """Dependency of ``/klaeren/{delegation}``: the link is known, or `NotFound`."""
    found = db.execute(_DELEGATION, {"digest": view_digest(delegation)}).first()
    if found is None:
        raise NotFound
    return DelegationScope(found.id, Scope(found.response_id, None, can_edit=False))


_DELEGATION = select(col(Delegation.id), col(Delegation.response_id)).where(
    col(Delegation.token_digest) == bindparam("digest")
)

OpenDelegation = Annotated[DelegationScope, Depends(prove_delegation, scope="function")]
