"""Merging: decisions on items of several groups, and the items they were about."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "linkage_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("budget_rule", sa.String(length=10), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["exercise_id"],
            ["exercise.id"],
            name=op.f("fk_linkage_merge_exercise_id_exercise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["linkage_item.id"],
            name=op.f("fk_linkage_merge_item_id_linkage_item"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"],
            ["account_user.id"],
            name=op.f("fk_linkage_merge_undone_by_id_account_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["account_user.id"],
            name=op.f("fk_linkage_merge_user_id_account_user"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_merge")),
        sa.UniqueConstraint("public_id", name=op.f("uq_linkage_merge_public_id")),
    )
    op.create_index(op.f("ix_linkage_merge_exercise_id"), "linkage_merge", ["exercise_id"], unique=False)
    op.create_index(op.f("ix_linkage_merge_item_id"), "linkage_merge", ["item_id"], unique=False)
    op.create_table(
        "linkage_merge_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("merge_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("status_before", sa.String(length=20), nullable=True),
        sa.Column("group_status_before", sa.String(length=20), nullable=True),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("objected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registrant_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["linkage_item.id"],
            name=op.f("fk_linkage_merge_source_item_id_linkage_item"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["merge_id"],
            ["linkage_merge.id"],
            name=op.f("fk_linkage_merge_source_merge_id_linkage_merge"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["registrant_id"],
            ["registrant.id"],
            name=op.f("fk_linkage_merge_source_registrant_id_registrant"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_merge_source")),
        sa.UniqueConstraint("merge_id", "item_id", name=op.f("uq_linkage_merge_source_merge_id_item_id")),
    )
    op.create_index(op.f("ix_linkage_merge_source_item_id"), "linkage_merge_source", ["item_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_linkage_merge_source_item_id"), table_name="linkage_merge_source")
    op.drop_table("linkage_merge_source")
    op.drop_index(op.f("ix_linkage_merge_item_id"), table_name="linkage_merge")
    op.drop_index(op.f("ix_linkage_merge_exercise_id"), table_name="linkage_merge")
    op.drop_table("linkage_merge")
