"""The line of one circle: its changes are told in the order in which they were made, however long each took to keep."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TypeVar

R = TypeVar("R")


class InOrder:
    """Who changes one circle. Many may wait at once for the disk; one after the other they tell what they did."""

    def __init__(self) -> None:
        self._door = threading.Lock()
        self._last = _Place(None)
        self._last.left.set()

    def keep(self, hand_in: Callable[[], "Future[R]"], tell: Callable[[R], None]) -> R:
        """Hand in a change, wait until it is durable, and `tell` its answer after everybody who is ahead in line."""
        with self._door:  # so that the order of the line is that in which changes were handed in
            answered = hand_in()
            place = self._last = _Place(self._last)
        try:
            answer = answered.result()
            place.wait()
            tell(answer)
        finally:
            place.leave()
        return answer

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else of this circle changes or tells anything meanwhile."""
        with self._door:
            _Place(self._last).wait()
            yield


class _Place:
    """A place in line. Who leaves before their turn has come leaves those behind them with the one ahead."""

    def __init__(self, ahead: "_Place | None") -> None:
        self.ahead, self.left = ahead, threading.Event()

    def wait(self) -> None:
        """Wait until everybody ahead has left."""
        while self.ahead:
            self.ahead.left.wait()
            self.ahead = self.ahead.ahead

    def leave(self) -> None:
        """Those who left before are held no longer, or many who are refused would all be kept until one is not."""
        while self.ahead and self.ahead.left.is_set():
            self.ahead = self.ahead.ahead
        self.left.set()
