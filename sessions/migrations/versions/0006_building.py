"""A building's own words and numbers, what comes along from a group to its circle, feeds, published heads."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False, server_default=sa.text("''"))


def upgrade() -> None:
    """Add columns and tables. What was there says nothing of them yet, and nothing of it is public."""
    for name, length in (("address", 200), ("languages", 80), ("leave_to", 300), ("run_by", 200), ("limits", 1000)):
        op.add_column("buildings", _text(name, length))
    for name in ("address_public", "listed"):
        op.add_column("buildings", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("buildings", sa.Column("landlord", sa.Boolean(), nullable=True))
    op.add_column("buildings", sa.Column("page", sa.String(length=40), nullable=True))
    op.create_index("ix_buildings_page", "buildings", ["page"], unique=True)
    for name, length in (("plan", 40), ("languages", 80), ("said_as", 80)):
        op.add_column("series", _text(name, length))
    op.add_column("series", sa.Column("listed", sa.Boolean(), nullable=False, server_default=sa.false()))
    for table in ("buildings", "series"):
        op.add_column(table, sa.Column("sequence", sa.Integer(), nullable=False, server_default=sa.text("0")))
    # Said in SQL: SQLite can add a column that refers to another table, but Alembic would copy the table for it, and
    # the rows of an open circle hang on that.
    for table in ("circles", "held"):
        for column, others in (("building_id", "buildings"), ("series_id", "series")):
            op.execute(
                f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR(20) REFERENCES {others} (id) ON DELETE SET NULL"
            )
    op.create_index("ix_held_building_id", "held", ["building_id"], unique=False)
    op.create_table(
        "numbers",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("building_id", sa.String(length=20), nullable=False),
        sa.Column("line", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("hours", sa.String(length=120), nullable=False),
        sa.Column("languages", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(length=280), nullable=False),
        sa.Column("off", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("checked_on", sa.String(length=10), nullable=True),
        sa.Column("checked_by", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["building_id"], ["buildings.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_numbers_building_id", "numbers", ["building_id"], unique=False)
    op.create_table(
        "naloxone_spots",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("building_id", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("good_until", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(["building_id"], ["buildings.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_naloxone_spots_building_id", "naloxone_spots", ["building_id"], unique=False)
    op.create_table(
        "cards_off",
        sa.Column("building_id", sa.String(length=20), nullable=False),
        sa.Column("card", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["building_id"], ["buildings.id"]),
        sa.PrimaryKeyConstraint("building_id", "card"),
    )
    op.create_table(
        "feeds",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("of", sa.String(length=20), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
        sa.UniqueConstraint("what", "of"),
    )
    op.create_table(
        "published",
        sa.Column("building_id", sa.String(length=20), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["building_id"], ["buildings.id"]),
        sa.PrimaryKeyConstraint("building_id", "period"),
    )
    op.create_table(
        "group_rules",
        sa.Column("series_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"]),
        sa.PrimaryKeyConstraint("series_id", "version"),
    )
