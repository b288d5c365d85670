"""The attendance ledger and its devices."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checkin_device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=14), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("profile", sa.String(length=20), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_checkin_device_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkin_device")),
        sa.UniqueConstraint("public_id", name=op.f("uq_checkin_device_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_checkin_device_token_hash")),
    )
    op.create_index(op.f("ix_checkin_device_event_id"), "checkin_device", ["event_id"], unique=False)
    op.create_table(
        "checkin_pairing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_checkin_pairing_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkin_pairing")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_checkin_pairing_code_hash")),
    )
    op.create_index(op.f("ix_checkin_pairing_event_id"), "checkin_pairing", ["event_id"], unique=False)
    op.create_table(
        "checkin_scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_uuid", sa.String(length=36), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("check_point_id", sa.Integer(), nullable=True),
        sa.Column("registrant_id", sa.Integer(), nullable=True),
        sa.Column("raw_code", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("gate", sa.String(length=80), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("browser_id", sa.String(length=64), nullable=True),
        sa.Column("is_offline", sa.Boolean(), nullable=False),
        sa.Column("is_flagged", sa.Boolean(), nullable=False),
        sa.Column("void_of_id", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_point_id"],
            ["event_check_point.id"],
            name=op.f("fk_checkin_scan_check_point_id_event_check_point"),
        ),
        sa.ForeignKeyConstraint(
            ["device_id"], ["checkin_device.id"], name=op.f("fk_checkin_scan_device_id_checkin_device")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_checkin_scan_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["registrant_id"], ["registrant.id"], name=op.f("fk_checkin_scan_registrant_id_registrant")
        ),
        sa.ForeignKeyConstraint(
            ["void_of_id"], ["checkin_scan.id"], name=op.f("fk_checkin_scan_void_of_id_checkin_scan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkin_scan")),
        sa.UniqueConstraint("client_uuid", name=op.f("uq_checkin_scan_client_uuid")),
    )
    op.create_index(op.f("ix_checkin_scan_void_of_id"), "checkin_scan", ["void_of_id"], unique=False)
    op.create_index(op.f("ix_checkin_scan_browser_id"), "checkin_scan", ["browser_id"], unique=False)
    op.create_index(
        "ix_checkin_scan_event_received", "checkin_scan", ["event_id", "received_at"], unique=False
    )
    op.create_index(
        "ix_checkin_scan_presence",
        "checkin_scan",
        ["check_point_id", "registrant_id", "outcome"],
        unique=False,
    )
    op.create_table(
        "checkin_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_point_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_point_id"],
            ["event_check_point.id"],
            name=op.f("fk_checkin_sheet_check_point_id_event_check_point"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkin_sheet")),
        sa.UniqueConstraint("check_point_id", "edition", name=op.f("uq_checkin_sheet_check_point_id_edition")),
    )
    op.create_table(
        "checkin_sheet_line",
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("registrant_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["sheet_id"],
            ["checkin_sheet.id"],
            name=op.f("fk_checkin_sheet_line_sheet_id_checkin_sheet"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["event_unit.id"],
            name=op.f("fk_checkin_sheet_line_unit_id_event_unit"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["registrant_id"],
            ["registrant.id"],
            name=op.f("fk_checkin_sheet_line_registrant_id_registrant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sheet_id", "page", "number", name=op.f("pk_checkin_sheet_line")),
    )
    op.create_index(
        "ix_checkin_sheet_line_registrant", "checkin_sheet_line", ["registrant_id", "sheet_id"], unique=False
    )
    op.create_table(
        "checkin_settlement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=True),
        sa.Column("registrant_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_checkin_settlement_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["scan_id"], ["checkin_scan.id"], name=op.f("fk_checkin_settlement_scan_id_checkin_scan")
        ),
        sa.ForeignKeyConstraint(
            ["registrant_id"],
            ["registrant.id"],
            name=op.f("fk_checkin_settlement_registrant_id_registrant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["account_user.id"], name=op.f("fk_checkin_settlement_user_id_account_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkin_settlement")),
        sa.UniqueConstraint("scan_id", name=op.f("uq_checkin_settlement_scan_id")),
        sa.UniqueConstraint("registrant_id", name=op.f("uq_checkin_settlement_registrant_id")),
    )
    op.create_index(op.f("ix_checkin_settlement_event_id"), "checkin_settlement", ["event_id"], unique=False)
    op.create_table(
        "checkin_revoked_ticket",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("registrant_id", sa.Integer(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registrant_id"],
            ["registrant.id"],
            name=op.f("fk_checkin_revoked_ticket_registrant_id_registrant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_checkin_revoked_ticket")),
    )
    op.create_index(
        op.f("ix_checkin_revoked_ticket_registrant_id"),
        "checkin_revoked_ticket",
        ["registrant_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_checkin_settlement_event_id"), table_name="checkin_settlement")
    op.drop_table("checkin_settlement")
    op.drop_index(op.f("ix_checkin_revoked_ticket_registrant_id"), table_name="checkin_revoked_ticket")
    op.drop_table("checkin_revoked_ticket")
    op.drop_index("ix_checkin_sheet_line_registrant", table_name="checkin_sheet_line")
    op.drop_table("checkin_sheet_line")
    op.drop_table("checkin_sheet")
    op.drop_index(op.f("ix_checkin_scan_void_of_id"), table_name="checkin_scan")
    op.drop_index("ix_checkin_scan_presence", table_name="checkin_scan")
    op.drop_index("ix_checkin_scan_event_received", table_name="checkin_scan")
    op.drop_index(op.f("ix_checkin_scan_browser_id"), table_name="checkin_scan")
    op.drop_table("checkin_scan")
    op.drop_index(op.f("ix_checkin_pairing_event_id"), table_name="checkin_pairing")
    op.drop_table("checkin_pairing")
    op.drop_index(op.f("ix_checkin_device_event_id"), table_name="checkin_device")
    op.drop_table("checkin_device")
