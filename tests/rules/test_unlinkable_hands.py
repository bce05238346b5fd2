"""Whose hand it is nobody can tell: the whole database and the key, without a cookie, pair it with nothing.

Ten phones write two shares and raise a hand, in any order. The row of hands tells its own order, and nothing else.
"""

import random
from collections import Counter
from dataclasses import dataclass

import pytest

from sessions import accounts
from sessions.circle import hands, wall
from sessions.circle.vault import Vault
from sessions.permissions import FACILITATOR
from tests.rules.attacker import Orders, orders_of_seats, orders_of_shares, places, rows, text_of
from tests.rules.cast import House, new_key
from tests.rules.conftest import BOTH, opened
from tests.rules.test_unlinkable import better_than_chance

CIRCLES, PHONES, EACH = 12, 10, 2


@dataclass(frozen=True)
class Evening:
    """Whose hand and whose share each is, as only the phones know it; and what an attacker took."""

    raiser: dict[str, int]
    writer: dict[str, int]
    seats: list[str]
    hand_orders: Orders
    share_orders: Orders
    seat_orders: Orders
    equal: set[str]


@pytest.fixture(scope="module", params=BOTH)
def evenings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, seed: int) -> list[Evening]:
    """Twelve circles in one database, each looked at while it is open."""
    folder, chance = tmp_path_factory.mktemp("hands"), random.Random(seed)
    with opened(request.param, request, folder) as database:
        house = House(database, Vault(folder / "keys"))
        fay = house.do(accounts.add, "fay@example.org", FACILITATOR, "nothing fits this")
        return [an_evening(house, fay.id, chance) for _ in range(CIRCLES)]


def an_evening(house: House, account_id: str, chance: random.Random) -> Evening:
    circle = house.opens(account_id)
    phones = [house.joins(circle) for _ in range(PHONES)]
    turns = [(phone, act) for phone in range(PHONES) for act in ("hand", *["share"] * EACH)]
    chance.shuffle(turns)
    said: dict[str, int] = {}
    for phone, act in turns:
        if act == "hand":
            house.do(hands.raise_hand, house.vault, phones[phone], "en", "", new_key())
            continue
        text = chance.randbytes(6).hex()
        said[text] = phone
        house.says(phones[phone], text)
    house.do(wall.show_waiting, house.vault, circle.id)
    house.database.tidy()  # as the server does every ten seconds
    stood = house.wall(circle.id)
    raised = {row["id"]: row for row in rows(house.database, "hands", circle.id)}
    orders = {"by place": sorted(raised, key=lambda id: raised[id]["place"]), "as they come": list(raised)}
    orders |= {name: sorted(raised, key=place) for name, place in places(house.database, "hands", "id").items()}
    others = [*rows(house.database, "shares", circle.id), *rows(house.database, "receipts", circle.id)]
    kept = {str(value) for row in others for value in row.values()} | {phone.seat for phone in phones}
    return Evening(
        raiser={id: [phone.proof("hand") for phone in phones].index(row["proof"]) for id, row in raised.items()},
        writer={row["id"]: said[text_of(house, row)] for row in rows(house.database, "shares", circle.id)},
        seats=[phone.seat for phone in phones],
        hand_orders=orders,
        share_orders=orders_of_shares(house, circle.id) | {"the wall": [one.id for one in stood]},
        seat_orders=orders_of_seats(house, circle.id),
        equal=kept & {str(row[column]) for row in raised.values() for column in ("id", "proof")},
    )


def hits(evening: Evening, order: list[str], shares: list[str]) -> int:
    """How often the writer of a share is the one whose hand lies beside it."""
    return sum(evening.writer[share] == evening.raiser[order[at // EACH]] for at, share in enumerate(shares))


def test_no_hand_is_paired_with_a_share(evenings: list[Evening]) -> None:
    right: Counter[str] = Counter()
    for evening in evenings:
        for name, order in evening.hand_orders.items():
            for beside, shares in evening.share_orders.items():
                right[f"{name}, {beside}"] += hits(evening, order, shares)
    assert len(right) >= 20
    assert better_than_chance(right, CIRCLES * PHONES * EACH, 1 / PHONES) == {}


def test_no_hand_is_paired_with_a_seat(evenings: list[Evening]) -> None:
    right: Counter[str] = Counter()
    for evening in evenings:
        for name, order in evening.hand_orders.items():
            for beside, seats in evening.seat_orders.items():
                right[f"{name}, {beside}"] += sum(
                    evening.seats[evening.raiser[id]] == seat for id, seat in zip(order, seats, strict=True)
                )
    assert len(right) >= 8
    assert better_than_chance(right, CIRCLES * PHONES, 1 / PHONES) == {}


def test_nothing_of_a_hand_stands_in_a_share_a_receipt_or_a_seat(evenings: list[Evening]) -> None:
    assert [evening.equal for evening in evenings if evening.equal] == []


def test_this_attack_finds_what_is_there_to_find(evenings: list[Evening]) -> None:
    told: Counter[str] = Counter()
    for evening in evenings:
        order = evening.hand_orders["by place"]
        raised = [evening.raiser[id] for id in order]
        shares = sorted(evening.writer, key=lambda id, raised=raised, one=evening: raised.index(one.writer[id]))
        told["told"] += hits(evening, order, shares)
    assert better_than_chance(told, CIRCLES * PHONES * EACH, 1 / PHONES)
