"""One database, the same on SQLite and PostgreSQL (`sessions.database`, `sessions.migrations`)."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from sessions.circle.circles import Circle
from sessions.circle.erase import OF_A_CIRCLE
from sessions.circle.members import Member, Seat
from sessions.database import Database, random_id
from sessions.models import Base
from tests.rules.cast import House
from tests.rules.conftest import BOTH

PRAGMAS = {  # as SQLite reads them back
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "secure_delete": 1,
    "temp_store": 2,  # memory
    "busy_timeout": 20,
}


on_sqlite_alone = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture(params=BOTH)
def from_nothing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database that was empty, and was migrated."""
    server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    url = server.fresh(f"from_nothing_{random_id()}") if server else f"sqlite:///{tmp_path}/new.db"
    database = Database(url)
    database.migrate()
    yield database
    database.close()
    if server:
        server.drop(url)


def test_migrations_make_what_the_models_say(from_nothing: Database) -> None:
    with from_nothing.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        told = compare_metadata(context, Base.metadata)
        # Of a column that was added, SQLite tells this comparison where it leads, but not what a delete there does.
        is_told = from_nothing.on_sqlite and foreign_keys(connection) == {
            (key.parent.table.name, key.parent.name, key.column.table.name, key.ondelete or "NO ACTION")
            for table in Base.metadata.tables.values()
            for key in table.foreign_keys
        }
        assert [one for one in told if not (is_told and one[0] in ("add_fk", "remove_fk"))] == []


def foreign_keys(connection: Connection) -> set[tuple[str, str, str, str]]:
    """Each of SQLite's: its table and column, the table it leads to, and what a delete there does."""
    return {
        (table, row["from"], row["table"], row["on_delete"])
        for table in Base.metadata.tables
        for row in connection.exec_driver_sql(f"PRAGMA foreign_key_list({table})").mappings()
    }


def test_migrating_again_changes_nothing(house: House, circle: Circle) -> None:
    before = house.everything()
    house.database.migrate()
    assert house.everything() == before


@on_sqlite_alone
@pytest.mark.parametrize("name", PRAGMAS)
def test_sqlite_keeps_what_it_says_it_kept_and_forgets_what_it_deletes(database: Database, name: str) -> None:
    for connect in (database.read, lambda: database.engine.connect()):
        with connect() as connection:
            assert connection.execute(text(f"PRAGMA {name}")).scalar() == PRAGMAS[name]


@on_sqlite_alone
@pytest.mark.parametrize("table", [Circle, *OF_A_CIRCLE], ids=lambda table: table.__tablename__)
def test_no_row_of_a_circle_has_a_number_on_sqlite(database: Database, table: type[Base]) -> None:
    looking = text("SELECT sql FROM sqlite_master WHERE name = :name")
    with database.read() as db:
        assert db.execute(looking, {"name": table.__tablename__}).scalar_one().strip().endswith("WITHOUT ROWID")


def test_every_table_that_names_a_circle_is_erased_with_it() -> None:
    naming = {table.name for table in Base.metadata.tables.values() if "circle_id" in table.columns}
    assert naming == {table.__tablename__ for table in OF_A_CIRCLE}


def test_a_row_of_no_circle_is_refused(house: House) -> None:
    with pytest.raises(IntegrityError):
        house.do(lambda db: db.add(Seat(token_hash="of nobody", circle_id="of no circle")))


def test_what_a_rule_raises_comes_out_and_nothing_of_it_is_kept(house: House, circle: Circle) -> None:
    def half_a_rule(db: Session) -> None:
        db.get_one(Circle, circle.id).version = 99
        db.flush()
        raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        house.do(half_a_rule)
    assert house.version(circle.id) == 1


def test_one_read_sees_one_moment(house: House, circle: Circle, ben: Member) -> None:
    with house.database.read() as db:
        before = db.scalar(text("SELECT version FROM circles"))
        house.says(ben, "meanwhile")
        after = db.scalar(text("SELECT version FROM circles"))
        assert (before, after) == (1, 1)
        assert not db.scalar(text("SELECT count(*) FROM shares"))
    assert house.version(circle.id) == 2


@on_sqlite_alone
def test_the_write_ahead_log_is_cut_to_nothing(house: House, database: Database, ben: Member) -> None:
    log = Path(f"{database.engine.url.database}-wal")
    house.says(ben, "something")
    assert log.stat().st_size > 0
    assert database.tidy()
    assert log.stat().st_size == 0


@on_sqlite_alone
def test_a_reader_in_the_way_is_told_of_and_not_waited_for(house: House, database: Database, ben: Member) -> None:
    with database.engine.connect() as other:
        other.exec_driver_sql("SELECT count(*) FROM circles").one()
        house.says(ben, "something")
        began = time.monotonic()
        assert not database.tidy()
        assert time.monotonic() - began < 1
    assert database.tidy()
    with database.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA busy_timeout")) == PRAGMAS["busy_timeout"]


def test_errors_do_not_tell_the_parameters(house: House, circle: Circle) -> None:
    with pytest.raises(IntegrityError) as error:
        house.do(lambda db: db.add(Seat(token_hash="of nobody", circle_id="of no circle")))
    assert "parameters hidden" in str(error.value)
    assert "of nobody" not in str(error.value)
