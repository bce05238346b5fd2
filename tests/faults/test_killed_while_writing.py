"""kill -9 in the middle of a burst: what was acknowledged is there, and sending all of it again doubles nothing.

What each phone was told, in its journal, is held against the database and against every other screen.
"""

import http.client
import random
import shutil
import sqlite3
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.faults.quick import Quick
from tests.people import Circle, Phone, Staff, shares
from tests.server import STARTS_WITHIN, Server
from tests.sockets import Listener

SERVER = Quick
PHONES = 4
KILLS_OF_A_CIRCLE = 5
ON_THE_WALL = "SELECT id FROM shares WHERE circle_id = ? ORDER BY place"


class Sent(NamedTuple):
    """A note that was sent, and whether the server said that it is kept."""

    phone: Phone
    text: str
    key: str
    kept: bool


class Cycle(NamedTuple):
    """What came of one kill: how many notes were acknowledged, kept though nobody was told, and not kept.

    Of the acknowledged, how many are gone, or stand there twice; how many screens show another order than the
    database; and the seconds from the new start until the last phone was told all.
    """

    acknowledged: int
    unheard: int
    not_kept: int
    lost: int
    doubled: int
    out_of_order: int
    caught_up: float


@pytest.mark.parametrize("kills", [10, pytest.param(1000, marks=[pytest.mark.long, pytest.mark.timeout(3 * 3600)])])
def test_killed_again_and_again(
    kills: int, server: Server, ana: Staff, dice: random.Random, report: Callable[[str], None]
) -> None:
    went: list[Cycle] = []
    while len(went) < kills:
        went += killed_in_one_circle(server, ana, dice)
    report(told(went))
    assert sum(one.acknowledged for one in went) >= kills
    assert sum(one.lost + one.doubled + one.out_of_order for one in went) == 0


def told(went: list[Cycle]) -> str:
    """What came of all of them, in one line."""
    acknowledged, unheard, not_kept, lost, doubled, out_of_order, _ = map(sum, zip(*went, strict=True))
    return (
        f"{len(went)} kills, {acknowledged} acknowledged: {lost} lost, {doubled} doubled, {out_of_order} out of order; "
        f"of those cut off {unheard} were kept all the same, {not_kept} were not; "
        f"all caught up {max(one.caught_up for one in went):.1f} s after the start at the latest"
    )


def killed_in_one_circle(server: Server, ana: Staff, dice: random.Random) -> list[Cycle]:
    """A circle whose server is killed a few times, and which is then erased."""
    circle = ana.open_circle()
    with ThreadPoolExecutor(PHONES) as thumbs:
        phones = list(thumbs.map(lambda phone: phone.come_in(circle), [Phone(server) for _ in range(PHONES)]))
        went = [kill_during_a_burst(server, circle, phones, thumbs, dice) for _ in range(KILLS_OF_A_CIRCLE)]
    assert ana.act(circle.id, "close").status == ana.act(circle.id, "erase").status == 204
    return went


def kill_during_a_burst(
    server: Server, circle: Circle, phones: list[Phone], thumbs: ThreadPoolExecutor, dice: random.Random
) -> Cycle:
    """One cycle: every phone writes and listens, the server is killed, and every phone comes back and sends again."""
    already, first_kept = in_the_database(server, circle), threading.Event()
    journals = list(thumbs.map(Phone.listen, phones))
    bursts = [thumbs.submit(write_until_it_dies, phone, first_kept) for phone in phones]
    assert first_kept.wait(STARTS_WITHIN)
    time.sleep(dice.uniform(0.0, 0.5))
    server.kill()
    sent = [one for burst in bursts for one in burst.result()]
    out_of_order = 0
    found = in_a_copy(server, circle)
    for journal in journals:
        journal.wait_until_closed()
        out_of_order += [*already, *(news := told_of(journal))] != found[: len(already) + len(news)]
        journal.__exit__()
    server.start()
    began = time.monotonic()
    screens = list(thumbs.map(come_back, phones))
    caught_up = time.monotonic() - began
    # Whoever is not told that it is kept sends it again, under its key; whoever is told may do so too.
    again = thumbs.map(lambda one: one.phone.note(one.text, key=one.key), [*sent, *sent[-PHONES:]])
    assert {answer.status for answer in again} == {200}
    in_the_end, pages = in_the_database(server, circle), list(thumbs.map(Phone.catch_up, phones))
    for (journal, wall), page in zip(screens, pages, strict=True):
        if in_the_end != found:
            journal.wait_for_version(page.version)
        out_of_order += list(wall) != found
        out_of_order += not [*wall, *told_of(journal)] == list(page.wall("notes")) == in_the_end
        journal.__exit__()
    texts = Counter(text for share_id, text in pages[0].wall("notes").items() if share_id not in already)
    assert set(texts) <= {one.text for one in sent}, "nobody wrote that"
    there, kept = set(screens[0][1].values()), {one.text for one in sent if one.kept}
    return Cycle(
        acknowledged=len(kept),
        unheard=sum(one.text in there for one in sent if not one.kept),
        not_kept=sum(one.text not in there for one in sent if not one.kept),
        lost=len(kept - there) + len(sent) - len(texts),
        doubled=texts.total() - len(texts),
        out_of_order=out_of_order,
        caught_up=caught_up,
    )


def come_back(phone: Phone) -> tuple[Listener, dict[str, str]]:
    """As a page does: listen again, and read what there is by now."""
    return phone.listen(), phone.catch_up().wall("notes")


def told_of(journal: Listener) -> list[str]:
    """The notes a socket was told of, in the order in which it heard them."""
    return [share_id for push in journal.streams() for op in push.data["ops"] for share_id in shares(op[2])]


def in_the_database(server: Server, circle: Circle) -> list[str]:
    """The notes that are kept, in their order on the wall."""
    return on_the_wall(server.data, circle)


def in_a_copy(server: Server, circle: Circle) -> list[str]:
    """The same of a server that was killed. Looking itself would tidy up after it, which is the next start's affair."""
    with tempfile.TemporaryDirectory(prefix="oc-") as folder:
        for file in server.data.glob("open-circle.db*"):
            shutil.copy(file, folder)
        return on_the_wall(Path(folder), circle)


def on_the_wall(data: Path, circle: Circle) -> list[str]:
    with closing(sqlite3.connect(data / "open-circle.db")) as database:
        return [share_id for (share_id,) in database.execute(ON_THE_WALL, [circle.id])]


def write_until_it_dies(phone: Phone, first_kept: threading.Event) -> list[Sent]:
    sent: list[Sent] = []
    while not sent or sent[-1].kept:
        key = str(uuid.uuid4())
        try:
            kept = phone.send("notes", f"a note, {key}", key=key).status == 200
        except (OSError, http.client.HTTPException):
            kept = False
        sent.append(Sent(phone, f"a note, {key}", key, kept))
        if kept:
            first_kept.set()
    return sent
