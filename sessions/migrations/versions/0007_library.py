"""What a building adds to the library, places that help, and the card a circle has in hand."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _words(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _building() -> tuple[sa.Column[str], sa.ForeignKeyConstraint]:
    return _words("building_id", 20), sa.ForeignKeyConstraint(["building_id"], ["buildings.id"])


def upgrade() -> None:
    """Add columns and tables. Every building shows what it showed before, and no card is read without joining."""
    op.add_column("buildings", sa.Column("learn", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ("sealed_card", "sealed_tags"):
        op.add_column("circles", sa.Column(name, sa.LargeBinary(), nullable=True))
    op.create_table(
        "card_words",
        *_building(),
        _words("card", 40),
        _words("words", 300),
        sa.PrimaryKeyConstraint("building_id", "card"),
    )
    op.create_table(
        "own_cards",
        _words("id", 20),
        *_building(),
        _words("language", 12),
        _words("title", 80),
        sa.Column("lines", sa.Text(), nullable=False),
        _words("source", 300),
        sa.Column("off", sa.Boolean(), nullable=False, server_default=sa.false()),
        _words("looked_at", 10),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "own_tags",
        _words("id", 20),
        *_building(),
        _words("shape", 8),
        _words("label", 40),
        _words("help", 80),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "building_rules",
        *_building(),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("building_id"),
    )
    op.create_table(
        "places",
        _words("id", 20),
        *_building(),
        _words("kind", 20),
        _words("name", 120),
        _words("hours", 200),
        _words("phone", 40),
        _words("address", 200),
        _words("languages", 120),
        sa.Column("walk_in", sa.Boolean(), nullable=True),
        _words("note", 280),
        sa.Column("checked_on", sa.String(length=10), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    for table in ("own_cards", "own_tags", "places"):
        op.create_index(f"ix_{table}_building_id", table, ["building_id"], unique=False)
