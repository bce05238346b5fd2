"""A PIN on the real server: tries that are sent at once are looked at one by one, while everybody else goes on."""

import time
from concurrent.futures import ThreadPoolExecutor

from facilitator.patience import FIRST_SECONDS
from facilitator.unlock import MOST_IN_LINE
from tests.people import Page, Phone, Staff
from tests.server import Server

PIN = "4718"


def test_trying_many_at_once_is_no_faster_and_holds_nobody_else_up(server: Server, ana: Staff) -> None:
    circle, other = ana.open_circle(pin=PIN), ana.open_circle()
    ben = Phone(server).come_in(other)
    ana.act(circle.id, "blank")
    began = time.monotonic()

    def guess(number: int) -> Page:
        return ana.act(circle.id, "unblank", pin=str(number))

    with ThreadPoolExecutor(8) as threads:
        sent = [threads.submit(guess, number) for number in range(4719, 4719 + 8)]
        ben.note("meanwhile")
        assert "meanwhile" in ben.catch_up().wall("notes").values()
        answers = [one.result() for one in sent]
    looked_at = [answer for answer in answers if "That is not the PIN." in answer.text]
    # One slow client may come when the line has moved on: never more are looked at than time allows for.
    assert len(looked_at) >= MOST_IN_LINE and {answer.status for answer in answers} == {422}
    assert time.monotonic() - began >= 2 * FIRST_SECONDS * len(looked_at)
    assert ana.act(circle.id, "unblank", pin=PIN).status == 204
