"""Leading together and leading again: themes, co-leaders, own plans and rules, what is told after a circle."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns and tables. A circle that is open is no rehearsal, and has no themes yet."""
    op.add_column("accounts", sa.Column("supplies", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("circles", sa.Column("practice", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("circles", sa.Column("several", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("hands", sa.Column("out", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "themes",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("circle_id", sa.String(length=20), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["circle_id"], ["circles.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_themes_circle_id", "themes", ["circle_id"], unique=False)
    op.create_table(
        "voices",
        sa.Column("proof", sa.String(length=64), nullable=False),
        sa.Column("circle_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["circle_id"], ["circles.id"]),
        sa.PrimaryKeyConstraint("proof"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_voices_circle_id", "voices", ["circle_id"], unique=False)
    op.create_table(
        "co_leaders",
        sa.Column("circle_id", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["circle_id"], ["circles.id"]),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.PrimaryKeyConstraint("circle_id", "account_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_co_leaders_account_id", "co_leaders", ["account_id"], unique=False)
    op.create_table(
        "suggestions",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("circle_id", sa.String(length=20), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["circle_id"], ["circles.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_suggestions_circle_id", "suggestions", ["circle_id"], unique=False)
    op.create_table(
        "own_plans",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_own_plans_account_id", "own_plans", ["account_id"], unique=False)
    op.create_table(
        "own_rules",
        sa.Column("account_id", sa.String(length=20), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.PrimaryKeyConstraint("account_id"),
    )
    op.create_table(
        "held",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=20), nullable=True),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("cards", sa.Text(), nullable=False),
        sa.Column("supplies", sa.Text(), nullable=False),
        sa.Column("line", sa.String(length=280), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_held_account_id", "held", ["account_id"], unique=False)
