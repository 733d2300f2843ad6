# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""What all tables share: one metadata with fixed names for constraints, so that migrations can find them.

Tables do not validate (a limit of SQLModel); forms do, and CHECK constraints catch what slips through.
There are no relationships: joins stand in queries, and no row reaches a template.
"""

from datetime import UTC, datetime
from typing import ClassVar

from sqlalchemy import DateTime, Dialect, MetaData, TypeDecorator
from sqlmodel import SQLModel

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Table(SQLModel):
    """Base of all tables."""

    metadata: ClassVar[MetaData] = METADATA


def one_of(column: str, values: tuple[str, ...]) -> str:
    """The SQL condition that ``column`` holds one of ``values`` (our own words, never input)."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class Moment(TypeDecorator[datetime]):
    """A time with its zone, kept in UTC: SQLite would give it back without one. Never for what a participant did."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a stored time needs a zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


UNORDERED = {"sqlite_with_rowid": False}
"""For tables of answers and codes: SQLite would number the rows in the order they came (M7.9)."""
