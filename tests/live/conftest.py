"""One real server for all of these tests, and the people around it. Each test opens a circle of its own."""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from sessions.database import random_id
from tests.people import Circle, Phone, Staff
from tests.server import Server


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """On SQLite; with OC_LIVE_ON=postgresql, as `dev.py long` says, on a real PostgreSQL."""
    with ExitStack() as stack:
        on = {}
        if os.environ.get("OC_LIVE_ON") == "postgresql":
            on["DATABASE_URL"] = request.getfixturevalue("postgres").fresh(f"live_{random_id()}")
        server = stack.enter_context(Server(**on))
        server.add_account("ana@example.org", "facilitator", name="Ana")
        server.add_account("flor@example.org", "facilitator", name="Flor")
        server.add_account("esi@example.org", "housing")
        yield server


@pytest.fixture(scope="session")
def ana(server: Server) -> Staff:
    """Leads circles."""
    return Staff(server, "ana@example.org")


@pytest.fixture(scope="session")
def flor(server: Server) -> Staff:
    """Leads circles too, but not this one."""
    return Staff(server, "flor@example.org")


@pytest.fixture(scope="session")
def esi(server: Server) -> Staff:
    """Works for the housing provider."""
    return Staff(server, "esi@example.org")


@pytest.fixture
def circle(ana: Staff) -> Circle:
    """Ana's circle, where shares appear at once: what is told is easy to see."""
    return ana.open_circle()


@pytest.fixture
def ben(server: Server, circle: Circle) -> Phone:
    return Phone(server).come_in(circle)


@pytest.fixture
def cleo(server: Server, circle: Circle) -> Phone:
    return Phone(server).come_in(circle)


@pytest.fixture
def dov(server: Server, ana: Staff) -> Phone:
    """In another circle of the same evening."""
    return Phone(server).come_in(ana.open_circle("Next door"))
