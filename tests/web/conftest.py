"""The app of one test on folders of its own, and the cast. Waiting for a wrong code takes no time here."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from facilitator import create_app
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


@pytest.fixture
def make_app(tmp_path: Path, compiled: FileSystemBytecodeCache, migrated: Path) -> Iterator[MakeApp]:
    """Makes an app on a folder of this test; `ADDRESS` and other settings may be given."""
    made = []

    def make(folder: str = "house", **settings: Any) -> Flask:
        here = tmp_path / folder
        given = {
            "DATA": here / "data",
            "KEYS_DIR": here / "keys",
            "DATABASE_URL": f"sqlite:///{here / 'data' / 'circle.db'}",
            "ADDRESS": "http://circle.test",
            "LAN": False,
            "PROXIES": 0,
            "PRACTICE_SECONDS": 3600.0,  # no made-up member comes unless a test lets them
        }
        if not (here / "data" / "circle.db").exists():
            (here / "data").mkdir(parents=True, exist_ok=True)
            shutil.copy(migrated, here / "data" / "circle.db")
        made.append(create_app(given | settings))
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
