"""Erased means erased: afterwards no byte of what was said, typed or known is in any file the server keeps."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sessions.circle import circles, doors, lock
from sessions.circle.vault import KeyGone, Vault
from sessions.database import Database
from tests.found import found
from tests.people import Circle, Phone, Staff
from tests.server import PASSPHRASE, Server

WORDS = {
    "title": "kingfisher-title",
    "note": "kingfisher-note",
    "check-in": "kingfisher-check-in",
    "waiting": "kingfisher-waiting",
    "shown": "kingfisher-shown",
    "taken back": "kingfisher-taken-back",
    "wiped": "kingfisher-wiped",
    "set aside": "kingfisher-set-aside",
    "too long": "kingfisher-too-long",
    "rule": "kingfisher-rule",
    "reworded": "kingfisher-reworded",
    "tag": "drug:mixing",
    "wrong code": "kingfisher-wrong-code",
    "wrong passphrase": "kingfisher-wrong-passphrase",
    "PIN": "47182935",
    "wrong PIN": "47182936",
    "agent": "kingfisher-agent/7.0",
    "address in a header": "203.0.113.77",
    "language": "sw-KE",
}
ADDRESS = "127.0.0.77"
"""Where these phones really ask from, if this system's loopback is that wide."""


@pytest.fixture
def backup() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="oc-") as folder:
        yield Path(folder) / "backup"


def test_nothing_of_an_evening_is_left(server: Server, ana: Staff, backup: Path) -> None:
    circle = ana.open_circle(WORDS["title"], appear="handfuls", pin=WORDS["PIN"])
    printed = server.output()
    phones = an_evening(server, ana, circle)
    markers = {name: words.encode() for name, words in WORDS.items()} | secrets_of(server, circle, phones)
    key = (server.keys / f"{circle.id}.key").read_bytes()

    shutil.copytree(server.data, backup)  # a backup takes the data folder, and never the keys
    assert found(markers | {"key": key}, backup) == []
    assert found(markers, server.keys) == []
    pin_hash = lock.kept_pin(Vault(server.keys).door_key(), circle.id, WORDS["PIN"]) or ""
    assert found({"hash of the PIN": pin_hash.encode()}, server.data) != []

    assert ana.act(circle.id, "close").status == 204
    assert ana.act(circle.id, "erase").status == 204
    everything = markers | {"key": key, "circle": circle.id.encode(), "name of its key": f"{circle.id}.key".encode()}
    everything |= {"hash of the PIN": pin_hash.encode()}
    assert found(everything, server.folder) == []
    assert list(server.keys.glob("*.key")) == []
    assert list(server.temporary.iterdir()) == []
    assert server.output() == printed

    server.stop()
    assert found(everything, server.folder) == []
    server.start()
    assert found(everything, server.folder) == []


def test_the_search_would_find_them(server: Server) -> None:
    (server.data / "notes.txt").write_text("they said kingfisher-note here")
    try:
        assert found({"note": b"kingfisher-note"}, server.folder) == ["note in notes.txt"]
    finally:
        (server.data / "notes.txt").unlink()


def test_the_key_is_what_opens_a_backup_and_nothing_else_does(server: Server, ana: Staff, backup: Path) -> None:
    circle = ana.open_circle(WORDS["title"])
    shutil.copytree(server.data, backup)
    shutil.copytree(server.keys, backup / "stolen-keys")
    assert door_of(circle.id, backup, backup / "stolen-keys").title == WORDS["title"]
    ana.act(circle.id, "close")
    ana.act(circle.id, "erase")
    with pytest.raises(KeyGone):
        door_of(circle.id, backup, server.keys)


def an_evening(server: Server, ana: Staff, circle: Circle) -> list[Phone]:
    """Everything that can be said and tried, with a marker in each, from a phone that tells all about itself."""
    tells_all = {"User-Agent": WORDS["agent"], "X-Real-IP": WORDS["address in a header"]}
    phones = [Phone(server, WORDS["language"], **tells_all) for _ in range(3)]
    for phone in phones:
        phone.source = (ADDRESS, 0) if sys.platform == "linux" else None
        phone.knock(WORDS["wrong code"])
        assert phone.get("/", **{"X-Forwarded-For": WORDS["address in a header"]}).status == 400
        phone.come_in(circle)
    ben, cleo, _ = phones
    with ben.listen():
        for kind in ("note", "taken back", "wiped", "set aside", "shown"):
            ben.note(WORDS[kind], [WORDS["tag"]])
        cleo.check_in(WORDS["check-in"], [WORDS["tag"]])
        cleo.note(WORDS["waiting"])
        assert cleo.send("notes", WORDS["too long"] * 100).status == 422
        ids = {text: share_id for share_id, text in ben.catch_up().wall("notes").items()}
        ben.take_back(ids[WORDS["taken back"]])
        ana.act(circle.id, f"shares/{ids[WORDS['wiped']]}/wipe")
        ana.act(circle.id, f"shares/{ids[WORDS['set aside']]}/set-aside")
        ana.act(circle.id, "rules", words=WORDS["rule"])
        rule = ana.console(circle.id).find(r'id="rule-(\w+)"')
        ana.act(circle.id, f"rules/{rule}/reword", words=WORDS["reworded"])
        ana.act(circle.id, "blank")
        ana.act(circle.id, "unblank", passphrase=WORDS["wrong passphrase"])
        ana.act(circle.id, "unblank", passphrase=PASSPHRASE)
        ana.act(circle.id, "blank")
        assert ana.act(circle.id, "unblank", pin=WORDS["wrong PIN"]).status == 422
        assert ana.act(circle.id, "unblank", pin=WORDS["PIN"]).status == 204
    return phones


def secrets_of(server: Server, circle: Circle, phones: list[Phone]) -> dict[str, bytes]:
    """What nobody typed but must be gone too: code, link, cookies, tokens, the address."""
    link = door_of(circle.id, server.data, server.keys).link
    digits = circle.code.replace(" ", "")
    secrets = {"code": digits, "code with spaces": circle.code, "link": link, "address": ADDRESS}
    for number, phone in enumerate(phones):
        secrets |= {f"cookie {number}": phone.cookies["circle"], f"form token {number}": phone.token}
    assert len(set(secrets.values())) == len(secrets)
    return {name: words.encode() for name, words in secrets.items()}


def door_of(circle_id: str, data: Path, keys: Path) -> doors.Door:
    database = Database(f"sqlite:///{data / 'open-circle.db'}")
    try:
        with database.read() as db:
            circle = db.get(circles.Circle, circle_id)
            assert circle
            return doors.sign(Vault(keys), circle)
    finally:
        database.close()
