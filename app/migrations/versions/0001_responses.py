# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Responses, answers, snapshots, and reported barriers. Forward only: the way back is the backup."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _response()
    _answer()
    _snapshot()
    _barrier_report()


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
        sa.PrimaryKeyConstraint("id", name="pk_response"),
        sa.UniqueConstraint("code_digest", name="uq_response_code_digest"),
        sa.UniqueConstraint("view_digest", name="uq_response_view_digest"),
        sa.CheckConstraint("status IN ('draft', 'submitted')", name=op.f("ck_response_status")),
        sa.CheckConstraint(
            "municipality_type IN ('grosse_stadt', 'mittlere_stadt', 'kleine_stadt_gemeinde', 'landkreis')",
            name=op.f("ck_response_municipality_type"),
        ),
        sa.CheckConstraint(
            "population IS NULL OR population BETWEEN 1 AND 99999999", name=op.f("ck_response_population")
        ),
        sa.CheckConstraint(
            "(status = 'submitted') = (submitted_on IS NOT NULL)", name=op.f("ck_response_submitted_on")
        ),
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


def _barrier_report() -> None:
    op.create_table(
        "barrier_report",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("page", sa.String(200), nullable=False),
        sa.Column("description", sa.String(4_000), nullable=False),
        sa.Column("contact", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_barrier_report"),
    )
    op.create_index("ix_barrier_report_reported_on", "barrier_report", ["reported_on"])
