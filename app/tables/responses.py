# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A response (Rückmeldung) is one filled check; its answers; and the profile frozen when it was submitted.

No time is finer than the day, ids are random, and of code and read-only token only digests are kept, so
the tables cannot tell who answered or when (D-02, lesson 15).
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, Text
from sqlalchemy import Table as Columns
from sqlmodel import Field

from app.tables.base import UNORDERED, Table, one_of

STATUSES = ("draft", "submitted")
KINDS = ("level", "dont_know", "not_applicable", "blank")
CARRIERS = ("", "budget", "project")
PROPOSAL_STATUSES = ("asked", "proposed", "taken", "declined")
MUNICIPALITY_TYPES = ("grosse_stadt", "mittlere_stadt", "kleine_stadt_gemeinde", "landkreis")

NAME_LENGTH = 120
NOTE_LENGTH = 2_000
REASON_LENGTH = 500


class Response(Table, table=True):
    """One filled check (Rückmeldung) of one municipality."""

    __tablename__ = "response"
    __table_args__ = (
        CheckConstraint(one_of("status", STATUSES), name="status"),
        CheckConstraint(one_of("municipality_type", MUNICIPALITY_TYPES), name="municipality_type"),
        CheckConstraint("population IS NULL OR population BETWEEN 1 AND 99999999", name="population"),
        CheckConstraint("(status = 'submitted') = (submitted_on IS NOT NULL)", name="submitted_on"),
        CheckConstraint("(round_id IS NULL) = (group_id IS NULL)", name="round_group"),
        Index("ix_response_round_id", "round_id", "group_id", "status"),
        UNORDERED,
    )

    id: str = Field(primary_key=True, max_length=32)
    """uuid4 as 32 hex digits: random, so ids show neither order nor time."""
    code_digest: str = Field(max_length=64, unique=True)
    view_digest: str = Field(max_length=64, unique=True)
    municipality_type: str = Field(max_length=30)
    municipality_name: str | None = Field(default=None, max_length=NAME_LENGTH)
    population: int | None = None
    questionnaire_id: str = Field(max_length=60)
    questionnaire_version: str = Field(max_length=20)
    questionnaire_digest: str = Field(max_length=64)
    status: str = Field(default="draft", max_length=10)
    started_on: date
    changed_on: date = Field(index=True)
    submitted_on: date | None = Field(default=None, index=True)
    targets: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """Own targets (M5): ``{"sections": {section id: level}}``."""
    round_id: str | None = Field(default=None, max_length=32, foreign_key="round.id")
    """The round (Durchgang) it was given to, with its group; None for a check on its own."""
    group_id: str | None = Field(default=None, max_length=32, foreign_key="round_group.id")
    person: str = Field(default="", max_length=NAME_LENGTH)
    """Who answered; only in a round „namentlich im Team“, never in an anonymous one."""


class Answer(Table, table=True):
    """The answer to one item (Frage), once something was chosen or noted; it keeps no time.

    A note without a choice has the kind ``blank`` and counts as not answered.
    """

    __tablename__ = "answer"
    __table_args__ = (
        CheckConstraint(one_of("kind", KINDS), name="kind"),
        CheckConstraint(one_of("carried_by", CARRIERS), name="carried_by"),
        CheckConstraint("(kind = 'level') = (level IS NOT NULL)", name="level_kind"),
        CheckConstraint("level IS NULL OR level BETWEEN 0 AND 4", name="level"),
        CheckConstraint("project_until IS NULL OR carried_by = 'project'", name="project_until"),
        CheckConstraint("revision >= 1", name="revision"),
        UNORDERED,
    )

    response_id: str = Field(primary_key=True, max_length=32, foreign_key="response.id", ondelete="CASCADE")
    item_id: str = Field(primary_key=True, max_length=80)
    kind: str = Field(max_length=20)
    level: int | None = None
    reason: str = Field(default="", max_length=REASON_LENGTH)
    note: str = Field(default="", max_length=NOTE_LENGTH)
    carried_by: str = Field(default="", max_length=10)
    project_until: str | None = Field(default=None, max_length=7)
    """The month the project ends: ``YYYY-MM``."""
    revision: int = Field(default=1)
    """Grows by one with each change; an old tab is known by its lower number."""
    writer: str = Field(default="", max_length=32)
    """The random id of the page that wrote last: a second click on the same page is no conflict."""


RESPONSES: Columns = Response.__table__  # type: ignore[attr-defined]  # SQLModel makes it
ANSWERS: Columns = Answer.__table__  # type: ignore[attr-defined]  # as above
"""The plain tables, for statements that every save makes: put together once, and no objects around the rows."""


class Delegation(Table, table=True):
    """A request (Klärungsauftrag) to a colleague: single questions of a check, by a link of its own."""

    __tablename__ = "delegation"

    id: str = Field(primary_key=True, max_length=32)
    response_id: str = Field(max_length=32, foreign_key="response.id", ondelete="CASCADE", index=True)
    token_digest: str = Field(max_length=64, unique=True)
    asked: str = Field(max_length=NAME_LENGTH)
    """Who is asked, as the asking person wrote it."""
    asker: str = Field(default="", max_length=NAME_LENGTH)
    message: str = Field(default="", max_length=REASON_LENGTH)
    created_on: date


class Proposal(Table, table=True):
    """One question of a request, and the answer that was proposed; it counts only once it is taken over."""

    __tablename__ = "proposal"
    __table_args__ = (CheckConstraint(one_of("status", PROPOSAL_STATUSES), name="status"),)

    delegation_id: str = Field(primary_key=True, max_length=32, foreign_key="delegation.id", ondelete="CASCADE")
    item_id: str = Field(primary_key=True, max_length=80)
    status: str = Field(default="asked", max_length=10)
    proposer: str = Field(default="", max_length=NAME_LENGTH)
    answer: str = Field(default="", max_length=20)
    """What was chosen, in the words of the form: `0` to `4`, `dont_know`, `not_applicable`."""
    reason: str = Field(default="", max_length=REASON_LENGTH)
    note: str = Field(default="", max_length=NOTE_LENGTH)
    carried_by: str = Field(default="", max_length=10)
    project_until: str = Field(default="", max_length=7)
    proposed_on: date | None = None


class Snapshot(Table, table=True):
    """The profile of a submitted response, frozen as JSON text with the version of the scoring."""

    __tablename__ = "snapshot"

    response_id: str = Field(primary_key=True, max_length=32, foreign_key="response.id", ondelete="CASCADE")
    profile: str = Field(sa_column=Column(Text, nullable=False))
    scoring_version: str = Field(max_length=20)
    created_on: date
