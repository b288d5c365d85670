"""Voting on priorities: rounds, what they ask about, ballots."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "linkage_vote_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["exercise_id"],
            ["exercise.id"],
            name=op.f("fk_linkage_vote_round_exercise_id_exercise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["account_user.id"],
            name=op.f("fk_linkage_vote_round_user_id_account_user"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_vote_round")),
        sa.UniqueConstraint("exercise_id", "number", name=op.f("uq_linkage_vote_round_exercise_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_linkage_vote_round_public_id")),
    )
    op.create_table(
        "linkage_ballot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("registrant_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registrant_id"],
            ["registrant.id"],
            name=op.f("fk_linkage_ballot_registrant_id_registrant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["linkage_vote_round.id"],
            name=op.f("fk_linkage_ballot_round_id_linkage_vote_round"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["exercise_submission.id"],
            name=op.f("fk_linkage_ballot_submission_id_exercise_submission"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_ballot")),
        sa.UniqueConstraint("round_id", "registrant_id", name=op.f("uq_linkage_ballot_round_id_registrant_id")),
    )
    op.create_index(op.f("ix_linkage_ballot_registrant_id"), "linkage_ballot", ["registrant_id"], unique=False)
    op.create_table(
        "linkage_vote_option",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["linkage_item.id"],
            name=op.f("fk_linkage_vote_option_item_id_linkage_item"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["linkage_vote_round.id"],
            name=op.f("fk_linkage_vote_option_round_id_linkage_vote_round"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_vote_option")),
        sa.UniqueConstraint("round_id", "item_id", name=op.f("uq_linkage_vote_option_round_id_item_id")),
    )
    op.create_index(op.f("ix_linkage_vote_option_item_id"), "linkage_vote_option", ["item_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_linkage_vote_option_item_id"), table_name="linkage_vote_option")
    op.drop_table("linkage_vote_option")
    op.drop_index(op.f("ix_linkage_ballot_registrant_id"), table_name="linkage_ballot")
    op.drop_table("linkage_ballot")
    op.drop_table("linkage_vote_round")
