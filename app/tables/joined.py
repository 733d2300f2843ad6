# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one statement that reads a response together with the round and group it belongs to.

Access needs it to prove a code and the feature to show and change the response, so it stands below both.
"""

from typing import Any

from sqlalchemy import Select, bindparam, select

from app.tables.responses import RESPONSES
from app.tables.rounds import GROUPS, ROUNDS

_OF_ROUND = [
    ROUNDS.c[name].label(f"round_{name}")
    for name in (
        *("title", "status", "mode", "n_min", "opens_on", "closes_on", "closed_on", "contact"),
        *("asks_comments", "raw_months"),
    )
]
_OF_GROUP = [GROUPS.c.title.label("group_title"), GROUPS.c.link_code.label("group_link")]

RESPONSE: Select[Any] = (
    select(RESPONSES, *_OF_ROUND, *_OF_GROUP)
    .outerjoin(ROUNDS, ROUNDS.c.id == RESPONSES.c.round_id)
    .outerjoin(GROUPS, GROUPS.c.id == RESPONSES.c.group_id)
    .where(RESPONSES.c.id == bindparam("response"))
)
"""By the id `response`; the columns `round_…` and `group_…` are None for a check on its own."""

# Only the response: others of the round are saving at the same time.
LOCKED_RESPONSE: Select[Any] = RESPONSE.with_for_update(of=RESPONSES)
"""The same, and nobody else changes it until the end of the transaction."""
