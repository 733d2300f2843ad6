# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The proof that somebody may see or edit one response (Rückmeldung).

Queries and actions take a ``Scope``, never an id from the address. Only ``app.web.access`` (and the command
line) makes one; a standing test finds any other place that tries.
"""

from dataclasses import dataclass, field

from app.errors import ReadOnly


@dataclass(frozen=True, slots=True)
class Scope:
    """Access to one response: its id, the code if this browser holds it, and whether it may be changed."""

    response_id: str
    code: str | None = field(repr=False)
    can_edit: bool


def require_edit(scope: Scope) -> None:
    """Raise ``ReadOnly`` unless the scope may change the response."""
    if not scope.can_edit:
        raise ReadOnly
