"""Dots that a table's members give to cards of their board."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "board_vote",
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("registrant_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["board_card.id"], name=op.f("fk_board_vote_card_id_board_card"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["registrant_id"],
            ["registrant.id"],
            name=op.f("fk_board_vote_registrant_id_registrant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("card_id", "registrant_id", name=op.f("pk_board_vote")),
    )
    op.create_index(op.f("ix_board_vote_registrant_id"), "board_vote", ["registrant_id"], unique=False)


def downgrade() -> None:
    op.drop_table("board_vote")
