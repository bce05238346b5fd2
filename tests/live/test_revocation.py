"""An account that may not hear any more hears nothing more: how long that takes, over many tries."""

import random
import statistics
import time
from collections.abc import Callable

import pytest

from tests.people import Admin, Circle, Staff
from tests.server import PASSPHRASE, Server

WITHIN = 1.0
HANA = "hana@example.org"
WAYS = ("sign out", "sign out everywhere", "a new passphrase", "another role", "turned off")


@pytest.fixture(scope="module")
def gus(server: Server) -> Admin:
    server.add_account("gus@example.org", "admin")
    server.add_account(HANA, "facilitator")
    return Admin(server, "gus@example.org")


class Hana:
    """She leads a circle and listens to it, until she may not any more."""

    def __init__(self, server: Server, gus: Admin) -> None:
        self.server, self.gus, self.page = server, gus, gus.account(HANA)
        self.desk = Staff(server, HANA)
        self.circle: Circle = self.desk.open_circle()

    def until_cut_off(self, way: str) -> float:
        """Take it away from her in this way, and give it back. Returns the seconds until her socket was gone."""
        other = Staff(self.server, HANA)
        with other.listen(circle=self.circle.id) as socket:
            at = time.monotonic()
            self._take_away(way, other)
            took = socket.wait_until_closed(within=WITHIN * 10) - at
        assert took < WITHIN * 10 and (way == "sign out" or not self._may_listen(other))
        self._give_back(way)
        return took

    def _take_away(self, way: str, other: Staff) -> None:
        if way == "sign out":
            other.sign_out()
        elif way == "sign out everywhere":
            assert self.desk.post("/staff/account/sign-out-everywhere", {"csrf_token": self.desk.token}).status == 303
        elif way == "a new passphrase":
            form = {"csrf_token": self.desk.token, "old": PASSPHRASE, "passphrase": PASSPHRASE}
            assert self.desk.post("/staff/account/passphrase", form).status == 303
        elif way == "another role":
            self.gus.change(self.page, "role", role="housing")
        else:
            self.gus.change(self.page, "disable")

    def _give_back(self, way: str) -> None:
        if way == "turned off":
            self.gus.change(self.page, "enable")
        if way == "another role":
            self.gus.change(self.page, "role", role="facilitator")
        if way not in ("sign out", "a new passphrase"):
            self.desk = Staff(self.server, HANA)
        if way in ("turned off", "another role"):  # her circle was closed with it
            self.desk.act(self.circle.id, "erase")
            self.circle = self.desk.open_circle()

    def _may_listen(self, browser: Staff) -> bool:
        return browser.get(f"/lead/{self.circle.id}").status == 200


@pytest.mark.parametrize("way", WAYS)
def test_whoever_lost_the_right_is_cut_off_within_a_second(
    way: str, server: Server, gus: Admin, report: Callable[[str], None]
) -> None:
    took = Hana(server, gus).until_cut_off(way)
    report(f"cut off {took:.3f} s after: {way}")
    assert took < WITHIN


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_two_hundred_times(server: Server, gus: Admin, seed: int, report: Callable[[str], None]) -> None:
    dice, hana = random.Random(seed), Hana(server, gus)
    took = sorted(hana.until_cut_off(dice.choice(WAYS)) for _ in range(200))
    report(f"200 tries: median {statistics.median(took):.3f} s, p99 {took[197]:.3f} s, longest {took[-1]:.3f} s")
    assert took[-1] < WITHIN * 10
