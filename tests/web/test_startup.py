"""It does not start on what would not keep people safe, and says in one line what to change."""

import os
import stat
from pathlib import Path

import pytest

from facilitator import settings
from facilitator.startup import CannotStart
from sessions.database import Database, random_id
from sessions.migrations import RELEASES, upgrade
from tests.rules.test_migrations import OPEN, put
from tests.web.cast import MakeApp, Phone

STRONG = "".join(f"{number:02x}" for number in range(32))


@pytest.mark.parametrize(
    ("address", "lan"),
    [
        ("https://circle.example.org", False),
        ("https://circle.example.org", True),
        ("http://127.0.0.1:5000", False),
        ("http://127.8.9.10", False),
        ("http://[::1]:5000", False),
        ("http://localhost:5000", False),
        ("http://circle.localhost", False),
        ("http://192.168.1.20:5000", True),
        ("http://10.0.0.7", True),
        ("http://172.31.255.1", True),
        ("http://169.254.3.4", True),
        ("http://[fe80::1]", True),
        ("http://laptop.local:5000", True),
    ],
)
def test_these_addresses_are_fine(address: str, lan: bool, make_app: MakeApp) -> None:
    app = make_app(ADDRESS=address, LAN=lan)
    assert app.config["SECURE"] == address.startswith("https")
    assert app.config["LAN"] == (lan and not app.config["SECURE"]), "behind HTTPS there is no laptop mode"


@pytest.mark.parametrize(
    ("address", "lan"),
    [
        ("http://circle.example.org", False),
        ("http://circle.example.org", True),
        ("http://203.0.113.5", True),
        ("http://100.64.0.1", True),
        ("http://172.32.0.1", True),
        ("http://0.0.0.0:5000", True),
        ("http://192.168.1.20:5000", False),
        ("http://laptop.local", False),
        ("http://laptop.local.example.org", True),
        ("http://localhost.example.org", True),
        ("http://127.0.0.1.example.org", True),
        ("ftp://127.0.0.1", False),
        ("circle.example.org", False),
        ("https://", False),
        ("http://[::1", False),
    ],
)
def test_it_does_not_start_in_the_clear_outside_a_laptops_own_network(
    address: str, lan: bool, make_app: MakeApp
) -> None:
    with pytest.raises(CannotStart) as refused:
        make_app(ADDRESS=address, LAN=lan)
    assert "https://" in one_line(refused)


@pytest.mark.parametrize("token", ["secret", STRONG[:31], "abababab" * 8])
def test_it_does_not_start_on_a_weak_token_for_a_monitor(token: str, make_app: MakeApp) -> None:
    with pytest.raises(CannotStart) as refused:
        make_app(METRICS_TOKEN=token)
    assert "OPEN_CIRCLE_METRICS_TOKEN" in one_line(refused) and token not in one_line(refused)


@pytest.mark.parametrize("secret", ["", "secret", STRONG[:31], "change-me" * 9, "abababab" * 8])
def test_it_does_not_start_on_a_weak_secret(secret: str, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CannotStart) as refused:
        make_app(SECRET_KEY=secret)
    assert "SECRET_KEY" in one_line(refused)
    assert not secret or secret not in one_line(refused)
    if secret:
        monkeypatch.setenv("SECRET_KEY", secret)
        with pytest.raises(CannotStart):
            make_app()


def test_a_strong_secret_is_taken_from_the_environment(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", STRONG)
    assert make_app().config["SECRET_KEY"] == STRONG


def test_left_alone_it_makes_a_secret_of_its_own_that_nobody_else_can_read(make_app: MakeApp) -> None:
    one, other = make_app("one"), make_app("other")
    assert len(one.config["SECRET_KEY"]) == 64 and one.config["SECRET_KEY"] != other.config["SECRET_KEY"]
    file = one.config["DATA"] / "secrets.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_it_does_not_start_on_secrets_that_others_can_read(mode: int, make_app: MakeApp) -> None:
    file = make_app().config["DATA"] / "secrets.json"
    os.chmod(file, mode)
    with pytest.raises(CannotStart) as refused:
        make_app()
    assert f"chmod 600 {file}" in one_line(refused)
    os.chmod(file, 0o600)
    assert make_app()


@pytest.mark.parametrize("inside", [".", "keys", "deep/er/keys", "../data/keys"])
def test_it_does_not_start_with_the_keys_inside_the_data_folder(inside: str, make_app: MakeApp, tmp_path: Path) -> None:
    with pytest.raises(CannotStart) as refused:
        make_app(KEYS_DIR=tmp_path / "house" / "data" / inside)
    assert "KEYS_DIR" in one_line(refused)


def test_a_link_into_the_data_folder_is_inside_it_too(make_app: MakeApp, tmp_path: Path) -> None:
    inside = tmp_path / "house" / "data" / "keys"
    inside.mkdir(parents=True)
    (tmp_path / "elsewhere").symlink_to(inside)
    with pytest.raises(CannotStart):
        make_app(KEYS_DIR=tmp_path / "elsewhere")


def test_a_folder_beside_it_with_a_name_alike_is_not(make_app: MakeApp, tmp_path: Path) -> None:
    assert make_app(KEYS_DIR=tmp_path / "house" / "data-keys")


def test_laptop_mode_is_asked_for_and_never_guessed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("OPEN_CIRCLE_LAN", "OPEN_CIRCLE_ADDRESS", "PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOST", "0.0.0.0")
    with pytest.raises(CannotStart):
        settings.load({"DATA": tmp_path})


@pytest.mark.parametrize(("address", "said"), [("http://localhost", True), ("https://circle.test", False)])
def test_a_page_in_the_clear_says_so(address: str, said: bool, make_app: MakeApp) -> None:
    app = make_app(ADDRESS=address)
    for path in ("/", "/staff/sign-in"):
        assert ("This page is not encrypted" in Phone(app).get(path).words("main")) == said
        assert ("Esta página no está cifrada" in Phone(app, "es").get(path).words("main")) == said


def one_line(refused: pytest.ExceptionInfo[CannotStart]) -> str:
    said = str(refused.value)
    assert said and "\n" not in said
    return said


def with_an_open_circle_of_an_earlier_release(data: Path) -> str:
    """The address of such a database."""
    data.mkdir(parents=True)
    database = Database(f"sqlite:///{data / 'old.db'}")
    with database.engine.connect() as connection:
        upgrade(connection, RELEASES[-2])
    ana, told = random_id(), {"name": "Ana", "paid_by": "", "must_report": "", "disabled": False}
    put(database, "accounts", id=ana, email="ana@example.org", role="facilitator", passphrase="hash", **told)
    put(database, "circles", id=random_id(), account_id=ana, **OPEN)
    database.close()
    return database.url


def test_a_newer_release_waits_until_open_circles_have_closed(make_app: MakeApp, tmp_path: Path) -> None:
    url = with_an_open_circle_of_an_earlier_release(tmp_path / "old")
    with pytest.raises(CannotStart) as refused:
        make_app(DATABASE_URL=url)
    assert "A circle is open" in one_line(refused)
    assert make_app(DATABASE_URL=url, UPGRADE_NOW=True)


def test_it_starts_on_an_open_circle_of_its_own_release(make_app: MakeApp, tmp_path: Path) -> None:
    url = with_an_open_circle_of_an_earlier_release(tmp_path / "old")
    make_app(DATABASE_URL=url, UPGRADE_NOW=True)
    assert make_app(DATABASE_URL=url)
