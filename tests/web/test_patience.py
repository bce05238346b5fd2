"""Wrong tries are answered late, later each time, and nobody is ever locked out. The clock here is ours."""

from facilitator import patience
from facilitator.patience import FREE_TRIES, LONGEST_SECONDS, MOST_HELD, Patience
from facilitator.tallies import FORGET_SECONDS, NEW_KEY_SECONDS, InMemory


class Clock:
    """A clock that moves when told, and what was waited by it."""

    def __init__(self) -> None:
        self.now = 100.0
        self.waited: list[float] = []

    def patience(self) -> Patience:
        return Patience(self.waited.append, clock=lambda: self.now)


def test_the_first_wrong_tries_wait_a_moment_then_the_wait_doubles_to_a_most() -> None:
    clock = Clock()
    tries = clock.patience()
    for _ in range(10):
        tries.hold("the building")
    assert clock.waited[:FREE_TRIES] == [patience.FIRST_SECONDS] * FREE_TRIES
    assert clock.waited[FREE_TRIES : FREE_TRIES + 3] == [1.0, 2.0, 4.0]
    assert clock.waited[-1] == LONGEST_SECONDS


def test_another_source_waits_no_longer_for_it() -> None:
    clock = Clock()
    tries = clock.patience()
    for _ in range(10):
        tries.hold("the building")
    assert tries.hold("across the street") == patience.FIRST_SECONDS


def test_under_attack_from_everywhere_the_whole_door_slows() -> None:
    clock = Clock()
    tries = clock.patience()
    for source in range(patience.CALM_TRIES * 10):
        tries.hold(f"source {source}")
    assert patience.FIRST_SECONDS < tries.next_wait("somebody new") <= LONGEST_SECONDS


def test_a_source_is_forgotten_bit_by_bit() -> None:
    clock = Clock()
    tries = clock.patience()
    for _ in range(8):
        tries.hold("the building")
    longest = tries.next_wait("the building")
    clock.now += FORGET_SECONDS
    assert tries.next_wait("the building") < longest
    clock.now += FORGET_SECONDS * 4
    assert tries.next_wait("the building") == patience.FIRST_SECONDS


def test_each_hour_the_sources_are_thrown_away_with_their_key() -> None:
    clock = Clock()
    tries = clock.patience()
    for _ in range(2**9):
        tries.hold("the building")
    clock.now += NEW_KEY_SECONDS + 1
    assert tries.next_wait("the building") < LONGEST_SECONDS


def test_the_wall_clock_going_backwards_changes_nothing() -> None:
    clock = Clock()
    tries = clock.patience()
    tries.hold("the building")
    clock.now -= 90_000
    assert tries.hold("the building") == patience.FIRST_SECONDS


def test_only_so_many_answers_are_held_at_once() -> None:
    held_at_once = []

    def sleep(_seconds: float) -> None:
        # While this one waits, the next wrong try comes.
        if len(held_at_once) < MOST_HELD + 5:
            held_at_once.append(1)
            waits.append(tries.hold(f"source {len(held_at_once)}"))

    waits: list[float] = []
    tries = Patience(sleep, clock=lambda: 0.0)
    tries.hold("source 0")
    assert len(held_at_once) == MOST_HELD
    assert waits.count(0.0) == 1


def test_before_waits_only_after_a_few_wrong_tries() -> None:
    clock = Clock()
    tries = clock.patience()
    assert [tries.before("ana@example.org") for _ in range(20)] == [0.0] * 20
    for _ in range(FREE_TRIES):
        tries.hold("ana@example.org")
    assert tries.before("ana@example.org") == 1.0
    assert tries.before("fay@example.org") == 0.0


def test_it_keeps_no_address() -> None:
    tally = InMemory()
    Patience(lambda _: None, tally=tally).hold("192.0.2.77")
    assert "192.0.2.77" not in repr(vars(tally))
