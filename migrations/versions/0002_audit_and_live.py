"""The audit trail, the versions of live topics, and counts of guesses."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_event_at", "audit_entry", ["event_id", "at"], unique=False)
    op.create_table(
        "live_topic",
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "name", name=op.f("pk_live_topic")),
    )
    op.create_table(
        "live_presence",
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("process", sa.String(length=16), nullable=False),
        sa.Column("phones", sa.Integer(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("scope", "name", "process", name=op.f("pk_live_presence")),
    )
    op.create_table(
        "attempt_count",
        sa.Column("scope", sa.String(length=100), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_attempt_count")),
    )


def downgrade() -> None:
    op.drop_table("attempt_count")
    op.drop_table("live_presence")
    op.drop_table("live_topic")
    op.drop_index("ix_audit_entry_event_at", table_name="audit_entry")
    op.drop_table("audit_entry")
