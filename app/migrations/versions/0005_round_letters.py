# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""The texts of invitation and reminder are kept with their round, where they differ from what is proposed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "round_letter",
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("occasion", sa.String(10), nullable=False),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("body", sa.String(5000), nullable=False),
        sa.CheckConstraint("occasion IN ('invitation', 'reminder')", name=op.f("ck_round_letter_occasion")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_letter_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", "occasion", name=op.f("pk_round_letter")),
    )
