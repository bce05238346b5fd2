"""A copy of the database and the way back (`sessions.backup`)."""

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sessions import accounts, backup, roster, sign_ins
from sessions.accounts import Person
from sessions.backup import BackupRefused
from sessions.circle import circles, erase, mine, wall
from sessions.circle.circles import Circle
from sessions.circle.members import Member
from sessions.circle.vault import Vault
from sessions.database import Database
from sessions.permissions import HOUSING
from tests.rules.cast import House
from tests.rules.conftest import opened

OTHER = {
    "another database": "DROP TABLE alembic_version",
    "newer": "UPDATE alembic_version SET version_num = '9999'",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "copy.db"


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """On SQLite alone: PostgreSQL has tools of its own."""
    with opened("sqlite", request, tmp_path) as database:
        yield database


def hire_esi(house: House) -> None:
    house.do(accounts.add, "another@example.org", HOUSING, "nothing fits this")


def emails(house: House) -> list[str]:
    return sorted(person.email for person in house.ask(roster.everybody))


def on_the_wall(house: House, circle: Circle) -> list[str]:
    return [said.text for said in house.ask(wall.standing, house.vault, circle.id, aside_too=False)]


def test_what_was_copied_is_there_again_after_a_restore(house: House, ana: Person, file: Path) -> None:
    before = house.everything()
    backup.back_up(house.database, file)
    hire_esi(house)
    assert house.everything() != before
    backup.restore(house.database, house.vault, file)
    assert house.everything() == before


def test_a_copy_is_restored_on_an_empty_folder(house: House, ana: Person, file: Path, tmp_path: Path) -> None:
    backup.back_up(house.database, file)
    new = House(Database(f"sqlite:///{tmp_path}/new.db"), Vault(tmp_path / "new-keys"))
    new.database.migrate()
    backup.restore(new.database, new.vault, file)
    assert emails(new) == emails(house)
    new.database.close()


def test_a_copy_is_its_owners_alone_and_holds_no_key(house: House, circle: Circle, file: Path) -> None:
    backup.back_up(house.database, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    key = (house.vault.folder / f"{circle.id}.key").read_bytes()
    assert key not in file.read_bytes() and b"Tuesday" not in file.read_bytes()
    assert [one.name for one in file.parent.iterdir() if "copy" in one.name] == ["copy.db"]


def test_a_circle_that_was_erased_since_is_erased_again(house: House, circle: Circle, ben: Member, file: Path) -> None:
    house.says(ben, "one")
    backup.back_up(house.database, file)
    house.do(circles.close, circle.id)
    erase.erase(house.database, house.vault, circle.id)
    backup.restore(house.database, house.vault, file)
    assert house.ask(circles.all_ids) == []
    assert not any(circle.id in repr(rows) for rows in house.everything().values())


def test_while_a_circle_is_open_nothing_wiped_comes_back(
    house: House, circle: Circle, ben: Member, cleo: Member, file: Path
) -> None:
    house.everybody_says((ben, "one"), (cleo, "two"), (ben, "three"))
    backup.back_up(house.database, file)
    [mine_now, *_] = house.ask(mine.ids, ben)
    house.do(mine.take_back, ben, mine_now)
    left = on_the_wall(house, circle)
    with pytest.raises(BackupRefused, match="open"):
        backup.restore(house.database, house.vault, file)
    assert on_the_wall(house, circle) == left


def test_forced_every_phone_reads_the_circle_anew(
    house: House, circle: Circle, ben: Member, cleo: Member, file: Path
) -> None:
    house.everybody_says((ben, "one"), (cleo, "two"), (ben, "three"))
    backup.back_up(house.database, file)
    house.says(cleo, "four")
    known = house.circle(circle.id).version
    backup.restore(house.database, house.vault, file, force=True)
    assert house.circle(circle.id).version > known
    assert sorted(on_the_wall(house, circle)) == ["one", "three", "two"]


def test_who_signed_out_since_is_not_signed_in_again(house: House, ana: Person, file: Path) -> None:
    token = house.do(sign_ins.begin, ana.id)
    backup.back_up(house.database, file)
    house.do(sign_ins.end, token)
    backup.restore(house.database, house.vault, file)
    assert house.ask(sign_ins.marks, ana.id) == []


def test_a_file_that_is_there_is_not_written_over(house: House, file: Path) -> None:
    file.write_text("somebody's own")
    with pytest.raises(BackupRefused, match="exists"):
        backup.back_up(house.database, file)
    assert file.read_text() == "somebody's own"


def test_where_nothing_can_be_written_there_is_no_copy_and_no_half_of_one(house: House, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="unwritable"):
        backup.back_up(house.database, tmp_path / "no such folder" / "copy.db")
    assert not list(tmp_path.glob("**/copy*"))


@pytest.mark.parametrize(
    "what", ["missing", "unreadable", "no database", "half a database", "another database", "newer"]
)
def test_what_is_no_copy_of_ours_changes_nothing(what: str, house: House, ana: Person, file: Path) -> None:
    backup.back_up(house.database, file)
    whole = file.read_bytes()
    if what == "missing":
        file.unlink()
    elif what == "unreadable":
        file.unlink()
        file.symlink_to(file.with_name("x" * 300))
    elif what == "no database":
        file.write_bytes(b"PK\x03\x04" + bytes(5000))
    elif what == "half a database":
        file.write_bytes(whole[: len(whole) // 2])
    else:
        with closing(sqlite3.connect(file)) as copy, copy:
            copy.execute(OTHER[what])
    before = house.everything()
    reason = what if what in ("missing", "unreadable", "newer") else "broken"
    with pytest.raises(BackupRefused, match=reason):
        backup.restore(house.database, house.vault, file)
    assert house.everything() == before


def test_postgresql_is_left_to_its_own_tools(tmp_path: Path, file: Path) -> None:
    database = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    with pytest.raises(BackupRefused, match="postgresql"):
        backup.back_up(database, file)
    with pytest.raises(BackupRefused, match="postgresql"):
        backup.restore(database, Vault(tmp_path / "keys"), file)
    assert not file.exists()
