"""A plan reviewed, and its projects followed up."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "linkage_reporter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exercise_id"],
            ["exercise.id"],
            name=op.f("fk_linkage_reporter_exercise_id_exercise"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_reporter")),
        sa.UniqueConstraint("exercise_id", "name", name=op.f("uq_linkage_reporter_exercise_id_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_linkage_reporter_public_id")),
    )
    op.create_table(
        "linkage_review_round",
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("former_id", sa.Integer(), nullable=True),
        sa.Column("former_name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["exercise_id"],
            ["exercise.id"],
            name=op.f("fk_linkage_review_round_exercise_id_exercise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["former_id"],
            ["exercise.id"],
            name=op.f("fk_linkage_review_round_former_id_exercise"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("exercise_id", name=op.f("pk_linkage_review_round")),
    )
    op.create_table(
        "linkage_follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["exercise_id"],
            ["exercise.id"],
            name=op.f("fk_linkage_follow_up_exercise_id_exercise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["linkage_item.id"],
            name=op.f("fk_linkage_follow_up_item_id_linkage_item"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"],
            ["linkage_reporter.id"],
            name=op.f("fk_linkage_follow_up_reporter_id_linkage_reporter"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_follow_up")),
        sa.UniqueConstraint("item_id", name=op.f("uq_linkage_follow_up_item_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_linkage_follow_up_public_id")),
    )
    op.create_index(op.f("ix_linkage_follow_up_exercise_id"), "linkage_follow_up", ["exercise_id"], unique=False)
    op.create_table(
        "linkage_former_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("former_item_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("group_name", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("fate", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("year_be", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registrant_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["exercise_id"],
            ["exercise.id"],
            name=op.f("fk_linkage_former_item_exercise_id_exercise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["former_item_id"],
            ["linkage_item.id"],
            name=op.f("fk_linkage_former_item_former_item_id_linkage_item"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["linkage_item.id"],
            name=op.f("fk_linkage_former_item_item_id_linkage_item"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["registrant_id"],
            ["registrant.id"],
            name=op.f("fk_linkage_former_item_registrant_id_registrant"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["exercise_submission.id"],
            name=op.f("fk_linkage_former_item_submission_id_exercise_submission"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["account_user.id"],
            name=op.f("fk_linkage_former_item_user_id_account_user"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_former_item")),
        sa.UniqueConstraint(
            "exercise_id", "former_item_id", name=op.f("uq_linkage_former_item_exercise_id_former_item_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_linkage_former_item_public_id")),
    )
    op.create_index(op.f("ix_linkage_former_item_item_id"), "linkage_former_item", ["item_id"], unique=False)
    op.create_table(
        "linkage_follow_up_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("follow_up_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("spent_satang", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("said_by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["follow_up_id"],
            ["linkage_follow_up.id"],
            name=op.f("fk_linkage_follow_up_report_follow_up_id_linkage_follow_up"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_follow_up_report")),
    )
    op.create_index(
        op.f("ix_linkage_follow_up_report_follow_up_id"),
        "linkage_follow_up_report",
        ["follow_up_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_linkage_follow_up_report_follow_up_id"), table_name="linkage_follow_up_report")
    op.drop_table("linkage_follow_up_report")
    op.drop_index(op.f("ix_linkage_former_item_item_id"), table_name="linkage_former_item")
    op.drop_table("linkage_former_item")
    op.drop_index(op.f("ix_linkage_follow_up_exercise_id"), table_name="linkage_follow_up")
    op.drop_table("linkage_follow_up")
    op.drop_table("linkage_review_round")
    op.drop_table("linkage_reporter")
