"""The calendar: buildings, rooms, groups and their dates, closures."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add tables. Nothing that was there changes."""
    op.create_table(
        "buildings",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("public_name", sa.String(length=80), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_to", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "rooms",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("building_id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("step_free", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["building_id"], ["buildings.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_rooms_building_id", "rooms", ["building_id"], unique=False)
    op.create_table(
        "series",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("building_id", sa.String(length=20), nullable=False),
        sa.Column("room_id", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.String(length=20), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("first", sa.String(length=10), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("follows", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["building_id"], ["buildings.id"]),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"]),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["follows"], ["series.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("account_id", "building_id", "follows", "room_id", "until"):
        op.create_index(f"ix_series_{column}", "series", [column], unique=False)
    op.create_table(
        "overrides",
        sa.Column("series_id", sa.String(length=20), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=True),
        sa.Column("moved_day", sa.String(length=10), nullable=True),
        sa.Column("moved_start", sa.Integer(), nullable=True),
        sa.Column("room_id", sa.String(length=20), nullable=True),
        sa.Column("account_id", sa.String(length=20), nullable=True),
        sa.Column("needs_cover", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"]),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"]),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("series_id", "day"),
    )
    for column in ("account_id", "moved_day", "room_id"):
        op.create_index(f"ix_overrides_{column}", "overrides", [column], unique=False)
    op.create_table(
        "closures",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("building_id", sa.String(length=20), nullable=False),
        sa.Column("first", sa.String(length=10), nullable=False),
        sa.Column("last", sa.String(length=10), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["building_id"], ["buildings.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_closures_building_id", "closures", ["building_id"], unique=False)
