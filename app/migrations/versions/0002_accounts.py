# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accounts, municipalities and the official register, and the log of acts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _account()
    _audit_entry()
    _municipality()
    _oidc_login()
    _register_entry()
    _account_link()
    _account_session()
    _membership()
    _recovery_code()


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("email_key", sa.String(254), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("is_operator", sa.Boolean(), nullable=False),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=True),
        sa.Column("totp_secret", sa.String(64), nullable=True),
        sa.Column("totp_confirmed", sa.Boolean(), nullable=False),
        sa.Column("totp_step", sa.Integer(), nullable=True),
        sa.Column("oidc_issuer", sa.String(255), nullable=True),
        sa.Column("oidc_subject", sa.String(255), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.CheckConstraint("(oidc_issuer IS NULL) = (oidc_subject IS NULL)", name=op.f("ck_account_oidc")),
        sa.CheckConstraint("NOT totp_confirmed OR totp_secret IS NOT NULL", name=op.f("ck_account_totp")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email_key", name=op.f("uq_account_email_key")),
        sa.UniqueConstraint("oidc_issuer", "oidc_subject", name="uq_account_oidc_issuer"),
    )
    op.create_index("ix_account_seen_on", "account", ["seen_on"])


def _audit_entry() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=True),
        sa.Column("actor", sa.String(120), nullable=False),
        sa.Column("municipality_id", sa.String(32), nullable=True),
        sa.Column("round_id", sa.String(32), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_account_id", "audit_entry", ["account_id"])
    op.create_index("ix_audit_entry_at", "audit_entry", ["at"])
    op.create_index("ix_audit_entry_municipality_id", "audit_entry", ["municipality_id"])
    op.create_index("ix_audit_entry_round_id", "audit_entry", ["round_id"])


def _municipality() -> None:
    op.create_table(
        "municipality",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("type", sa.String(30), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("ars", sa.String(12), nullable=True),
        sa.Column("district", sa.String(120), nullable=False),
        sa.Column("state", sa.String(60), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "type IN ('grosse_stadt', 'mittlere_stadt', 'kleine_stadt_gemeinde', 'landkreis')",
            name=op.f("ck_municipality_type"),
        ),
        sa.CheckConstraint(
            "population IS NULL OR population BETWEEN 1 AND 99999999", name=op.f("ck_municipality_population")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
    )


def _oidc_login() -> None:
    op.create_table(
        "oidc_login",
        sa.Column("state_digest", sa.String(64), nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("verifier", sa.String(128), nullable=False),
        sa.Column("back", sa.String(300), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("state_digest", name=op.f("pk_oidc_login")),
    )


def _register_entry() -> None:
    op.create_table(
        "register_entry",
        sa.Column("ars", sa.String(12), nullable=False),
        sa.Column("official_name", sa.String(120), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("search_key", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(2), nullable=False),
        sa.Column("district", sa.String(120), nullable=False),
        sa.Column("state", sa.String(60), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("postcode", sa.String(5), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("ars", name=op.f("pk_register_entry")),
    )
    op.create_index("ix_register_entry_postcode", "register_entry", ["postcode"])
    op.create_index("ix_register_entry_search_key", "register_entry", ["search_key"])


def _account_link() -> None:
    op.create_table(
        "account_link",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("purpose", sa.String(10), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("purpose IN ('invite', 'reset')", name=op.f("ck_account_link_purpose")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_link_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_account_link")),
    )
    op.create_index("ix_account_link_account_id", "account_link", ["account_id"])


def _account_session() -> None:
    op.create_table(
        "account_session",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("oidc_sid", sa.String(255), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_session_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_account_session")),
    )
    op.create_index("ix_account_session_account_id", "account_session", ["account_id"])
    op.create_index("ix_account_session_oidc_sid", "account_session", ["oidc_sid"])


def _membership() -> None:
    op.create_table(
        "membership",
        sa.Column("municipality_id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.CheckConstraint("role IN ('coordinator', 'member')", name=op.f("ck_membership_role")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_membership_account_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_membership_municipality_id_municipality"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("municipality_id", "account_id", name=op.f("pk_membership")),
    )
    op.create_index("ix_membership_account_id", "membership", ["account_id"])


def _recovery_code() -> None:
    op.create_table(
        "recovery_code",
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "digest", name=op.f("pk_recovery_code")),
    )
