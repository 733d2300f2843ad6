# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""A response may belong to a round, and ask colleagues; SQLite forgets the order of responses and answers (M7.9).

SQLite cannot add a constraint, or take the hidden row numbers away, without making a table anew. Dropping
`response` would take its answers with it, so everything below it is put aside first and comes back last.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ROUND_GROUP = "(round_id IS NULL) = (group_id IS NULL)"
TYPES = "municipality_type IN ('grosse_stadt', 'mittlere_stadt', 'kleine_stadt_gemeinde', 'landkreis')"
KEPT = ("response", "answer", "snapshot")
NEW = {"round_id": "NULL", "group_id": "NULL", "person": "''"}
"""The new columns of `response`, with what they hold for every check that there was."""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _anew()
    else:
        _altered()
    op.create_index("ix_response_round_id", "response", ["round_id", "group_id", "status"])
    _delegation()
    _proposal()


def _altered() -> None:
    op.add_column("response", sa.Column("round_id", sa.String(32), nullable=True))
    op.add_column("response", sa.Column("group_id", sa.String(32), nullable=True))
    op.add_column("response", sa.Column("person", sa.String(120), nullable=False, server_default=""))
    op.alter_column("response", "person", server_default=None)
    op.create_foreign_key("fk_response_round_id_round", "response", "round", ["round_id"], ["id"])
    op.create_foreign_key("fk_response_group_id_round_group", "response", "round_group", ["group_id"], ["id"])
    op.create_check_constraint(op.f("ck_response_round_group"), "response", ROUND_GROUP)


def _anew() -> None:
    columns = {table: _columns(table) for table in KEPT}
    for table in KEPT:
        op.execute(f"CREATE TEMPORARY TABLE kept_{table} AS SELECT * FROM {table}")  # noqa: S608  our own names
    for table in reversed(KEPT):
        op.drop_table(table)
    _response()
    _answer()
    _snapshot()
    for table in KEPT:
        names, values = _named(table, columns[table])
        op.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM kept_{table}")  # noqa: S608  our own names
        op.execute(f"DROP TABLE kept_{table}")


def _named(table: str, columns: list[str]) -> tuple[str, str]:
    added = NEW if table == "response" else {}
    return ", ".join([*columns, *added]), ", ".join([*columns, *added.values()])


def _columns(table: str) -> list[str]:
    return [str(column["name"]) for column in sa.inspect(op.get_bind()).get_columns(table)]


def _response() -> None:
    op.create_table(
        "response",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("code_digest", sa.String(64), nullable=False),
        sa.Column("view_digest", sa.String(64), nullable=False),
        sa.Column("municipality_type", sa.String(30), nullable=False),
        sa.Column("municipality_name", sa.String(120), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("questionnaire_id", sa.String(60), nullable=False),
        sa.Column("questionnaire_version", sa.String(20), nullable=False),
        sa.Column("questionnaire_digest", sa.String(64), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("targets", sa.JSON(), nullable=False),
        sa.Column("round_id", sa.String(32), nullable=True),
        sa.Column("group_id", sa.String(32), nullable=True),
        sa.Column("person", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_response"),
        sa.UniqueConstraint("code_digest", name="uq_response_code_digest"),
        sa.UniqueConstraint("view_digest", name="uq_response_view_digest"),
        sa.CheckConstraint("status IN ('draft', 'submitted')", name=op.f("ck_response_status")),
        sa.CheckConstraint(TYPES, name=op.f("ck_response_municipality_type")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_response_round_id_round"),
        sa.ForeignKeyConstraint(["group_id"], ["round_group.id"], name="fk_response_group_id_round_group"),
        sa.CheckConstraint(ROUND_GROUP, name=op.f("ck_response_round_group")),
        sa.CheckConstraint(
            "population IS NULL OR population BETWEEN 1 AND 99999999", name=op.f("ck_response_population")
        ),
        sa.CheckConstraint(
            "(status = 'submitted') = (submitted_on IS NOT NULL)", name=op.f("ck_response_submitted_on")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_response_changed_on", "response", ["changed_on"])
    op.create_index("ix_response_submitted_on", "response", ["submitted_on"])


def _answer() -> None:
    op.create_table(
        "answer",
        sa.Column("response_id", sa.String(32), nullable=False),
        sa.Column("item_id", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("note", sa.String(2_000), nullable=False),
        sa.Column("carried_by", sa.String(10), nullable=False),
        sa.Column("project_until", sa.String(7), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("writer", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("response_id", "item_id", name="pk_answer"),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name="fk_answer_response_id_response", ondelete="CASCADE"
        ),
        sa.CheckConstraint("kind IN ('level', 'dont_know', 'not_applicable', 'blank')", name=op.f("ck_answer_kind")),
        sa.CheckConstraint("carried_by IN ('', 'budget', 'project')", name=op.f("ck_answer_carried_by")),
        sa.CheckConstraint("(kind = 'level') = (level IS NOT NULL)", name=op.f("ck_answer_level_kind")),
        sa.CheckConstraint("level IS NULL OR level BETWEEN 0 AND 4", name=op.f("ck_answer_level")),
        sa.CheckConstraint("project_until IS NULL OR carried_by = 'project'", name=op.f("ck_answer_project_until")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_answer_revision")),
        sqlite_with_rowid=False,
    )


def _snapshot() -> None:
    op.create_table(
        "snapshot",
        sa.Column("response_id", sa.String(32), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("scoring_version", sa.String(20), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("response_id", name="pk_snapshot"),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name="fk_snapshot_response_id_response", ondelete="CASCADE"
        ),
    )


def _delegation() -> None:
    op.create_table(
        "delegation",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("response_id", sa.String(32), nullable=False),
        sa.Column("token_digest", sa.String(64), nullable=False),
        sa.Column("asked", sa.String(120), nullable=False),
        sa.Column("asker", sa.String(120), nullable=False),
        sa.Column("message", sa.String(500), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_delegation_response_id_response"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_delegation_token_digest")),
    )
    op.create_index("ix_delegation_response_id", "delegation", ["response_id"])


def _proposal() -> None:
    op.create_table(
        "proposal",
        sa.Column("delegation_id", sa.String(32), nullable=False),
        sa.Column("item_id", sa.String(80), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("proposer", sa.String(120), nullable=False),
        sa.Column("answer", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("note", sa.String(2000), nullable=False),
        sa.Column("carried_by", sa.String(10), nullable=False),
        sa.Column("project_until", sa.String(7), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("status IN ('asked', 'proposed', 'taken', 'declined')", name=op.f("ck_proposal_status")),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_proposal_delegation_id_delegation"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("delegation_id", "item_id", name=op.f("pk_proposal")),
    )
