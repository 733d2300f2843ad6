# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""All tables. Importing this package makes ``base.METADATA`` complete, which migrations rely on."""

from app.tables import audits, mails, municipalities, people, rounds
from app.tables.barriers import BarrierReport
from app.tables.base import METADATA, Table
from app.tables.responses import Answer, Response, Snapshot

__all__ = [
    "METADATA",
    "Answer",
    "BarrierReport",
    "Response",
    "Snapshot",
    "Table",
    "audits",
    "mails",
    "municipalities",
    "people",
    "rounds",
]
