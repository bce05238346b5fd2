"""Several processes, one database: ten seconds pass once, whoever counts them, and whichever process dies."""

from sqlalchemy import update

from sessions import ticking
from sessions.ticking import Tick
from tests.rules.cast import House

SECONDS = 7.5
AN_HOUR = 3600


def is_due(house: House) -> bool:
    due: bool = house.do(ticking.is_due, SECONDS)
    return due


def set_ahead(house: House, seconds: int) -> None:
    """As if the last tick had been so many seconds later."""
    house.do(lambda db: db.execute(update(Tick).values(at=Tick.at + seconds)))


def test_of_two_who_ask_one_is_told_to_tick(house: House) -> None:
    assert [is_due(house), is_due(house)] == [True, False]


def test_later_it_is_due_again_whoever_asks(house: House) -> None:
    assert is_due(house)
    set_ahead(house, -8)
    assert [is_due(house), is_due(house)] == [True, False]


def test_a_clock_that_was_set_back_stops_nothing(house: House) -> None:
    assert is_due(house)
    set_ahead(house, AN_HOUR)
    assert [is_due(house), is_due(house)] == [True, False]


def test_a_moment_between_two_clocks_is_no_second_tick(house: House) -> None:
    assert is_due(house)
    set_ahead(house, 1)
    assert not is_due(house)
