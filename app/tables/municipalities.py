# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Municipalities (Kommunen) that use this instance, who belongs to them, and the official register of all."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from app.tables.base import Table, one_of
from app.tables.responses import MUNICIPALITY_TYPES, NAME_LENGTH

MEMBER_ROLES = ("coordinator", "member")


class Municipality(Table, table=True):
    """A municipality with rounds of its own; nothing of one is ever seen by another (X-19)."""

    __tablename__ = "municipality"
    __table_args__ = (
        CheckConstraint(one_of("type", MUNICIPALITY_TYPES), name="type"),
        CheckConstraint("population IS NULL OR population BETWEEN 1 AND 99999999", name="population"),
    )

    id: str = Field(primary_key=True, max_length=32)
    name: str = Field(max_length=NAME_LENGTH)
    type: str = Field(max_length=30)
    population: int | None = None
    ars: str | None = Field(default=None, max_length=12)
    """Regionalschlüssel; None where it was typed freely."""
    district: str = Field(default="", max_length=NAME_LENGTH)
    state: str = Field(default="", max_length=60)
    created_on: date


class Membership(Table, table=True):
    """Somebody belongs to a municipality, as coordinator (Koordination) or member (Mitglied)."""

    __tablename__ = "membership"
    __table_args__ = (CheckConstraint(one_of("role", MEMBER_ROLES), name="role"),)

    municipality_id: str = Field(primary_key=True, max_length=32, foreign_key="municipality.id", ondelete="CASCADE")
    account_id: str = Field(primary_key=True, max_length=32, foreign_key="account.id", ondelete="CASCADE", index=True)
    role: str = Field(max_length=20)


class RegisterEntry(Table, table=True):
    """A line of the imported Gemeindeverzeichnis (R-01); one that no longer exists keeps its last day."""

    __tablename__ = "register_entry"

    ars: str = Field(primary_key=True, max_length=12)
    """Five digits for a Kreis, nine for a Gemeindeverband, twelve for a Gemeinde."""
    official_name: str = Field(max_length=NAME_LENGTH)
    name: str = Field(max_length=NAME_LENGTH)
    """Without „, Stadt“ and the like (R-07)."""
    search_key: str = Field(max_length=NAME_LENGTH, index=True)
    """The name as it is searched: without accents, in small letters."""
    kind: str = Field(max_length=2)
    """Textkennzeichen of the register."""
    district: str = Field(default="", max_length=NAME_LENGTH)
    state: str = Field(default="", max_length=60)
    population: int | None = None
    postcode: str = Field(default="", max_length=5, index=True)
    as_of: date
    valid_to: date | None = None
