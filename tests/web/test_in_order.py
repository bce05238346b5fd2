"""A circle is told of in the order in which it was changed, whatever each waited for (`facilitator.in_order`)."""

import gc
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

import pytest

from facilitator.in_order import InOrder, _Place

SOON = 30.0


class Write(NamedTuple):
    """What it waits for until it is durable, and what it comes back with once it is told."""

    kept: "Future[int]"
    back: "Future[int]"


def one_more_of(line: InOrder, told: list[int], crowd: ThreadPoolExecutor) -> Callable[[], Write]:
    """Each call lets one more write."""

    def one_more() -> Write:
        kept: Future[int] = Future()
        entered = threading.Event()

        def hand_in() -> Future[int]:
            entered.set()
            return kept

        back = crowd.submit(line.keep, hand_in, told.append)
        assert entered.wait(SOON)
        return Write(kept, back)

    return one_more


def test_many_wait_at_once_and_are_told_in_the_order_of_their_writes() -> None:
    told: list[int] = []
    with ThreadPoolExecutor(8) as crowd:
        one_more = one_more_of(InOrder(), told, crowd)
        writes = [one_more() for _ in range(8)]
        for number in reversed(range(8)):
            assert told == []
            writes[number].kept.set_result(number)
        assert [write.back.result(SOON) for write in writes] == list(range(8))
    assert told == list(range(8))


def test_who_is_refused_holds_nobody_up_and_lets_nobody_pass() -> None:
    told: list[int] = []
    with ThreadPoolExecutor(3) as crowd:
        one_more = one_more_of(InOrder(), told, crowd)
        first, refused, last = one_more(), one_more(), one_more()
        refused.kept.set_exception(ValueError("refused"))
        with pytest.raises(ValueError, match="refused"):
            refused.back.result(SOON)
        last.kept.set_result(3)
        assert told == [] and not last.back.done(), "the first is still ahead of it"
        first.kept.set_result(1)
        assert (first.back.result(SOON), last.back.result(SOON)) == (1, 3)
    assert told == [1, 3]


def test_of_many_who_are_refused_none_is_remembered() -> None:
    def places() -> int:
        gc.collect()
        return sum(isinstance(one, _Place) for one in gc.get_objects())

    line, before = InOrder(), places()
    for _ in range(100):
        refused: Future[int] = Future()
        refused.set_exception(ValueError("refused"))
        with pytest.raises(ValueError, match="refused"):
            line.keep(lambda: refused, list[int]().append)  # noqa: B023 - called at once
    assert places() < before + 50


def test_alone_begins_when_all_are_told_and_lets_nobody_in() -> None:
    line, told = InOrder(), []
    erased, may_end = threading.Event(), threading.Event()

    def erase() -> None:
        with line.alone():
            told.append(0)
            erased.set()
            assert may_end.wait(SOON)

    with ThreadPoolExecutor(3) as crowd:
        kept, back = one_more_of(line, told, crowd)()
        erasing = crowd.submit(erase)
        assert not erased.is_set()
        kept.set_result(1)
        assert back.result(SOON) == 1 and erased.wait(SOON)
        after: Future[int] = Future()
        after.set_result(2)
        late = crowd.submit(line.keep, lambda: after, told.append)
        assert told == [1, 0] and not late.done()
        may_end.set()
        assert erasing.result(SOON) is None and late.result(SOON) == 2
    assert told == [1, 0, 2]
