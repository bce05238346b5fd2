"""Leading a circle: its plan and the part that is on, hands, pausing, and shut doors."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns and a table. A circle that is open has no plan and no part; its doors are open, writing goes on."""
    op.add_column("circles", sa.Column("sealed_plan", sa.LargeBinary(), nullable=True))
    op.add_column("circles", sa.Column("part", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("circles", sa.Column("part_ticks", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("circles", sa.Column("paused", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("circles", sa.Column("shut", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "hands",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("circle_id", sa.String(length=20), nullable=False),
        sa.Column("proof", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("invited", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["circle_id"], ["circles.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_hands_circle_id", "hands", ["circle_id"], unique=False)
