"""The plan linkage: cards, their rows, reviews and votes."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "linkage_chain",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("title_th", sa.Text(), nullable=True),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exercise_id"],
            ["exercise.id"],
            name=op.f("fk_linkage_chain_exercise_id_exercise"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_chain")),
        sa.UniqueConstraint("exercise_id", "code", name=op.f("uq_linkage_chain_exercise_id_code")),
    )
    op.create_table(
        "linkage_item",
        sa.Column("level", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=True),
        sa.Column("origin", sa.String(length=200), nullable=True),
        sa.Column("title_th", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("objective", sa.Text(), nullable=True),
        sa.Column("output_target", sa.Text(), nullable=True),
        sa.Column("expected_result", sa.Text(), nullable=True),
        sa.Column("form_code", sa.Text(), nullable=True),
        sa.Column("beyond_capacity", sa.Boolean(), nullable=True),
        sa.Column("not_escalated_because", sa.Text(), nullable=True),
        sa.Column("no_budget", sa.Boolean(), nullable=True),
        sa.Column("output_without_number", sa.Boolean(), nullable=True),
        sa.Column("lead_name", sa.Text(), nullable=True),
        sa.Column("lead_sector", sa.Text(), nullable=True),
        sa.Column("lead_extra", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["exercise_id"],
            ["exercise.id"],
            name=op.f("fk_linkage_item_exercise_id_exercise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["exercise_submission.id"],
            name=op.f("fk_linkage_item_submission_id_exercise_submission"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_item")),
        sa.UniqueConstraint("exercise_id", "code", name=op.f("uq_linkage_item_exercise_id_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_linkage_item_public_id")),
    )
    op.create_index(
        "ix_linkage_item_submission", "linkage_item", ["exercise_id", "submission_id"], unique=False
    )
    op.create_table(
        "linkage_area",
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["linkage_item.id"],
            name=op.f("fk_linkage_area_item_id_linkage_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_area")),
    )
    op.create_index(op.f("ix_linkage_area_item_id"), "linkage_area", ["item_id"], unique=False)
    op.create_table(
        "linkage_budget_line",
        sa.Column("fy_be", sa.Integer(), nullable=True),
        sa.Column("satang", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["linkage_item.id"],
            name=op.f("fk_linkage_budget_line_item_id_linkage_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_budget_line")),
    )
    op.create_index(op.f("ix_linkage_budget_line_item_id"), "linkage_budget_line", ["item_id"], unique=False)
    op.create_table(
        "linkage_dot_vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("dots", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["linkage_item.id"],
            name=op.f("fk_linkage_dot_vote_item_id_linkage_item"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["exercise_submission.id"],
            name=op.f("fk_linkage_dot_vote_submission_id_exercise_submission"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_dot_vote")),
        sa.UniqueConstraint(
            "submission_id", "item_id", name=op.f("uq_linkage_dot_vote_submission_id_item_id")
        ),
    )
    op.create_index(op.f("ix_linkage_dot_vote_item_id"), "linkage_dot_vote", ["item_id"], unique=False)
    op.create_table(
        "linkage_indicator",
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("baseline", sa.JSON(), nullable=True),
        sa.Column("baseline_year_be", sa.Integer(), nullable=True),
        sa.Column("target", sa.JSON(), nullable=True),
        sa.Column("target_year_be", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["linkage_item.id"],
            name=op.f("fk_linkage_indicator_item_id_linkage_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_indicator")),
    )
    op.create_index(op.f("ix_linkage_indicator_item_id"), "linkage_indicator", ["item_id"], unique=False)
    op.create_table(
        "linkage_item_chain",
        sa.Column("chain", sa.String(length=200), nullable=True),
        sa.Column("stage", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["linkage_item.id"],
            name=op.f("fk_linkage_item_chain_item_id_linkage_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_item_chain")),
    )
    op.create_index(op.f("ix_linkage_item_chain_item_id"), "linkage_item_chain", ["item_id"], unique=False)
    op.create_table(
        "linkage_link",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=200), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=True),
        sa.Column("rationale", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["exercise_id"],
            ["exercise.id"],
            name=op.f("fk_linkage_link_exercise_id_exercise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["linkage_item.id"],
            name=op.f("fk_linkage_link_source_id_linkage_item"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["exercise_submission.id"],
            name=op.f("fk_linkage_link_submission_id_exercise_submission"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["target_id"],
            ["linkage_item.id"],
            name=op.f("fk_linkage_link_target_id_linkage_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_link")),
        sa.UniqueConstraint("exercise_id", "code", name=op.f("uq_linkage_link_exercise_id_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_linkage_link_public_id")),
    )
    op.create_index(op.f("ix_linkage_link_source_id"), "linkage_link", ["source_id"], unique=False)
    op.create_index(
        "ix_linkage_link_submission", "linkage_link", ["exercise_id", "submission_id"], unique=False
    )
    op.create_index(op.f("ix_linkage_link_target_id"), "linkage_link", ["target_id"], unique=False)
    op.create_table(
        "linkage_partner",
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["linkage_item.id"],
            name=op.f("fk_linkage_partner_item_id_linkage_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_partner")),
    )
    op.create_index(op.f("ix_linkage_partner_item_id"), "linkage_partner", ["item_id"], unique=False)
    op.create_table(
        "linkage_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("reviewer", sa.String(length=200), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["linkage_item.id"],
            name=op.f("fk_linkage_review_item_id_linkage_item"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["account_user.id"],
            name=op.f("fk_linkage_review_user_id_account_user"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_review")),
        sa.UniqueConstraint("item_id", "reviewer", name=op.f("uq_linkage_review_item_id_reviewer")),
    )
    op.create_table(
        "linkage_evidence",
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("data_year_be", sa.Integer(), nullable=True),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["linkage_item.id"],
            name=op.f("fk_linkage_evidence_item_id_linkage_item"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["linkage_link.id"],
            name=op.f("fk_linkage_evidence_link_id_linkage_link"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_evidence")),
    )
    op.create_index(op.f("ix_linkage_evidence_item_id"), "linkage_evidence", ["item_id"], unique=False)
    op.create_index(op.f("ix_linkage_evidence_link_id"), "linkage_evidence", ["link_id"], unique=False)
    op.create_table(
        "linkage_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=200), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["linkage_review.id"],
            name=op.f("fk_linkage_score_review_id_linkage_review"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_score")),
        sa.UniqueConstraint("review_id", "criterion", name=op.f("uq_linkage_score_review_id_criterion")),
    )


def downgrade() -> None:
    op.drop_table("linkage_score")
    op.drop_index(op.f("ix_linkage_evidence_link_id"), table_name="linkage_evidence")
    op.drop_index(op.f("ix_linkage_evidence_item_id"), table_name="linkage_evidence")
    op.drop_table("linkage_evidence")
    op.drop_table("linkage_review")
    op.drop_index(op.f("ix_linkage_partner_item_id"), table_name="linkage_partner")
    op.drop_table("linkage_partner")
    op.drop_index(op.f("ix_linkage_link_target_id"), table_name="linkage_link")
    op.drop_index("ix_linkage_link_submission", table_name="linkage_link")
    op.drop_index(op.f("ix_linkage_link_source_id"), table_name="linkage_link")
    op.drop_table("linkage_link")
    op.drop_index(op.f("ix_linkage_item_chain_item_id"), table_name="linkage_item_chain")
    op.drop_table("linkage_item_chain")
    op.drop_index(op.f("ix_linkage_indicator_item_id"), table_name="linkage_indicator")
    op.drop_table("linkage_indicator")
    op.drop_index(op.f("ix_linkage_dot_vote_item_id"), table_name="linkage_dot_vote")
    op.drop_table("linkage_dot_vote")
    op.drop_index(op.f("ix_linkage_budget_line_item_id"), table_name="linkage_budget_line")
    op.drop_table("linkage_budget_line")
    op.drop_index(op.f("ix_linkage_area_item_id"), table_name="linkage_area")
    op.drop_table("linkage_area")
    op.drop_index("ix_linkage_item_submission", table_name="linkage_item")
    op.drop_table("linkage_item")
    op.drop_table("linkage_chain")
