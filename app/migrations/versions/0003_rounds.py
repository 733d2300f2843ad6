# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounds, their groups, codes, addresses, mail and frozen results."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _round()
    _mail()
    _round_comment()
    _round_group()
    _round_link()
    _round_moderator()
    _round_reader()
    _round_snapshot()
    _invitee()
    _ticket()


def _round() -> None:
    op.create_table(
        "round",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("municipality_id", sa.String(32), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("mode", sa.String(10), nullable=False),
        sa.Column("n_min", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.String(60), nullable=False),
        sa.Column("questionnaire_version", sa.String(20), nullable=False),
        sa.Column("questionnaire_digest", sa.String(64), nullable=False),
        sa.Column("municipality_name", sa.String(120), nullable=False),
        sa.Column("municipality_type", sa.String(30), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("size_class", sa.String(20), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("targets", sa.JSON(), nullable=False),
        sa.Column("contact", sa.String(200), nullable=False),
        sa.Column("message", sa.String(1000), nullable=False),
        sa.Column("asks_comments", sa.Boolean(), nullable=False),
        sa.Column("raw_months", sa.Integer(), nullable=False),
        sa.Column("raw_deleted_on", sa.Date(), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(status = 'released') = (released_on IS NOT NULL)", name=op.f("ck_round_released_on")),
        sa.CheckConstraint(
            "(status IN ('closed', 'released')) = (closed_on IS NOT NULL)", name=op.f("ck_round_closed_on")
        ),
        sa.CheckConstraint("mode IN ('anonym', 'named')", name=op.f("ck_round_mode")),
        sa.CheckConstraint(
            "municipality_type IN ('grosse_stadt', 'mittlere_stadt', 'kleine_stadt_gemeinde', 'landkreis')",
            name=op.f("ck_round_municipality_type"),
        ),
        sa.CheckConstraint(
            "size_class IN ('', 'under_50000', '50000_to_200000', 'over_200000')", name=op.f("ck_round_size_class")
        ),
        sa.CheckConstraint("status IN ('planned', 'open', 'closed', 'released')", name=op.f("ck_round_status")),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_round_period")),
        sa.CheckConstraint("n_min >= 3", name=op.f("ck_round_n_min")),
        sa.CheckConstraint("raw_months BETWEEN 1 AND 60", name=op.f("ck_round_raw_months")),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_round_municipality_id_municipality"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
    )
    op.create_index("ix_round_changed_at", "round", ["changed_at"])
    op.create_index("ix_round_municipality_id", "round", ["municipality_id"])


def _mail() -> None:
    op.create_table(
        "mail",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("recipient", sa.String(254), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("reply_to", sa.String(254), nullable=False),
        sa.Column("round_id", sa.String(32), nullable=True),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fault", sa.String(200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('queued', 'sending', 'sent', 'failed')", name=op.f("ck_mail_status")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_mail_round_id_round"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
    )
    op.create_index("ix_mail_created_at", "mail", ["created_at"])
    op.create_index("ix_mail_round_id", "mail", ["round_id"])
    op.create_index("ix_mail_status", "mail", ["status", "not_before"])


def _round_comment() -> None:
    op.create_table(
        "round_comment",
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("item_id", sa.String(80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=True),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_comment_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", "item_id", "position", name=op.f("pk_round_comment")),
    )


def _round_group() -> None:
    op.create_table(
        "round_group",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("form_id", sa.String(60), nullable=False),
        sa.Column("form_version", sa.String(20), nullable=False),
        sa.Column("form_digest", sa.String(64), nullable=False),
        sa.Column("link_code", sa.String(12), nullable=False),
        sa.CheckConstraint("expected IS NULL OR expected BETWEEN 0 AND 100000", name=op.f("ck_round_group_expected")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_group_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_group")),
        sa.UniqueConstraint("link_code", name=op.f("uq_round_group_link_code")),
        sa.UniqueConstraint("round_id", "key", name="uq_round_group_round_id"),
    )


def _round_link() -> None:
    op.create_table(
        "round_link",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("label", sa.String(80), nullable=False),
        sa.Column("token_digest", sa.String(64), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_link_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_link")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_round_link_token_digest")),
    )
    op.create_index("ix_round_link_round_id", "round_link", ["round_id"])


def _round_moderator() -> None:
    op.create_table(
        "round_moderator",
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_round_moderator_account_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_moderator_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", "account_id", name=op.f("pk_round_moderator")),
    )
    op.create_index("ix_round_moderator_account_id", "round_moderator", ["account_id"])


def _round_reader() -> None:
    op.create_table(
        "round_reader",
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_round_reader_account_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_reader_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", "account_id", name=op.f("pk_round_reader")),
    )
    op.create_index("ix_round_reader_account_id", "round_reader", ["account_id"])


def _round_snapshot() -> None:
    op.create_table(
        "round_snapshot",
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("published", sa.Text(), nullable=False),
        sa.Column("voices", sa.Text(), nullable=False),
        sa.Column("scoring_version", sa.String(20), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_snapshot_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_round_snapshot")),
    )


def _invitee() -> None:
    op.create_table(
        "invitee",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("group_id", sa.String(32), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("email_key", sa.String(254), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["round_group.id"], name=op.f("fk_invitee_group_id_round_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_invitee_round_id_round"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitee")),
        sa.UniqueConstraint("round_id", "email_key", name="uq_invitee_round_id"),
    )
    op.create_index("ix_invitee_group_id", "invitee", ["group_id"])


def _ticket() -> None:
    op.create_table(
        "ticket",
        sa.Column("code_digest", sa.String(64), nullable=False),
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("group_id", sa.String(32), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.CheckConstraint("status IN ('unused', 'used', 'void')", name=op.f("ck_ticket_status")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["round_group.id"], name=op.f("fk_ticket_group_id_round_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_ticket_round_id_round"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("code_digest", name=op.f("pk_ticket")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ticket_group_id", "ticket", ["group_id"])
