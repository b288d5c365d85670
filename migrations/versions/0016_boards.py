"""Boards: cards in slots."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "board_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("registrant_id", sa.Integer(), nullable=True),
        sa.Column("slot", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("parent", sa.String(length=40), nullable=True),
        sa.Column("cites", sa.JSON(), nullable=False),
        sa.Column("cluster", sa.String(length=100), nullable=True),
        sa.Column("carried_to", sa.String(length=40), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["exercise_id"],
            ["exercise.id"],
            name=op.f("fk_board_card_exercise_id_exercise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["registrant_id"],
            ["registrant.id"],
            name=op.f("fk_board_card_registrant_id_registrant"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["exercise_submission.id"],
            name=op.f("fk_board_card_submission_id_exercise_submission"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_card")),
        sa.UniqueConstraint("public_id", name=op.f("uq_board_card_public_id")),
    )
    op.create_index("ix_board_card_submission", "board_card", ["exercise_id", "submission_id"], unique=False)
    op.create_index(op.f("ix_board_card_registrant_id"), "board_card", ["registrant_id"], unique=False)


def downgrade() -> None:
    op.drop_table("board_card")
