"""Groupings, groups, memberships."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "grouping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_grouping_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grouping")),
        sa.UniqueConstraint("public_id", name=op.f("uq_grouping_public_id")),
    )
    op.create_index(op.f("ix_grouping_event_id"), "grouping", ["event_id"], unique=False)
    op.create_table(
        "group_topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_group_topic_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_topic")),
        sa.UniqueConstraint("public_id", name=op.f("uq_group_topic_public_id")),
    )
    op.create_index(op.f("ix_group_topic_event_id"), "group_topic", ["event_id"], unique=False)
    op.create_table(
        "group_table",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("grouping_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("facilitator_id", sa.Integer(), nullable=True),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_group_table_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["facilitator_id"], ["account_user.id"], name=op.f("fk_group_table_facilitator_id_account_user")
        ),
        sa.ForeignKeyConstraint(
            ["grouping_id"],
            ["grouping.id"],
            name=op.f("fk_group_table_grouping_id_grouping"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"],
            ["group_topic.id"],
            name=op.f("fk_group_table_topic_id_group_topic"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["event_unit.id"], name=op.f("fk_group_table_unit_id_event_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_table")),
        sa.UniqueConstraint("grouping_id", "number", name=op.f("uq_group_table_grouping_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_group_table_public_id")),
    )
    op.create_index(op.f("ix_group_table_event_id"), "group_table", ["event_id"], unique=False)
    op.create_index(op.f("ix_group_table_facilitator_id"), "group_table", ["facilitator_id"], unique=False)
    op.create_table(
        "group_membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grouping_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("registrant_id", sa.Integer(), nullable=False),
        sa.Column("is_scribe", sa.Boolean(), nullable=False),
        sa.Column("is_adviser", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["group_table.id"],
            name=op.f("fk_group_membership_group_id_group_table"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["grouping_id"],
            ["grouping.id"],
            name=op.f("fk_group_membership_grouping_id_grouping"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["registrant_id"],
            ["registrant.id"],
            name=op.f("fk_group_membership_registrant_id_registrant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_membership")),
        sa.UniqueConstraint(
            "grouping_id", "registrant_id", name=op.f("uq_group_membership_grouping_id_registrant_id")
        ),
    )
    op.create_index(op.f("ix_group_membership_group_id"), "group_membership", ["group_id"], unique=False)
    op.create_index(
        op.f("ix_group_membership_registrant_id"), "group_membership", ["registrant_id"], unique=False
    )
    op.create_table(
        "group_topic_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registrant_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registrant_id"],
            ["registrant.id"],
            name=op.f("fk_group_topic_wish_registrant_id_registrant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"],
            ["group_topic.id"],
            name=op.f("fk_group_topic_wish_topic_id_group_topic"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_topic_wish")),
        sa.UniqueConstraint("registrant_id", "rank", name=op.f("uq_group_topic_wish_registrant_id_rank")),
        sa.UniqueConstraint("registrant_id", "topic_id", name=op.f("uq_group_topic_wish_registrant_id_topic_id")),
    )
    op.create_index(op.f("ix_group_topic_wish_topic_id"), "group_topic_wish", ["topic_id"], unique=False)
    op.create_table(
        "group_seating_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_group_seating_wish_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_seating_wish")),
        sa.UniqueConstraint("public_id", name=op.f("uq_group_seating_wish_public_id")),
    )
    op.create_index(op.f("ix_group_seating_wish_event_id"), "group_seating_wish", ["event_id"], unique=False)
    op.create_table(
        "group_seating_wish_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wish_id", sa.Integer(), nullable=False),
        sa.Column("registrant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registrant_id"],
            ["registrant.id"],
            name=op.f("fk_group_seating_wish_person_registrant_id_registrant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["wish_id"],
            ["group_seating_wish.id"],
            name=op.f("fk_group_seating_wish_person_wish_id_group_seating_wish"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_seating_wish_person")),
        sa.UniqueConstraint(
            "wish_id", "registrant_id", name=op.f("uq_group_seating_wish_person_wish_id_registrant_id")
        ),
    )
    op.create_index(
        op.f("ix_group_seating_wish_person_registrant_id"),
        "group_seating_wish_person",
        ["registrant_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("group_seating_wish_person")
    op.drop_table("group_seating_wish")
    op.drop_table("group_topic_wish")
    op.drop_index(op.f("ix_group_membership_registrant_id"), table_name="group_membership")
    op.drop_index(op.f("ix_group_membership_group_id"), table_name="group_membership")
    op.drop_table("group_membership")
    op.drop_index(op.f("ix_group_table_facilitator_id"), table_name="group_table")
    op.drop_index(op.f("ix_group_table_event_id"), table_name="group_table")
    op.drop_table("group_table")
    op.drop_table("group_topic")
    op.drop_index(op.f("ix_grouping_event_id"), table_name="grouping")
    op.drop_table("grouping")
