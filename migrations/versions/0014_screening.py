"""Screening: who reviews, and who stood back."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "linkage_reviewer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("agency", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["exercise_id"],
            ["exercise.id"],
            name=op.f("fk_linkage_reviewer_exercise_id_exercise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["event_unit.id"],
            name=op.f("fk_linkage_reviewer_unit_id_event_unit"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["account_user.id"],
            name=op.f("fk_linkage_reviewer_user_id_account_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_reviewer")),
        sa.UniqueConstraint("exercise_id", "code", name=op.f("uq_linkage_reviewer_exercise_id_code")),
        sa.UniqueConstraint("exercise_id", "user_id", name=op.f("uq_linkage_reviewer_exercise_id_user_id")),
    )
    op.create_index(op.f("ix_linkage_reviewer_user_id"), "linkage_reviewer", ["user_id"], unique=False)
    op.create_table(
        "linkage_recusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["linkage_item.id"],
            name=op.f("fk_linkage_recusal_item_id_linkage_item"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["account_user.id"],
            name=op.f("fk_linkage_recusal_user_id_account_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_recusal")),
        sa.UniqueConstraint("item_id", "user_id", name=op.f("uq_linkage_recusal_item_id_user_id")),
    )
    op.create_index(op.f("ix_linkage_recusal_user_id"), "linkage_recusal", ["user_id"], unique=False)


def downgrade() -> None:
    op.drop_table("linkage_recusal")
    op.drop_table("linkage_reviewer")
