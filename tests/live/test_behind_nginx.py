"""Several processes behind the nginx that docs has: a circle's people meet in one of them, and lose nothing."""

import secrets
from collections.abc import Iterator

import pytest

from tests import nginx, postgres, redis_server
from tests.people import Circle, Phone, Staff
from tests.server import Reached, Server, free_port

MISSED_WITHIN = 60.0


class Behind(Server):
    """A process whose people come through nginx."""

    def __init__(self, front: "Front", port: int, **environment: str) -> None:
        super().__init__(OPEN_CIRCLE_ADDRESS=front.address, OPEN_CIRCLE_PROXIES="1", PORT=str(port), **environment)
        self.port = port


class Front(Reached):
    """What people see of the house: nginx."""

    def __init__(self, port: int) -> None:
        self.port, self.address = port, f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def house() -> Iterator[tuple[Front, Behind, Behind]]:
    with postgres.Postgres() as cluster, redis_server.RedisServer() as redis:
        shared = {"DATABASE_URL": cluster.fresh("house"), "MESSAGE_QUEUE_URL": redis.url}
        shared["SECRET_KEY"] = secrets.token_hex(32)
        ports = free_port(), free_port()
        with nginx.Nginx(*ports) as proxy:
            front = Front(proxy.port)
            with (
                Behind(front, ports[0], **shared) as east,
                Behind(front, ports[1], KEYS_DIR=str(east.keys), **shared) as west,
            ):
                east.add_account("ana@example.org", "facilitator", name="Ana")
                yield front, east, west
            written = {path.name: path.read_bytes() for path in proxy.files() if path.name != "nginx.conf"}
            assert [name for name, held in written.items() if b"127.0.0.1" in held] == []


@pytest.fixture
def ana(house: tuple[Front, Behind, Behind]) -> Staff:
    return Staff(house[0], "ana@example.org")  # type: ignore[arg-type]  # as much of a server as a visitor sees


def come_in(house: tuple[Front, Behind, Behind], circle: Circle) -> Phone:
    return Phone(house[0]).come_in(circle)  # type: ignore[arg-type]


def test_the_people_of_a_circle_meet_in_one_process(house: tuple[Front, Behind, Behind], ana: Staff) -> None:
    """What one of them says goes straight to the others' sockets: it comes as a push, and not as word of a version."""
    for number in range(4):
        circle = ana.open_circle(f"Evening {number}")
        ben, cleo = come_in(house, circle), come_in(house, circle)
        with cleo.listen() as phone, ana.listen(circle=circle.id) as console:
            ben.check_in("Ate first.")
            for socket in (phone, console):
                told = socket.wait_for(lambda heard: heard.event == "stream" and heard.data["ops"], MISSED_WITHIN)
                assert told


def test_a_process_that_dies_loses_nothing_and_its_people_go_on_in_the_other(
    house: tuple[Front, Behind, Behind], ana: Staff
) -> None:
    circle = ana.open_circle("A long evening")
    ben, cleo = come_in(house, circle), come_in(house, circle)
    for gone in house[1:]:
        said = f"Before process {gone.port} went."
        ben.note(said)
        gone.kill()
        try:
            assert said in cleo.here().wall("notes").values()
            ben.note(f"After process {gone.port} went.")
            with cleo.listen() as socket:
                ben.check_in("Still here.")
                socket.wait_for(lambda heard: heard.event in ("stream", "beat"), MISSED_WITHIN)
        finally:
            gone.start()
    assert len(cleo.here().wall("notes")) == 4


def test_a_phone_that_leaves_keeps_nothing_of_the_way_it_was_sent(
    house: tuple[Front, Behind, Behind], ana: Staff
) -> None:
    ben = come_in(house, ana.open_circle("A short evening"))
    assert "lane" in ben.cookies
    ben.leave()
    assert ben.cookies == {}
