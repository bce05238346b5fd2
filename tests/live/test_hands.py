"""Hands over real sockets: two at once both stand, and pressing again raises none twice."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor

from tests.people import Circle, Page, Phone, Staff


def raises(phone: Phone, line: str = "", key: str | None = None) -> Page:
    """Raise a hand; a phone sends it as it sends a share."""
    answer = phone.send("hand", line, key=key or str(uuid.uuid4()))
    assert answer.status == 200, answer.text
    return answer


def row(page: Page) -> list[str]:
    """The hands a console shows, by their ids."""
    return re.findall(r'<li id="hand-(\w+)"', page.text)


def test_two_at_once_both_stand(ana: Staff, circle: Circle, ben: Phone, cleo: Phone) -> None:
    with cleo.listen() as hears, ThreadPoolExecutor(2) as thumbs:
        list(thumbs.map(raises, (ben, cleo), ("Ben's line", "Cleo's line")))
        page = ana.console(circle.id)
        hears.wait_for_version(page.version)
        assert [push.data["ops"] for push in hears.streams()] == [[], []]
    assert len(row(page)) == 2
    assert row(ana.console(circle.id)) == row(page)


def test_pressed_five_times_at_once_is_one_hand(ana: Staff, circle: Circle, ben: Phone) -> None:
    for key in (str(uuid.uuid4()), None):  # the same form sent again, and five tabs of one phone
        with ThreadPoolExecutor(5) as thumbs:
            answers = list(thumbs.map(lambda _, key=key: raises(ben, key=key), range(5)))
        assert all("hand-up" in answer.text for answer in answers)
        assert len(row(ana.console(circle.id))) == 1


def test_the_one_who_is_invited_reads_it_after_the_push(ana: Staff, circle: Circle, ben: Phone, cleo: Phone) -> None:
    raises(ben, "read this out")
    raises(cleo)
    first, _ = row(ana.console(circle.id))
    with ben.listen() as hears:
        assert ana.act(circle.id, f"hands/{first}/invite").status == 204
        assert hears.wait_for_version(ana.console(circle.id).version).data["ops"] == []
    assert "It is your turn." in ben.catch_up().text
    assert "It is your turn." not in cleo.catch_up().text
    assert "read this out" not in cleo.catch_up().text
