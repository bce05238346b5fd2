"""A real server that the tests of one file may kill, and Ana, who leads circles on it."""

import random
from collections.abc import Iterator

import pytest

from tests.people import Staff
from tests.server import Server


@pytest.fixture(scope="module")
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """The `SERVER` of the file that asks, or the one we ship."""
    with getattr(request.module, "SERVER", Server)() as server:
        server.add_account("ana@example.org", "facilitator", name="Ana")
        yield server


@pytest.fixture(scope="module")
def ana(server: Server) -> Staff:
    return Staff(server, "ana@example.org")


@pytest.fixture
def dice(seed: int) -> random.Random:
    """For moments to kill at. OC_SEED throws them again."""
    return random.Random(seed)
