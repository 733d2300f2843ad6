# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round (Durchgang): its plan, groups, codes, addresses, and what was frozen when it was closed.

Nothing here can be joined with an answer: a response knows its round and group, a ticket and an address know theirs,
and that is all they have in common. Tickets and responses have no time at all or none finer than the day (M7.9).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Text, UniqueConstraint
from sqlalchemy import Table as Columns
from sqlmodel import Field

from app.tables.base import UNORDERED, Moment, Table, one_of
from app.tables.people import EMAIL_LENGTH
from app.tables.responses import MUNICIPALITY_TYPES, NAME_LENGTH, NOTE_LENGTH

STATUSES = ("planned", "open", "closed", "released")
MODES = ("anonym", "named")
SIZE_CLASSES = ("", "under_50000", "50000_to_200000", "over_200000")
TICKET_STATUSES = ("unused", "used", "void")
OCCASIONS = ("invitation", "reminder")

GROUP_TITLE_LENGTH = 80
MESSAGE_LENGTH = 1_000
CONTACT_LENGTH = 200
LETTER_SUBJECT_LENGTH = 120
LETTER_LENGTH = 5_000


class Round(Table, table=True):
    """One round of one municipality. Type, size and questionnaire are those of its beginning (R-05, M10)."""

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint(one_of("status", STATUSES), name="status"),
        CheckConstraint(one_of("mode", MODES), name="mode"),
        CheckConstraint("n_min >= 3", name="n_min"),
        CheckConstraint(one_of("municipality_type", MUNICIPALITY_TYPES), name="municipality_type"),
        CheckConstraint(one_of("size_class", SIZE_CLASSES), name="size_class"),
        CheckConstraint("closes_on >= opens_on", name="period"),
        CheckConstraint("raw_months BETWEEN 1 AND 60", name="raw_months"),
        CheckConstraint("(status IN ('closed', 'released')) = (closed_on IS NOT NULL)", name="closed_on"),
        CheckConstraint("(status = 'released') = (released_on IS NOT NULL)", name="released_on"),
    )

    id: str = Field(primary_key=True, max_length=32)
    municipality_id: str = Field(max_length=32, foreign_key="municipality.id", ondelete="CASCADE", index=True)
    title: str = Field(max_length=NAME_LENGTH)
    status: str = Field(default="planned", max_length=10)
    mode: str = Field(default="anonym", max_length=10)
    n_min: int = 5
    questionnaire_id: str = Field(max_length=60)
    questionnaire_version: str = Field(max_length=20)
    questionnaire_digest: str = Field(max_length=64)
    municipality_name: str = Field(max_length=NAME_LENGTH)
    municipality_type: str = Field(max_length=30)
    population: int | None = None
    size_class: str = Field(default="", max_length=20)
    opens_on: date
    closes_on: date
    """The last day on which answers are taken."""
    targets: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    contact: str = Field(default="", max_length=CONTACT_LENGTH)
    """Whom participants can ask, as the coordinator wrote it."""
    message: str = Field(default="", max_length=MESSAGE_LENGTH)
    """The coordinator's own words to participants."""
    asks_comments: bool = True
    """Whether notes and evidence are asked and, later, shown (D-11)."""
    raw_months: int = 12
    """Months after closing until the single answers are deleted; the published table stays (D-15)."""
    raw_deleted_on: date | None = None
    created_on: date
    changed_at: datetime = Field(sa_type=Moment, index=True)
    """The last act of those who run it, never of those who answer."""
    opened_on: date | None = None
    closed_on: date | None = None
    released_on: date | None = None


class RoundGroup(Table, table=True):
    """A group of a round (Gruppe), with the questionnaire it gets and the link that everybody of it shares."""

    __tablename__ = "round_group"
    __table_args__ = (
        UniqueConstraint("round_id", "key", name="uq_round_group_round_id"),
        CheckConstraint("expected IS NULL OR expected BETWEEN 0 AND 100000", name="expected"),
    )

    id: str = Field(primary_key=True, max_length=32)
    round_id: str = Field(max_length=32, foreign_key="round.id", ondelete="CASCADE")
    key: str = Field(max_length=40)
    """From the catalogue of groups, or `own-1`, `own-2` …"""
    title: str = Field(max_length=GROUP_TITLE_LENGTH)
    position: int
    expected: int | None = None
    form_id: str = Field(max_length=60)
    """The questionnaire of this group: that of the round, or a shorter one that shares items with it."""
    form_version: str = Field(max_length=20)
    form_digest: str = Field(max_length=64)
    link_code: str = Field(max_length=12, unique=True)
    """Twelve characters; it opens nothing but the way in, so it may be shown again."""


