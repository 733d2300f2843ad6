# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What coordinators, moderators and operators did (audit log). What participants do is never in it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from app.tables.base import Moment, Table
from app.tables.people import PERSON_LENGTH


class AuditEntry(Table, table=True):
    """One act. No foreign keys: it outlives what it was about, until its own time is over (D-15)."""

    __tablename__ = "audit_entry"

    id: str = Field(primary_key=True, max_length=32)
    at: datetime = Field(sa_type=Moment, index=True)
    action: str = Field(max_length=40)
    account_id: str | None = Field(default=None, max_length=32, index=True)
    actor: str = Field(default="", max_length=PERSON_LENGTH)
    """The name as it was then; emptied when the account is deleted."""
    municipality_id: str | None = Field(default=None, max_length=32, index=True)
    round_id: str | None = Field(default=None, max_length=32, index=True)
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
