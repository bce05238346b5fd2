"""The tables, release by release (Alembic)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

RELEASES = tuple(sorted(file.stem.partition("_")[0] for file in Path(__file__).parent.glob("versions/0*.py")))
"""Every release of the tables, the newest last."""


class UpgradeRefused(Exception):
    """The tables are of an earlier release, and a circle is open."""


class NewerThanThis(Exception):
    """The tables are of a release that this program has never heard of."""


def release_of(connection: Connection) -> str | None:
    """The release of the tables behind `connection`; None where there are none yet. Raises NewerThanThis."""
    release = MigrationContext.configure(connection).get_current_revision()
    if release not in (None, *RELEASES):
        raise NewerThanThis(release)
    return release


def upgrade(connection: Connection, release: str = "head") -> None:
    """Bring the database behind `connection` to a release, the newest by default, in one transaction per release."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, release)


def check_nothing_is_open(connection: Connection) -> None:
    """Raise UpgradeRefused where tables of an earlier release hold an open circle."""
    if (
        release_of(connection) in RELEASES[:-1]
        and connection.execute(text("SELECT 1 FROM circles WHERE state = 'open'")).first()
    ):
        raise UpgradeRefused