class Ticket(Table, table=True):
    """A code for one participation. Only its digest is kept; who redeemed it, and when, is not."""

    __tablename__ = "ticket"
    __table_args__ = (CheckConstraint(one_of("status", TICKET_STATUSES), name="status"), UNORDERED)

    code_digest: str = Field(primary_key=True, max_length=64)
    round_id: str = Field(max_length=32, foreign_key="round.id", ondelete="CASCADE")
    group_id: str = Field(max_length=32, foreign_key="round_group.id", ondelete="CASCADE", index=True)
    status: str = Field(default="unused", max_length=10)


class Invitee(Table, table=True):
    """An address that is invited and reminded; all are reminded, whoever answered (D-24)."""

    __tablename__ = "invitee"
    __table_args__ = (UniqueConstraint("round_id", "email_key", name="uq_invitee_round_id"),)

    id: str = Field(primary_key=True, max_length=32)
    round_id: str = Field(max_length=32, foreign_key="round.id", ondelete="CASCADE")
    group_id: str = Field(max_length=32, foreign_key="round_group.id", ondelete="CASCADE", index=True)
    email: str = Field(max_length=EMAIL_LENGTH)
    email_key: str = Field(max_length=EMAIL_LENGTH)


class RoundLetter(Table, table=True):
    """What a coordinator wrote in the place of a proposed letter, with its places unfilled: nothing about invitees."""

    __tablename__ = "round_letter"
    __table_args__ = (CheckConstraint(one_of("occasion", OCCASIONS), name="occasion"),)

    round_id: str = Field(primary_key=True, max_length=32, foreign_key="round.id", ondelete="CASCADE")
    occasion: str = Field(primary_key=True, max_length=10)
    subject: str = Field(max_length=LETTER_SUBJECT_LENGTH)
    body: str = Field(max_length=LETTER_LENGTH)


class RoundModerator(Table, table=True):
    """Somebody moderates a round (Moderation)."""

    __tablename__ = "round_moderator"

    round_id: str = Field(primary_key=True, max_length=32, foreign_key="round.id", ondelete="CASCADE")
    account_id: str = Field(primary_key=True, max_length=32, foreign_key="account.id", ondelete="CASCADE", index=True)


class RoundReader(Table, table=True):
    """Somebody to whom the result was released (Freigabe)."""

    __tablename__ = "round_reader"

    round_id: str = Field(primary_key=True, max_length=32, foreign_key="round.id", ondelete="CASCADE")
    account_id: str = Field(primary_key=True, max_length=32, foreign_key="account.id", ondelete="CASCADE", index=True)


class RoundLink(Table, table=True):
    """A link with which people without an account read the released result; deleting it ends that."""

    __tablename__ = "round_link"

    id: str = Field(primary_key=True, max_length=32)
    round_id: str = Field(max_length=32, foreign_key="round.id", ondelete="CASCADE", index=True)
    label: str = Field(max_length=GROUP_TITLE_LENGTH)
    token_digest: str = Field(max_length=64, unique=True)
    created_on: date


class RoundSnapshot(Table, table=True):
    """What was frozen at closing (M7.8): the published table, and in a named round who gave what."""

    __tablename__ = "round_snapshot"

    round_id: str = Field(primary_key=True, max_length=32, foreign_key="round.id", ondelete="CASCADE")
    published: str = Field(sa_column=Column(Text, nullable=False))
    """The canonical JSON of scoring.published.PublishedTable."""
    voices: str = Field(default="[]", sa_column=Column(Text, nullable=False))
    """Only „namentlich im Team“: JSON list of [item id, group id, person, state, level]."""
    scoring_version: str = Field(max_length=20)
    created_on: date


class RoundComment(Table, table=True):
    """What somebody wrote, as far as M7.7 lets it be shown; `position` is the shuffled place."""

    __tablename__ = "round_comment"

    round_id: str = Field(primary_key=True, max_length=32, foreign_key="round.id", ondelete="CASCADE")
    item_id: str = Field(primary_key=True, max_length=80)
    position: int = Field(primary_key=True)
    groups: list[str] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    text: str = Field(max_length=NOTE_LENGTH)
    is_shown: bool = False
    """Set by moderation after reading it (D-11)."""


ROUNDS: Columns = Round.__table__  # type: ignore[attr-defined]  # SQLModel makes it
GROUPS: Columns = RoundGroup.__table__  # type: ignore[attr-defined]  # as above
TICKETS: Columns = Ticket.__table__  # type: ignore[attr-defined]  # as above
