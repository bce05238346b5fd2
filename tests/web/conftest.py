"""The app of one test on folders of its own, and the cast. Waiting for a wrong code takes no time here."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from facilitator import create_app, move_in
from facilitator.patience import Patience
from sessions.database import Database
from tests.web.cast import Browser, Desk, Doors, Ear, MakeApp, Phone, desk


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates, compiled once for all the apps of a run."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with its tables, made once for all the apps of a run: each begins with a copy."""
    file = tmp_path_factory.mktemp("migrated") / "circle.db"
    database = Database(f"sqlite:///{file}")
    database.migrate()
    database.tidy()
    database.close()
    return file


class Built(NamedTuple):
    """An app with all its addresses, which takes longer to make than most tests, and its settings as it was made."""

    app: Flask
    config: dict[str, Any]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, compiled: FileSystemBytecodeCache) -> Built:
    """The app that moves from test to test, each time into a house that nobody has lived in."""
    house = tmp_path_factory.mktemp("built")
    app = create_app(in_house(house))
    app.extensions["database"].close()
    app.jinja_env.bytecode_cache = compiled
    return Built(app, dict(app.config))


def in_house(folder: Path) -> dict[str, Any]:
    """The settings of an app on this folder."""
    return {
        "DATA": folder / "data",
        "KEYS_DIR": folder / "keys",
        "DATABASE_URL": f"sqlite:///{folder / 'data' / 'circle.db'}",
        "ADDRESS": "http://circle.test",
        "LAN": False,
        "PROXIES": 0,
        "PRACTICE_SECONDS": 3600.0,  # no made-up member comes unless a test lets them
    }


@pytest.fixture
def make_app(tmp_path: Path, built: Built, compiled: FileSystemBytecodeCache, migrated: Path) -> Iterator[MakeApp]:
    """Makes an app on a folder of this test; `ADDRESS` and other settings may be given."""
    made: list[Flask] = []

    def make(folder: str = "house", **settings: Any) -> Flask:
        here = tmp_path / folder
        moves = not (settings or made or here.exists())
        if not (here / "data" / "circle.db").exists():
            (here / "data").mkdir(parents=True, exist_ok=True)
            shutil.copy(migrated, here / "data" / "circle.db")
        if moves:
            built.app.config.clear()
            built.app.config.update(built.config)
            move_in(built.app, in_house(here))
        made.append(built.app if moves else create_app(in_house(here) | settings))
        made[-1].jinja_env.bytecode_cache = compiled
        return made[-1]

    yield make
    for app in made:
        app.extensions["database"].close()


@pytest.fixture
def app(make_app: MakeApp, held: list[float]) -> Flask:
    """The app."""
    return make_app()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that answers were held back, on a clock that stands still and with nobody really waiting."""
    seconds: list[float] = []
    for module in ("facilitator.door", "facilitator.staff", "facilitator.unlock"):
        monkeypatch.setattr(sys.modules[module], "tries", Patience(seconds.append, clock=lambda: 0.0))
    return seconds


@pytest.fixture
def ana(app: Flask) -> Desk:
    return desk(app, "ana")


@pytest.fixture
def fay(app: Flask) -> Desk:
    return desk(app, "fay")


@pytest.fixture
def esi(app: Flask) -> Desk:
    return desk(app, "esi", "housing")


@pytest.fixture
def gus(app: Flask) -> Desk:
    return desk(app, "gus", "admin")


@pytest.fixture
def circle(ana: Desk) -> Doors:
    """Ana's circle. Shares go up at once in it; where handfuls matter, a test opens its own."""
    return ana.open(appear="at-once")


@pytest.fixture
def ben(app: Flask, circle: Doors) -> Phone:
    return Phone(app).join(circle.code)


@pytest.fixture
def cleo(app: Flask, circle: Doors) -> Phone:
    return Phone(app).join(circle.code)


@pytest.fixture
def dov(app: Flask, fay: Desk) -> Phone:
    """In another circle, Fay's."""
    return Phone(app).join(fay.open("Wednesday circle", appear="at-once").code)


@pytest.fixture
def stranger(app: Flask) -> Phone:
    return Phone(app)


@pytest.fixture
def listen() -> Iterator[Callable[..., Ear]]:
    """Opens the socket of somebody's page, and closes it after the test."""
    ears: list[Ear] = []

    def open_ear(browser: Browser, circle_id: str = "") -> Ear:
        ears.append(Ear(browser, circle_id))
        return ears[-1]

    yield open_ear
    for ear in ears:
        if ear.let_in:
            ear.client.disconnect()
