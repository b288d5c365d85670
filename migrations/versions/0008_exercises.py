"""Exercises: phases, what groups hand in, comments, the history."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exercise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("grouping_id", sa.Integer(), nullable=True),
        sa.Column("phase_position", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.Column("is_final", sa.Boolean(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("meta", sa.JSON(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("vote_settings", sa.JSON(), nullable=False),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("phase_started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("phase_more_minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_exercise_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["grouping_id"],
            ["grouping.id"],
            name=op.f("fk_exercise_grouping_id_grouping"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exercise_public_id")),
    )
    op.create_index(op.f("ix_exercise_event_id"), "exercise", ["event_id"], unique=False)
    op.create_table(
        "exercise_phase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exercise_id"],
            ["exercise.id"],
            name=op.f("fk_exercise_phase_exercise_id_exercise"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_phase")),
        sa.UniqueConstraint("exercise_id", "position", name=op.f("uq_exercise_phase_exercise_id_position")),
    )
    op.create_table(
        "exercise_submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("district", sa.String(length=20), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.Column("hand_raised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("more_minutes", sa.Integer(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("scribe_id", sa.Integer(), nullable=True),
        sa.Column("scribe_user_id", sa.Integer(), nullable=True),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exercise_id"],
            ["exercise.id"],
            name=op.f("fk_exercise_submission_exercise_id_exercise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["group_table.id"],
            name=op.f("fk_exercise_submission_group_id_group_table"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["scribe_id"],
            ["registrant.id"],
            name=op.f("fk_exercise_submission_scribe_id_registrant"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["scribe_user_id"],
            ["account_user.id"],
            name=op.f("fk_exercise_submission_scribe_user_id_account_user"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_submission")),
        sa.UniqueConstraint("exercise_id", "code", name=op.f("uq_exercise_submission_exercise_id_code")),
        sa.UniqueConstraint(
            "exercise_id", "group_id", name=op.f("uq_exercise_submission_exercise_id_group_id")
        ),
    )
    op.create_index(
        op.f("ix_exercise_submission_group_id"), "exercise_submission", ["group_id"], unique=False
    )
    op.create_table(
        "exercise_suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(length=12), nullable=False),
        sa.Column("entity_id", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("registrant_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["registrant_id"],
            ["registrant.id"],
            name=op.f("fk_exercise_suggestion_registrant_id_registrant"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["exercise_submission.id"],
            name=op.f("fk_exercise_suggestion_submission_id_exercise_submission"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_suggestion")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exercise_suggestion_public_id")),
    )
    op.create_index(
        op.f("ix_exercise_suggestion_submission_id"), "exercise_suggestion", ["submission_id"], unique=False
    )
    op.create_table(
        "exercise_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.String(length=40), nullable=False),
        sa.Column("client", sa.String(length=40), nullable=False),
        sa.Column("entity", sa.String(length=12), nullable=False),
        sa.Column("entity_id", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("base_rev", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("aside", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("registrant_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["exercise_id"],
            ["exercise.id"],
            name=op.f("fk_exercise_change_exercise_id_exercise"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["registrant_id"],
            ["registrant.id"],
            name=op.f("fk_exercise_change_registrant_id_registrant"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["exercise_submission.id"],
            name=op.f("fk_exercise_change_submission_id_exercise_submission"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["account_user.id"],
            name=op.f("fk_exercise_change_user_id_account_user"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_change")),
        sa.UniqueConstraint("exercise_id", "seq", name=op.f("uq_exercise_change_exercise_id_seq")),
        sa.UniqueConstraint("op_id", name=op.f("uq_exercise_change_op_id")),
    )
    op.create_index("ix_exercise_change_entity", "exercise_change", ["entity_id", "rev"], unique=False)
    op.create_index(
        "ix_exercise_change_group", "exercise_change", ["exercise_id", "submission_id", "seq"], unique=False
    )
    op.create_table(
        "exercise_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(length=10), nullable=False),
        sa.Column("entity_id", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["exercise_submission.id"],
            name=op.f("fk_exercise_comment_submission_id_exercise_submission"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["account_user.id"],
            name=op.f("fk_exercise_comment_user_id_account_user"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_comment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exercise_comment_public_id")),
    )
    op.create_index(
        op.f("ix_exercise_comment_submission_id"), "exercise_comment", ["submission_id"], unique=False
    )
    op.create_table(
        "exercise_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_exercise_template_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_template")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exercise_template_public_id")),
    )
    op.create_index(op.f("ix_exercise_template_event_id"), "exercise_template", ["event_id"], unique=False)


def downgrade() -> None:
    op.drop_table("exercise_template")
    op.drop_index(op.f("ix_exercise_comment_submission_id"), table_name="exercise_comment")
    op.drop_table("exercise_comment")
    op.drop_index("ix_exercise_change_group", table_name="exercise_change")
    op.drop_index("ix_exercise_change_entity", table_name="exercise_change")
    op.drop_table("exercise_change")
    op.drop_index(op.f("ix_exercise_suggestion_submission_id"), table_name="exercise_suggestion")
    op.drop_table("exercise_suggestion")
    op.drop_index(op.f("ix_exercise_submission_group_id"), table_name="exercise_submission")
    op.drop_table("exercise_submission")
    op.drop_table("exercise_phase")
    op.drop_index(op.f("ix_exercise_event_id"), table_name="exercise")
    op.drop_table("exercise")
