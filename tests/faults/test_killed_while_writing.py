"""kill -9 in the middle of a burst: what was acknowledged is there, and sending all of it again doubles nothing."""

import http.client
import random
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import pytest

from tests.people import Circle, Phone, Staff, shares
from tests.server import STARTS_WITHIN, Server

PHONES = 4


class Sent(NamedTuple):
    """A note that was sent, and whether the server said that it is kept."""

    phone: Phone
    text: str
    key: str
    kept: bool


def test_killed_ten_times(server: Server, ana: Staff, dice: random.Random, report: Callable[[str], None]) -> None:
    cycles = [kill_during_a_burst(server, ana, dice) for _ in range(10)]
    acknowledged, unheard, lost = map(sum, zip(*cycles, strict=True))
    report(f"{acknowledged} acknowledged; of those cut off {unheard} were kept all the same, {lost} were not")
    assert acknowledged >= 10


@pytest.mark.long
@pytest.mark.timeout(3 * 3600)
def test_killed_a_thousand_times(server: Server, ana: Staff, dice: random.Random) -> None:
    for _ in range(1000):
        kill_during_a_burst(server, ana, dice)


def kill_during_a_burst(server: Server, ana: Staff, dice: random.Random) -> tuple[int, int, int]:
    """One cycle, in a circle of its own. Returns how many notes were acknowledged, kept unheard, and not kept."""
    circle = ana.open_circle()
    phones = [Phone(server).come_in(circle) for _ in range(PHONES)]
    first_kept = threading.Event()
    with ThreadPoolExecutor(PHONES) as thumbs, phones[0].listen() as socket:
        bursts = [
            thumbs.submit(write_until_it_dies, phone, f"phone {number}", first_kept)
            for number, phone in enumerate(phones)
        ]
        assert first_kept.wait(STARTS_WITHIN)
        time.sleep(dice.uniform(0.0, 0.5))
        server.kill()
        sent = [one for burst in bursts for one in burst.result()]
        socket.wait_until_closed()
        told = [share_id for push in socket.streams() for op in push.data["ops"] for share_id in shares(op[2])]
    server.start()
    found = phones[0].catch_up().wall("notes")
    texts = list(found.values())
    assert {texts.count(one.text) for one in sent if one.kept} <= {1}
    assert {texts.count(one.text) for one in sent if not one.kept} <= {0, 1}
    assert list(found)[: len(told)] == told, "what was told before the crash stands as it was told"
    everybody_sends_again(sent)
    wall = phones[0].catch_up().wall("notes")
    assert sorted(wall.values()) == sorted(one.text for one in sent)
    assert list(wall)[: len(found)] == list(found)
    erase(ana, circle)
    acknowledged = sum(one.kept for one in sent)
    return acknowledged, len(found) - acknowledged, len(sent) - len(found)


def write_until_it_dies(phone: Phone, name: str, first_kept: threading.Event) -> list[Sent]:
    sent: list[Sent] = []
    while not sent or sent[-1].kept:
        text, key = f"{name}, note {len(sent)}", str(uuid.uuid4())
        try:
            kept = phone.send("notes", text, key=key).status == 200
        except (OSError, http.client.HTTPException):
            kept = False
        sent.append(Sent(phone, text, key, kept))
        if kept:
            first_kept.set()
    return sent


def everybody_sends_again(sent: list[Sent]) -> None:
    with ThreadPoolExecutor(PHONES) as thumbs:
        answers = thumbs.map(lambda one: one.phone.note(one.text, key=one.key), [*sent, *sent[-PHONES:]])
        assert {answer.status for answer in answers} == {200}


def erase(ana: Staff, circle: Circle) -> None:
    assert ana.act(circle.id, "close").status == ana.act(circle.id, "erase").status == 204
