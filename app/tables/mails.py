# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail that waits to be sent, was sent, or could not be sent (N-07)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Index, Text
from sqlmodel import Field

from app.tables.base import Moment, Table, one_of
from app.tables.people import EMAIL_LENGTH

MAIL_STATUSES = ("queued", "sending", "sent", "failed")


class Mail(Table, table=True):
    """One message to one recipient (N-04). Its text goes once it was sent, its address by the retention (D-15)."""

    __tablename__ = "mail"
    __table_args__ = (
        CheckConstraint(one_of("status", MAIL_STATUSES), name="status"),
        Index("ix_mail_status", "status", "not_before"),
    )

    id: str = Field(primary_key=True, max_length=32)
    kind: str = Field(max_length=20)
    """What it is for: `invite`, `reset`, `round`, `reminder`, `test`."""
    recipient: str = Field(max_length=EMAIL_LENGTH)
    subject: str = Field(max_length=200)
    body: str = Field(sa_column=Column(Text, nullable=False))
    reply_to: str = Field(default="", max_length=EMAIL_LENGTH)
    round_id: str | None = Field(default=None, max_length=32, foreign_key="round.id", ondelete="CASCADE", index=True)
    status: str = Field(default="queued", max_length=10)
    attempts: int = 0
    not_before: datetime = Field(sa_type=Moment)
    """When it may be tried; while it is being sent, when the attempt counts as lost."""
    fault: str = Field(default="", max_length=200)
    created_at: datetime = Field(sa_type=Moment, index=True)
