"""What is easily done wrong by whoever starts it, and the one sentence that each gets. (More in test_startup.)"""

import os
import shutil
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from facilitator import certificate, greeting, server, settings
from facilitator.startup import CannotStart
from tests.faults.test_nothing_can_be_written import fill, small_disk
from tests.heeding import heeding_modes
from tests.web.cast import MakeApp, desk, rows
from tests.web.test_startup import one_line

NOBODYS = "192.0.2.77"


@pytest.fixture
def refused(make_app: MakeApp) -> Callable[..., str]:
    """The one line with which it does not start."""

    def start(**settings: object) -> str:
        with pytest.raises(CannotStart) as why:
            make_app(**settings)
        return one_line(why)

    return start


@pytest.fixture
def data(make_app: MakeApp) -> Path:
    """The folder of an install that has started once, and where nothing was wrong."""
    app = make_app()
    app.extensions["database"].close()
    return Path(app.config["DATA"])


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"{}", b'{"session": 3}', b"\xff\xfe"])
def test_broken_secrets(broken: bytes, data: Path, refused: Callable[..., str]) -> None:
    (data / "secrets.json").write_bytes(broken)
    assert refused().startswith(f"{data / 'secrets.json'} is broken. Put your copy of it back.")
    assert (data / "secrets.json").read_bytes() == broken, "nothing was made anew over what may be mended"


