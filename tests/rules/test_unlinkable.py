"""Nobody can tell who wrote it: the whole database and the key, without a cookie, pair nothing better than chance.

Ten phones write three shares each, in any order. The attacker names pairs; how often that is right is compared with
how often a guess is. The bound is wide: six standard errors, and one leak would be right every second time or more.
"""

import random
from collections import Counter
from dataclasses import dataclass
from itertools import product
from math import sqrt

import pytest

from sessions import accounts
from sessions.circle.vault import Vault
from sessions.permissions import FACILITATOR
from tests.rules.attacker import Orders, equalities, orders_of_seats, orders_of_shares, rows, text_of
from tests.rules.cast import House
from tests.rules.conftest import BOTH, opened

CIRCLES, PHONES, EACH, HANDFUL = 12, 10, 3, 3


@dataclass(frozen=True)
class Evening:
    """A circle as only its phones know it (who wrote what, and when), and what an attacker took of it."""

    seats: list[str]
    writer: dict[str, int]
    written: dict[str, int]
    handfuls: list[list[str]]
    orders: Orders
    seat_orders: Orders
    equal: list[tuple[str, str]]


@pytest.fixture(scope="module", params=BOTH)
def evenings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, seed: int) -> list[Evening]:
    """Twelve circles in one database, each looked at while it is open."""
    folder, chance = tmp_path_factory.mktemp("evenings"), random.Random(seed)
    with opened(request.param, request, folder) as database:
        house = House(database, Vault(folder / "keys"))
        fay = house.do(accounts.add, "fay@example.org", FACILITATOR, "nothing fits this")
        return [an_evening(house, fay.id, chance) for _ in range(CIRCLES)]


def an_evening(house: House, account_id: str, chance: random.Random) -> Evening:
    circle = house.opens(account_id)
    phones = [house.joins(circle) for _ in range(PHONES)]
    turns = list(range(PHONES)) * EACH
    chance.shuffle(turns)
    said = [chance.randbytes(6).hex() for _ in turns]
    for phone, text in zip(turns, said, strict=True):
        house.says(phones[phone], text)
    house.database.tidy()  # as the server does every ten seconds
    wall = house.wall(circle.id)
    return Evening(
        seats=[phone.seat for phone in phones],
        # The last two may wait on: where one phone wrote both, nobody but that phone can show them.
        writer={row["id"]: turns[said.index(text_of(house, row))] for row in rows(house.database, "shares", circle.id)},
        written={one.id: said.index(one.text) for one in wall},
        handfuls=[[one.id for one in wall[at : at + HANDFUL]] for at in range(0, len(wall), HANDFUL)],
        orders=orders_of_shares(house, circle.id),
        seat_orders=orders_of_seats(house, circle.id),
        equal=list(equalities(house.vault, house.database, circle.id)),
    )


def better_than_chance(right: Counter[str], tries: int, chance: float) -> dict[str, float]:
    """The attacks that succeed more often than guessing does, and how often."""
    bound = chance + 6 * sqrt(chance * (1 - chance) / tries)
    return {name: hits / tries for name, hits in right.items() if hits / tries > bound}


def pairs(order: list[str]) -> dict[str, list[tuple[str, str]]]:
    """Ways to read an order of shares as pairs of one hand: neighbours, or everybody's turn and then again."""
    return {
        "neighbours": list(zip(order[::2], order[1::2], strict=True)),
        "turns": list(zip(order[:PHONES], order[PHONES : 2 * PHONES], strict=True)),
    }


def seatings(order: list[str], seats: list[str]) -> dict[str, list[tuple[str, str]]]:
    """Ways to lay an order of shares beside an order of seats."""
    return {
        "one seat after the other": [(share, seats[at // EACH]) for at, share in enumerate(order)],
        "turns": [(share, seats[at % PHONES]) for at, share in enumerate(order)],
    }


def pairs_found(evening: Evening, name: str, order: list[str]) -> Counter[str]:
    return Counter(
        {
            f"{name}: {way}": sum(evening.writer[one] == evening.writer[other] for one, other in guessed)
            for way, guessed in pairs(order).items()
        }
    )


def seats_found(evening: Evening, name: str, order: list[str], seats: list[str]) -> Counter[str]:
    return Counter(
        {
            f"{name}: {way}": sum(evening.seats[evening.writer[share]] == seat for share, seat in guessed)
            for way, guessed in seatings(order, seats).items()
        }
    )


def first_written_found(evening: Evening, order: list[str]) -> int:
    """In how many handfuls the share that comes first in this order was the first to be written."""
    return sum(min(one, key=order.index) == min(one, key=evening.written.__getitem__) for one in evening.handfuls)


def test_two_shares_of_one_hand_are_not_paired(evenings: list[Evening]) -> None:
    right: Counter[str] = Counter()
    for evening in evenings:
        for name, order in evening.orders.items():
            right.update(pairs_found(evening, name, order))
    chance = (EACH - 1) / (PHONES * EACH - 1)
    assert len(right) >= 12
    assert better_than_chance(right, CIRCLES * PHONES, chance) == {}


def test_a_share_is_not_paired_with_a_seat(evenings: list[Evening]) -> None:
    right: Counter[str] = Counter()
    for evening in evenings:
        for (name, order), (beside, seats) in product(evening.orders.items(), evening.seat_orders.items()):
            right.update(seats_found(evening, f"{name}, {beside}", order, seats))
    assert len(right) >= 36
    assert better_than_chance(right, CIRCLES * PHONES * EACH, 1 / PHONES) == {}


def test_nothing_of_a_seat_can_be_computed_into_a_share(evenings: list[Evening]) -> None:
    assert [evening.equal for evening in evenings if evening.equal] == []


def test_these_attacks_find_what_is_there_to_find(evenings: list[Evening]) -> None:
    """An order by writer, had there been one, would have been seen."""
    paired: Counter[str] = Counter()
    seated: Counter[str] = Counter()
    for evening in evenings:
        told = sorted(evening.writer, key=evening.writer.__getitem__)
        paired.update(pairs_found(evening, "told", told))
        seated.update(seats_found(evening, "told", told, evening.seats))
    assert "told: neighbours" in better_than_chance(paired, CIRCLES * PHONES, (EACH - 1) / (PHONES * EACH - 1))
    assert "told: one seat after the other" in better_than_chance(seated, CIRCLES * PHONES * EACH, 1 / PHONES)


def orders_that_tell(evenings: list[Evening]) -> dict[str, float]:
    right: Counter[str] = Counter()
    for evening in evenings:
        for name, order in evening.orders.items():
            right[name] += first_written_found(evening, order)
    assert len(right) >= 6
    return better_than_chance(right, CIRCLES * PHONES, 1 / HANDFUL)


def test_the_order_of_writing_is_lost_in_a_handful(evenings: list[Evening]) -> None:
    """Who writes a check-in and then at once a note would be paired by it."""
    assert orders_that_tell(evenings) == {}
