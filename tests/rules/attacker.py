"""Somebody with the whole database and the key, but no cookie, who wants to know who wrote what.

Whatever a table could give away it gives away as an order: of rows as they come, of their place on the disk, of
the transactions that made them, of likeness between what is stored. So an attack is an order and a way to read it.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

from sqlalchemy import text

from sessions.circle.vault import Vault
from sessions.database import Database
from tests.rules.cast import House

Orders = dict[str, list[str]]
"""Ids of one circle's shares (or hashes of its seats), by the name of the order they are in."""


def orders_of_shares(house: House, circle_id: str) -> Orders:
    """A circle's shares in every order that can be had without a cookie."""
    shares = rows(house.database, "shares", circle_id)
    receipts = linked_receipts(house, circle_id)
    found = {
        "shares as they come": [row["id"] for row in shares],
        "receipts as they come": [
            receipts[row["receipt"]]
            for row in rows(house.database, "receipts", circle_id)
            if row["receipt"] in receipts
        ],
        "by receipt": [receipts[receipt] for receipt in sorted(receipts)],
        **{
            f"by {column}": [row["id"] for row in sorted(shares, key=lambda row: row[column])]
            for column in ("id", "proof", "sealed")
        },
    }
    proofs = {row["proof"]: row["id"] for row in shares}
    for name, place in places(house.database, "shares", "proof").items():
        found[f"shares {name}"] = [proofs[proof] for proof in sorted(proofs, key=place)]
    if house.database.on_sqlite:  # where an id stands in an index of the circle's shares tells as much as its row
        for name, place in places(house.database, "shares", "id").items():
            found[f"ids {name}"] = sorted(proofs.values(), key=lambda share_id, at=place: at(circle_id + share_id))
    for name, place in places(house.database, "receipts", "receipt").items():
        found[f"receipts {name}"] = [receipts[receipt] for receipt in sorted(receipts, key=place)]
    whole = {name: order for name, order in found.items() if len(order) == len(shares)}
    # A page of a database fills from its end: the last in it may be the first that was written.
    return whole | {f"{name}, backwards": order[::-1] for name, order in whole.items()}


def orders_of_seats(house: House, circle_id: str) -> Orders:
    """A circle's seats in every order that can be had without a cookie."""
    seats = [row["token_hash"] for row in rows(house.database, "seats", circle_id)]
    found = {"seats as they come": seats, "by seat": sorted(seats)}
    for name, place in places(house.database, "seats", "token_hash").items():
        found[f"seats {name}"] = sorted(seats, key=place)
    return found


def linked_receipts(house: House, circle_id: str) -> dict[str, str]:
    """Which receipt is of which share, for somebody who can read the words: by the digest of them."""
    digests: dict[str, str] = {}
    for row in rows(house.database, "shares", circle_id):
        words = house.vault.unseal(circle_id, row["kind"], row["id"], row["sealed"])
        content = hashlib.sha256(json.dumps([row["kind"], *json.loads(words)]).encode()).hexdigest()
        for key in (row["proof"], row["id"], circle_id):
            digests[hmac.new(key.encode(), content.encode(), hashlib.sha256).hexdigest()] = row["id"]
        digests[content] = row["id"]
    receipts = rows(house.database, "receipts", circle_id)
    return {row["receipt"]: digests[row["digest"]] for row in receipts if row["digest"] in digests}


def text_of(house: House, share: dict[str, Any]) -> str:
    """The words of a share, on the wall or waiting still, for who has the key."""
    words = house.vault.unseal(share["circle_id"], share["kind"], share["id"], share["sealed"])
    return str(json.loads(words)[0])


def rows(database: Database, table: str, circle_id: str) -> list[dict[str, Any]]:
    """A circle's rows, whole, in the order in which the database hands them out."""
    with database.read() as db:
        found = [dict(row._mapping) for row in db.execute(text(f"SELECT * FROM {table}"))]
    return [row for row in found if row["circle_id"] == circle_id]


def places(database: Database, table: str, column: str) -> dict[str, Callable[[str], int]]:
    """Where a value stands on the disk, and in which transaction it came, in every way this database tells."""
    if not database.on_sqlite:
        return {name: _system_column(database, table, column, name) for name in ("ctid", "xmin")}
    file = Path(str(database.engine.url.database))
    bytes_of = {"in the file": file.read_bytes(), "in the log": Path(f"{file}-wal").read_bytes()}
    first = {f"{name}, first": lambda value, held=held: held.find(value.encode()) for name, held in bytes_of.items()}
    last = {f"{name}, last": lambda value, held=held: held.rfind(value.encode()) for name, held in bytes_of.items()}
    return first | last


def equalities(vault: Vault, database: Database, circle_id: str) -> Iterator[tuple[str, str]]:
    """Whatever of a seat can be computed into something of a share or receipt."""
    kept = {
        str(value)
        for table in ("shares", "receipts")
        for row in rows(database, table, circle_id)
        for value in row.values()
    }
    shares = [row["id"] for row in rows(database, "shares", circle_id)]
    key = (vault.folder / f"{circle_id}.key").read_bytes()
    for seat, share in product((row["token_hash"] for row in rows(database, "seats", circle_id)), shares):
        for secret, word in (
            (seat, share),
            (seat, "key" + share),
            (share, seat),
            (seat, circle_id),
            (key.hex(), seat + share),
        ):
            tried = (
                hmac.new(secret.encode(), word.encode(), hashlib.sha256).hexdigest(),
                hashlib.sha256((secret + word).encode()).hexdigest(),
            )
            yield from ((share, made) for made in tried if made in kept)
        if seat in kept:
            yield share, seat


def _system_column(database: Database, table: str, column: str, name: str) -> Callable[[str], int]:
    ordered = {"ctid": "ctid", "xmin": "xmin::text::bigint, ctid"}[name]
    with database.read() as db:
        found = list(db.scalars(text(f"SELECT {column} FROM {table} ORDER BY {ordered}")))
    return {value: at for at, value in enumerate(found)}.__getitem__