def test_a_database_of_a_newer_release(data: Path, refused: Callable[..., str]) -> None:
    with closing(sqlite3.connect(data / "circle.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    assert refused().startswith("The database was last used by a newer release than this one")


@pytest.mark.parametrize("broken", [b"not a database, by any means" * 100, None])
def test_a_broken_database(broken: bytes | None, data: Path, refused: Callable[..., str]) -> None:
    file = data / "circle.db"
    for left in (data / "circle.db-wal", data / "circle.db-shm"):
        left.unlink(missing_ok=True)
    file.write_bytes(broken or file.read_bytes()[:8192])
    said = refused()
    assert said.startswith(f"{file} is broken, or no database of ours.") and "restore FILE" in said


def test_another_program_holds_the_database(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: Callable[..., str]
) -> None:
    monkeypatch.setattr("sessions.database.LONGEST_WAIT_SECONDS", 0.1)
    file = tmp_path / "held.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=wal")
        other.execute("BEGIN IMMEDIATE")
        assert refused(DATABASE_URL=f"sqlite:///{file}").startswith(f"Another program holds {file}")


@pytest.mark.parametrize(("mode", "of"), [(0o000, "data"), (0o500, "data"), (0o500, "data/new")])
def test_a_data_folder_that_is_not_ours_to_use(mode: int, of: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    data.chmod(mode)
    try:
        with heeding_modes(), pytest.raises(CannotStart) as refused:
            settings.load({"DATA": tmp_path / of, "KEYS_DIR": tmp_path / "keys", "LAN": False})
    finally:
        data.chmod(0o700)
    assert one_line(refused).startswith(f"Whoever started this may not read and write {tmp_path / of}.")


def test_a_database_that_may_only_be_read(data: Path, refused: Callable[..., str]) -> None:
    for left in data.glob("circle.db-*"):
        left.unlink()
    (data / "circle.db").chmod(0o400)
    data.chmod(0o500)
    try:
        with heeding_modes():
            said = refused()
    finally:
        data.chmod(0o700)
    assert said.startswith(f"{data / 'circle.db'} may only be read.")


def test_a_file_where_the_data_folder_should_be(tmp_path: Path, refused: Callable[..., str]) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file/inside"):
        said = refused(DATA=path, KEYS_DIR=tmp_path / "keys")
        assert said.startswith(f"{path} is no folder") and "OPEN_CIRCLE_DATA" in said


def test_a_folder_of_keys_that_is_no_folder_or_not_ours(tmp_path: Path, refused: Callable[..., str]) -> None:
    (tmp_path / "file").touch()
    assert "is no folder" in (said := refused(KEYS_DIR=tmp_path / "file")) and "KEYS_DIR" in said
    (tmp_path / "open").mkdir(mode=0o755)
    (tmp_path / "open").chmod(0o755)
    assert f"chmod 700 {tmp_path / 'open'}" in refused(KEYS_DIR=tmp_path / "open")


def test_a_full_disk_at_the_first_start(refused: Callable[..., str], tmp_path: Path) -> None:
    with small_disk() as disk:
        if not disk:
            pytest.skip("A FULL DISK WAS NOT TRIED: making a small one takes root, and a system that mounts tmpfs.")
        fill(disk)
        on_it = {"DATA": disk / "data", "DATABASE_URL": f"sqlite:///{disk / 'data/circle.db'}"}
        said = refused(**on_it, KEYS_DIR=tmp_path / "keys")
        assert said.startswith(f"The disk of {disk / 'data'} is full. Make room")
        assert refused(KEYS_DIR=disk / "keys").startswith(f"The disk of {disk / 'keys'} is full.")
        assert not (disk / "keys/door").exists(), "an empty key is no key"
        shutil.rmtree(disk / "keys", ignore_errors=True)


def test_what_a_stop_left_undone_is_done_once_something_can_be_written(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessions.database.LONGEST_WAIT_SECONDS", 0.1)
    app = make_app()
    circle = desk(app, "ana").open()
    (Path(app.config["KEYS_DIR"]) / f"{circle.id}.key").unlink()  # as a power cut does
    with closing(sqlite3.connect(app.config["DATA"] / "circle.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not server.take_up(app, alone=True) and rows(app, "circles") == 1
        other.execute("ROLLBACK")
    assert server.take_up(app, alone=False) and rows(app, "circles") == 0


@pytest.mark.parametrize("name", ["PORT", "PRACTICE_SECONDS", "OPEN_CIRCLE_PROXIES"])
def test_a_number_that_is_none(name: str, monkeypatch: pytest.MonkeyPatch, refused: Callable[..., str]) -> None:
    monkeypatch.setenv(name, "five thousand")
    assert refused().startswith(f"{name} is no number: five thousand.")


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(CannotStart) as refused:
        server.listen_on("127.0.0.1", port := other.getsockname()[1])
    said = one_line(refused)
    assert said.startswith(f"Port {port} is taken by another program") and f"PORT={port + 1}" in said


def test_an_address_that_is_not_this_computers() -> None:
    with pytest.raises(CannotStart) as refused:
        server.listen_on(NOBODYS, 0)
    assert one_line(refused).startswith(f"HOST is {NOBODYS}, and that is no address of this computer.")


def test_a_clock_that_is_wrong_is_said_and_stops_nobody(make_app: MakeApp, capsys: pytest.CaptureFixture[str]) -> None:
    greeting.say(make_app(), datetime(1970, 1, 1, tzinfo=UTC))
    assert "The clock of this computer says 1970." in capsys.readouterr().out
    greeting.say(make_app(), datetime(2026, 11, 22, tzinfo=UTC))
    assert "clock" not in capsys.readouterr().out


def test_its_own_https_without_a_network_of_its_own_or_with_an_address_in_the_clear(
    refused: Callable[..., str],
) -> None:
    assert "--lan --https" in refused(ADDRESS="https://circle.example.org", OWN_HTTPS=True)
    assert "OPEN_CIRCLE_ADDRESS" in refused(ADDRESS="http://192.168.1.20:5000", OWN_HTTPS=True, LAN=True)


def test_a_certificate_that_others_can_read(data: Path) -> None:
    file = certificate.own(data, []).file
    os.chmod(file, 0o644)
    with pytest.raises(CannotStart) as refused:
        certificate.own(data, [])
    assert f"chmod 600 {file}" in one_line(refused)
