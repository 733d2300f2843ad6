# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Barriers that people reported (A-04). No address of the sender's computer, no time finer than the day."""

from datetime import date

from sqlmodel import Field

from app.tables.base import Table

PAGE_LENGTH = 200
DESCRIPTION_LENGTH = 4_000
CONTACT_LENGTH = 200


class BarrierReport(Table, table=True):
    """One reported barrier; the contact is given only by those who want an answer."""

    __tablename__ = "barrier_report"

    id: str = Field(primary_key=True, max_length=32)
    reported_on: date = Field(index=True)
    page: str = Field(default="", max_length=PAGE_LENGTH)
    description: str = Field(max_length=DESCRIPTION_LENGTH)
    contact: str = Field(default="", max_length=CONTACT_LENGTH)
