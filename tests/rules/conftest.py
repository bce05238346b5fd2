"""A house for each test, once on SQLite and once on PostgreSQL, and the people in it."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from sessions import accounts
from sessions.accounts import Person
from sessions.circle.circles import Circle
from sessions.circle.members import Member
from sessions.circle.vault import Vault
from sessions.database import Database
from sessions.models import Base
from sessions.permissions import FACILITATOR, HOUSING
from tests.rules.cast import House

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
NO_PASSPHRASE = "nothing fits this"


def migrate(url: str) -> None:
    database = Database(url)
    database.migrate()
    database.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file, to be copied: quicker than migrating again."""
    file = tmp_path_factory.mktemp("template") / "circle.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_template(request: pytest.FixtureRequest) -> str:
    """The same on PostgreSQL."""
    request.getfixturevalue("postgres").template(migrate, "rules")
    return "rules"


@contextmanager
def opened(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[Database]:
    """A migrated database of this kind, for as long as it is needed."""
    if kind == "sqlite":
        file = shutil.copy(request.getfixturevalue("sqlite_template"), folder / "circle.db")
        with closing(Database(f"sqlite:///{file}")) as database:
            yield database
    else:
        template, server = request.getfixturevalue("postgres_template"), request.getfixturevalue("postgres")
        url = server.clone(template)
        with closing(Database(url)) as database:
            yield database
        server.drop(url)


@pytest.fixture(scope="session")
def on_postgres(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The one PostgreSQL database that tests have one after the other: emptying it is far quicker than a new one."""
    with opened("postgresql", request, tmp_path_factory.getbasetemp()) as database:
        yield database


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Each test that asks for it runs twice: on SQLite, and on a real PostgreSQL. It finds nothing in it."""
    if request.param == "sqlite":
        with opened("sqlite", request, tmp_path) as database:
            yield database
        return
    database = request.getfixturevalue("on_postgres")
    yield database
    with database.engine.begin() as connection:
        # Only where there are rows: a TRUNCATE gives every table new files, and all of them are looked up anew by the
        # next test. Which rows stood there before does not change the order of the next: nothing is vacuumed here.
        connection.exec_driver_sql("SET LOCAL lock_timeout = '20s'")
        held = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in Base.metadata.tables]
        full = set(connection.exec_driver_sql(" UNION ALL ".join(held)).scalars())
        for table in reversed(Base.metadata.sorted_tables):
            if table.name in full:
                connection.execute(table.delete())


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "keys")


@pytest.fixture
def house(database: Database, vault: Vault) -> House:
    return House(database, vault)


@pytest.fixture
def ana(house: House) -> Person:
    """A facilitator. Her name in the circle is Ana."""
    person: Person = house.do(accounts.add, "ana@example.org", FACILITATOR, NO_PASSPHRASE, "Ana")
    return person


@pytest.fixture
def fay(house: House) -> Person:
    """A facilitator of another circle."""
    person: Person = house.do(accounts.add, "fay@example.org", FACILITATOR, NO_PASSPHRASE, "Fay")
    return person


@pytest.fixture
def esi(house: House) -> Person:
    """Housing staff."""
    person: Person = house.do(accounts.add, "esi@example.org", HOUSING, NO_PASSPHRASE, "Esi")
    return person


@pytest.fixture
def circle(house: House, ana: Person) -> Circle:
    """The circle Ana leads."""
    return house.opens(ana.id, "Tuesday at six")


@pytest.fixture
def other_circle(house: House, fay: Person) -> Circle:
    """The circle Fay leads."""
    return house.opens(fay.id, "Elsewhere")


@pytest.fixture
def ben(house: House, circle: Circle) -> Member:
    return house.joins(circle)


@pytest.fixture
def cleo(house: House, circle: Circle) -> Member:
    return house.joins(circle)


@pytest.fixture
def dov(house: House, other_circle: Circle) -> Member:
    """A member of the other circle."""
    return house.joins(other_circle)
