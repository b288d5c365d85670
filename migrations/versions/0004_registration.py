"""Registrants and the lists they came from."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "registration_import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_key", sa.String(length=32), nullable=True),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("good", sa.Integer(), nullable=False),
        sa.Column("bad", sa.Integer(), nullable=False),
        sa.Column("duplicates", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_registration_import_run_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_import_run")),
        sa.UniqueConstraint("public_id", name=op.f("uq_registration_import_run_public_id")),
    )
    op.create_index(
        op.f("ix_registration_import_run_event_id"), "registration_import_run", ["event_id"], unique=False
    )
    op.create_table(
        "registrant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("ticket_code", sa.String(length=20), nullable=False),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("first_name", sa.String(length=120), nullable=False),
        sa.Column("last_name", sa.String(length=120), nullable=False),
        sa.Column("search_key", sa.String(length=255), nullable=False),
        sa.Column(
            "sort_key",
            sa.String(length=520).with_variant(sa.String(length=520, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("position", sa.String(length=200), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("category", sa.String(length=100), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("food", sa.String(length=60), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("promoted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("over_seats_of", sa.String(length=250), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("import_run_id", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("stands_for_id", sa.Integer(), nullable=True),
        sa.Column("submission_key", sa.String(length=40), nullable=True),
        sa.Column("notice_version", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_registrant_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["import_run_id"],
            ["registration_import_run.id"],
            name=op.f("fk_registrant_import_run_id_registration_import_run"),
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["registrant.id"], name=op.f("fk_registrant_replaces_id_registrant")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["registrant.id"], name=op.f("fk_registrant_merged_into_id_registrant")
        ),
        sa.ForeignKeyConstraint(
            ["stands_for_id"], ["registrant.id"], name=op.f("fk_registrant_stands_for_id_registrant")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["event_unit.id"], name=op.f("fk_registrant_unit_id_event_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrant")),
        sa.UniqueConstraint("public_id", name=op.f("uq_registrant_public_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_registrant_submission_key")),
        sa.UniqueConstraint("ticket_code", name=op.f("uq_registrant_ticket_code")),
    )
    op.create_index("ix_registrant_event_email", "registrant", ["event_id", "email"], unique=False)
    op.create_index("ix_registrant_event_phone", "registrant", ["event_id", "phone"], unique=False)
    op.create_index("ix_registrant_event_promoted", "registrant", ["event_id", "promoted_at"], unique=False)
    op.create_index("ix_registrant_event_search", "registrant", ["event_id", "search_key"], unique=False)
    op.create_index("ix_registrant_event_sort", "registrant", ["event_id", "sort_key", "id"], unique=False)
    op.create_index(
        "ix_registrant_seats",
        "registrant",
        ["event_id", "standing", "part", "unit_id", "category", "merged_into_id", "stands_for_id"],
        unique=False,
    )
    op.create_index(op.f("ix_registrant_import_run_id"), "registrant", ["import_run_id"], unique=False)
    op.create_index(op.f("ix_registrant_merged_into_id"), "registrant", ["merged_into_id"], unique=False)
    op.create_index(op.f("ix_registrant_stands_for_id"), "registrant", ["stands_for_id"], unique=False)
    op.create_index(op.f("ix_registrant_replaces_id"), "registrant", ["replaces_id"], unique=False)
    op.create_index(op.f("ix_registrant_unit_id"), "registrant", ["unit_id"], unique=False)
    op.create_table(
        "registration_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registrant_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("text_version", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registrant_id"],
            ["registrant.id"],
            name=op.f("fk_registration_consent_registrant_id_registrant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_consent")),
    )
    op.create_index(
        op.f("ix_registration_consent_registrant_id"), "registration_consent", ["registrant_id"], unique=False
    )
    op.create_table(
        "registration_merger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("written", sa.JSON(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_registration_merger_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["kept_id"],
            ["registrant.id"],
            name=op.f("fk_registration_merger_kept_id_registrant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["merged_id"],
            ["registrant.id"],
            name=op.f("fk_registration_merger_merged_id_registrant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_merger")),
        sa.UniqueConstraint("public_id", name=op.f("uq_registration_merger_public_id")),
    )
    for column in ("event_id", "kept_id", "merged_id"):
        op.create_index(op.f(f"ix_registration_merger_{column}"), "registration_merger", [column], unique=False)
    op.create_table(
        "registration_not_the_same",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_registration_not_the_same_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["one_id"],
            ["registrant.id"],
            name=op.f("fk_registration_not_the_same_one_id_registrant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["registrant.id"],
            name=op.f("fk_registration_not_the_same_other_id_registrant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_not_the_same")),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_registration_not_the_same_one_id_other_id")),
    )
    for column in ("event_id", "other_id"):
        op.create_index(
            op.f(f"ix_registration_not_the_same_{column}"), "registration_not_the_same", [column], unique=False
        )
    create_seats()


def create_seats() -> None:
    """What holds a seat before a person does, and what was decided about people."""
    op.create_table(
        "registration_category_quota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("category", sa.String(length=100), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_registration_category_quota_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["event_unit.id"],
            name=op.f("fk_registration_category_quota_unit_id_event_unit"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_category_quota")),
        sa.UniqueConstraint("public_id", name=op.f("uq_registration_category_quota_public_id")),
    )
    op.create_index(
        op.f("ix_registration_category_quota_event_id"), "registration_category_quota", ["event_id"], unique=False
    )
    op.create_table(
        "registration_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=100), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registrant_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_registration_place_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["registrant_id"],
            ["registrant.id"],
            name=op.f("fk_registration_place_registrant_id_registrant"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["event_unit.id"],
            name=op.f("fk_registration_place_unit_id_event_unit"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_place")),
        sa.UniqueConstraint("public_id", name=op.f("uq_registration_place_public_id")),
        sa.UniqueConstraint("registrant_id", name=op.f("uq_registration_place_registrant_id")),
        sa.UniqueConstraint(
            "unit_id", "position", "number", name=op.f("uq_registration_place_unit_id_position_number")
        ),
    )
    op.create_index(op.f("ix_registration_place_event_id"), "registration_place", ["event_id"], unique=False)
    op.create_table(
        "registration_unit_reply",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["event_unit.id"],
            name=op.f("fk_registration_unit_reply_unit_id_event_unit"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_registration_unit_reply")),
    )
    op.create_table(
        "registration_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_registration_decision_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_decision")),
        sa.UniqueConstraint("public_id", name=op.f("uq_registration_decision_public_id")),
    )
    op.create_index(
        op.f("ix_registration_decision_event_id"), "registration_decision", ["event_id"], unique=False
    )
    op.create_table(
        "registration_meal_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_registration_meal_report_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_meal_report")),
    )
    op.create_index(
        op.f("ix_registration_meal_report_event_id"), "registration_meal_report", ["event_id"], unique=False
    )
    op.create_table(
        "registration_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("controller", sa.String(length=300), nullable=False),
        sa.Column("contact", sa.String(length=300), nullable=False),
        sa.Column("dpo", sa.String(length=300), nullable=False),
        sa.Column("recipients", sa.String(length=500), nullable=False),
        sa.Column("retention", sa.String(length=500), nullable=False),
        sa.Column("consents", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_registration_notice_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_notice")),
        sa.UniqueConstraint("event_id", "version", name=op.f("uq_registration_notice_event_id_version")),
    )
    op.create_table(
        "registration_coordinator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_registration_coordinator_event_id_event"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["event_unit.id"],
            name=op.f("fk_registration_coordinator_unit_id_event_unit"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_coordinator")),
        sa.UniqueConstraint("public_id", name=op.f("uq_registration_coordinator_public_id")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_registration_coordinator_unit_id")),
    )
    op.create_index(
        op.f("ix_registration_coordinator_event_id"), "registration_coordinator", ["event_id"], unique=False
    )
    op.create_table(
        "registration_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("help", sa.String(length=300), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("is_sensitive", sa.Boolean(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("kept_days", sa.Integer(), nullable=False),
        sa.Column("show_if_id", sa.Integer(), nullable=True),
        sa.Column("show_if_values", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_registration_question_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["show_if_id"],
            ["registration_question.id"],
            name=op.f("fk_registration_question_show_if_id_registration_question"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_question")),
        sa.UniqueConstraint("public_id", name=op.f("uq_registration_question_public_id")),
    )
    op.create_index(
        op.f("ix_registration_question_event_id"), "registration_question", ["event_id"], unique=False
    )
    op.create_table(
        "registration_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("registrant_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["registration_question.id"],
            name=op.f("fk_registration_answer_question_id_registration_question"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["registrant_id"],
            ["registrant.id"],
            name=op.f("fk_registration_answer_registrant_id_registrant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_answer")),
        sa.UniqueConstraint(
            "question_id", "registrant_id", name=op.f("uq_registration_answer_question_id_registrant_id")
        ),
    )
    op.create_index(
        op.f("ix_registration_answer_registrant_id"), "registration_answer", ["registrant_id"], unique=False
    )


def downgrade() -> None:
    for table in ("answer", "question", "coordinator", "notice"):
        op.drop_table(f"registration_{table}")
    for table in ("meal_report", "decision", "unit_reply", "place", "category_quota"):
        op.drop_table(f"registration_{table}")
    op.drop_table("registration_not_the_same")
    op.drop_table("registration_merger")
    op.drop_index(op.f("ix_registration_consent_registrant_id"), table_name="registration_consent")
    op.drop_table("registration_consent")
    op.drop_index(op.f("ix_registrant_unit_id"), table_name="registrant")
    op.drop_index(op.f("ix_registrant_stands_for_id"), table_name="registrant")
    op.drop_index(op.f("ix_registrant_merged_into_id"), table_name="registrant")
    op.drop_index(op.f("ix_registrant_import_run_id"), table_name="registrant")
    op.drop_index("ix_registrant_seats", table_name="registrant")
    op.drop_index("ix_registrant_event_sort", table_name="registrant")
    op.drop_index("ix_registrant_event_search", table_name="registrant")
    op.drop_index("ix_registrant_event_promoted", table_name="registrant")
    op.drop_index("ix_registrant_event_phone", table_name="registrant")
    op.drop_index("ix_registrant_event_email", table_name="registrant")
    op.drop_table("registrant")
    op.drop_index(op.f("ix_registration_import_run_event_id"), table_name="registration_import_run")
    op.drop_table("registration_import_run")
