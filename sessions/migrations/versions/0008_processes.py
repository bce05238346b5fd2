"""When the one database of several processes last ticked."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table. It has no row before the first tick."""
    op.create_table(
        "ticks",
        sa.Column("id", sa.String(length=8), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
