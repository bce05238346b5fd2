"""One at a time, and whoever has anything else to do goes past them (`facilitator.pacing`)."""

import threading
from collections.abc import Callable

import gevent
import gevent.event
from gevent import socket

from facilitator.pacing import OneAtATime

CROWD, STEPS, SOON = 20, 5, 30.0


def in_a_loop_of_its_own(*greenlets: Callable[[], None]) -> None:
    """Run them all in a thread, as gevent's loops belong to threads, and wait until they are done."""

    def run() -> None:
        gevent.joinall([gevent.spawn(one) for one in greenlets], raise_error=True)
        gevent.get_hub().destroy(destroy_loop=True)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(SOON)
    assert not thread.is_alive()


def test_a_crowd_that_comes_in_is_passed_by_whoever_waits_for_the_network() -> None:
    line, order = OneAtATime(), list[str]()

    def comes_in() -> None:
        line.step_in()
        order.append("came in")

    def writes() -> None:
        near, far = socket.socketpair()
        with near, far:
            for _ in range(STEPS):
                socket.wait_write(near.fileno())
        order.append("wrote")

    in_a_loop_of_its_own(*[comes_in] * CROWD, writes)
    assert len(order) == CROWD + 1
    assert order.index("wrote") <= STEPS * 2


def test_a_turn_ends_with_whatever_is_waited_for() -> None:
    line, order = OneAtATime(), list[str]()
    opened = gevent.event.Event()

    def waits_for_a_code() -> None:
        line.step_in()
        assert opened.wait(SOON)
        order.append("the first")

    def comes_in() -> None:
        line.step_in()
        order.append("the next")
        opened.set()

    in_a_loop_of_its_own(waits_for_a_code, comes_in)
    assert order == ["the next", "the first"]
