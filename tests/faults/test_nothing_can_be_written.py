"""The real server while nothing can be written: posts are told so, nothing is kept or told, and pages are read.

Once the cause is gone, what is sent again under its key is kept once, without anybody doing anything to the server.
"""

import errno
import json
import os
import resource
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from tests.people import Circle, Page, Phone, Staff, Visitor
from tests.server import ROOT, Server

NOT_SAVED = "This is not saved yet. Wait a moment, then send it again."
RECOVERS_WITHIN = 60.0
FEW_FILES = 12
"""Handles that are left over what the server has open."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """On a disk of its own that is soon full, where we may make one."""
    with small_disk() as disk, Server(**({"OPEN_CIRCLE_DATA": str(disk)} if disk else {})) as server:
        server.data = disk or server.data
        server.add_account("ana@example.org", "facilitator", name="Ana")
        yield server


@contextmanager
def small_disk() -> Iterator[Path | None]:
    """An empty folder that holds four megabytes; None where only somebody with more rights could make one."""
    folder = Path(tempfile.mkdtemp(prefix="oc-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", str(folder)]
    made = os.geteuid() == 0 and shutil.which("mount") and subprocess.run(mount, capture_output=True).returncode == 0
    try:
        yield folder if made else None
    finally:
        if made:
            subprocess.run(["umount", str(folder)], check=True)
        folder.rmdir()


@contextmanager
def somebody_holds_it(server: Server) -> Iterator[None]:
    """Another process writes for longer than anybody waits."""
    with opened(server) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def disk_full(server: Server) -> Iterator[None]:
    if not server.data.is_mount():
        pytest.skip("A FULL DISK WAS NOT TRIED: making a small one takes root, and a system that mounts tmpfs.")
    with opened(server) as other:  # what the log of writes has room for already could still be written
        assert other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    filler = fill(server.data)
    yield
    filler.unlink()


def fill(disk: Path) -> Path:
    """Leave no room on a small disk. Returns the file to take away again."""
    filler = disk / "filler"
    try:
        with filler.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))
    except OSError as full:
        assert full.errno == errno.ENOSPC
    return filler


@contextmanager
def every_write_fails(server: Server) -> Iterator[None]:
    """Files can be read and not written, as on a disk that the system has taken to be broken."""
    with limited(server, resource.RLIMIT_FSIZE, 0):
        yield


@contextmanager
def no_handle_left(server: Server) -> Iterator[None]:
    """So many connections are open that not one file or connection more can be."""
    with limited(server, resource.RLIMIT_NOFILE, handles(server) + FEW_FILES), ExitStack() as lines:
        for _ in range(FEW_FILES * 2):
            line = lines.enter_context(socket.socket())
            line.connect(("127.0.0.1", server.port))
        yield


@contextmanager
def limited(server: Server, what: int, most: int) -> Iterator[None]:
    assert server.process
    before = resource.prlimit(server.process.pid, what)
    resource.prlimit(server.process.pid, what, (most, before[1]))
    try:
        yield
    finally:
        resource.prlimit(server.process.pid, what, before)


def handles(server: Server) -> int:
    assert server.process
    return max(int(name) for name in os.listdir(f"/proc/{server.process.pid}/fd"))


@contextmanager
def opened(server: Server) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(server.data / "open-circle.db", isolation_level=None, timeout=30)) as other:
        yield other


Cause = Callable[[Server], AbstractContextManager[None]]


@pytest.mark.parametrize("cause", [somebody_holds_it, disk_full, every_write_fails])
def test_posts_are_told_so_and_kept_once_when_it_is_over(
    cause: Cause, server: Server, ana: Staff, report: Callable[[str], None]
) -> None:
    circle, printed = ana.open_circle(), len(server.output())
    ben, cleo = Phone(server).come_in(circle), Phone(server).come_in(circle)
    version, keys = cleo.catch_up().version, [str(uuid.uuid4()) for _ in range(4)]
    with cleo.listen() as socket_of_cleo, ThreadPoolExecutor(8) as thumbs:
        with cause(server):
            sent = [thumbs.submit(ben.send, "notes", f"note {n}", (), key) for n, key in enumerate(keys[:3])]
            page = thumbs.submit(post_by_hand, ben, "note 3", keys[3])
            console = thumbs.submit(ana.act, circle.id, "pause")
            slowest = reads_on(server, circle, ana, cleo)
            for answer in [*(each.result() for each in sent), console.result()]:
                assert (answer.status, answer.text.strip()) == (503, f'<p class="error">{NOT_SAVED}</p>')
            given_back = page.result()
            assert given_back.status == 503 and NOT_SAVED in given_back.text
            assert ">\nnote 3</textarea>" in given_back.text or ">note 3</textarea>" in given_back.text
            assert (Visitor(server).get("/readyz").status, Visitor(server).get("/readyz").text) == (503, "waiting")
            reads_on(server, circle, ana, cleo)
            assert cleo.catch_up().version == version and not socket_of_cleo.streams()
        report(f"{cause.__name__}: pages in {slowest * 1000:.0f} ms at most")
        assert ready_again(server)
        for n, key in enumerate(keys):
            ben.note(f"note {n}", key=key)
            ben.note(f"note {n}", key=key)
        socket_of_cleo.wait_for_version(version + 4)
        assert socket_of_cleo.versions() == [version + n for n in (1, 2, 3, 4)]
    assert list(cleo.catch_up().wall("notes").values()) == [f"note {n}" for n in range(4)]
    logged = server.output()[printed:]
    assert '"kind": "NotNow"' in logged or cause is every_write_fails, "and one to the log fails too"
    for told in ("note 0", NOT_SAVED, *keys, circle.id, "127.0.0.1", "Traceback"):
        assert told not in logged


def test_a_file_that_may_only_be_read_is_written_again_as_soon_as_it_may_be() -> None:
    program = [sys.executable, "-m", "tests.faults.read_only"]
    told = json.loads(subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    if not told.pop("heeds"):
        pytest.skip("A FILE THAT MAY ONLY BE READ WAS NOT TRIED: whoever runs this may write any file.")
    # The first one after it finds out, and is sent again as any other.
    after = ["not now", "kept", "kept"]
    assert told == {"while": ["not now"] * 3, "at once": True, "read": 0, "after": after, "kept": 2}


def test_with_no_handle_left_it_goes_on_when_there_are_some_again(server: Server, ana: Staff) -> None:
    circle = ana.open_circle()
    ben = Phone(server).come_in(circle)
    with no_handle_left(server):
        time.sleep(1.0)
    assert ready_again(server)
    ben.note("after the crowd")
    assert list(ben.catch_up().wall("notes").values()) == ["after the crowd"]


def test_on_a_full_disk_a_circle_is_erased_all_the_same(server: Server, ana: Staff) -> None:
    circle = ana.open_circle()
    Phone(server).come_in(circle).note("gone all the same")
    assert ana.act(circle.id, "close").status == 204
    with disk_full(server):
        assert ana.act(circle.id, "erase").status == 503
        assert not (server.keys / f"{circle.id}.key").exists()
    assert ready_again(server)


def test_started_again_on_a_full_disk_it_says_so_and_pages_are_read(server: Server, ana: Staff) -> None:
    circle = ana.open_circle()
    ben = Phone(server).come_in(circle)
    ben.note("said before")
    with disk_full(server):
        server.kill()
        printed = len(server.output())
        server.start()
        assert "is nearly full. When it is, nothing more can be saved." in server.output()[printed:]
        assert list(ben.here().wall("notes").values()) == ["said before"]
        assert ben.send("notes", "said meanwhile").status == 503
    assert ready_again(server)
    ben.note("said after")


def post_by_hand(phone: Phone, text: str, key: str) -> Page:
    """As a browser without scripts does."""
    return phone.post("/here/notes", {"text": text, "key": key, "csrf_token": phone.token})


def reads_on(server: Server, circle: Circle, ana: Staff, cleo: Phone) -> float:
    """Everybody reads. Returns the seconds that the slowest page took."""
    slowest = 0.0
    for ask in (cleo.here, cleo.catch_up, lambda: ana.console(circle.id), lambda: Visitor(server).get("/healthz")):
        began = time.monotonic()
        assert ask().status == 200
        slowest = max(slowest, time.monotonic() - began)
    return slowest


def ready_again(server: Server) -> bool:
    until = time.monotonic() + RECOVERS_WITHIN
    while time.monotonic() < until:
        try:
            if Visitor(server).get("/readyz").status == 200:
                return True
        except OSError:
            pass
        time.sleep(0.1)
    return False
