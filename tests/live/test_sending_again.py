"""Sending again is safe: one row, and nothing that was taken back comes back."""

import uuid
from concurrent.futures import ThreadPoolExecutor

from tests.people import Circle, Phone, Staff


def test_the_same_key_five_times_at_once_is_one_note(ben: Phone, cleo: Phone) -> None:
    key = str(uuid.uuid4())
    with cleo.listen() as socket, ThreadPoolExecutor(5) as thumbs:
        answers = list(thumbs.map(lambda _: ben.note("tapped five times", key=key), range(5)))
        assert len(answers) == 5
        cleo.note("and one more")
        version = cleo.catch_up().version
        socket.wait_for_version(version)
        assert [op[:2] for push in socket.streams() for op in push.data["ops"]] == [["append", "notes"]] * 2
    assert list(cleo.catch_up().wall("notes").values()) == ["tapped five times", "and one more"]


def test_a_late_retry_after_taking_back_brings_nothing_back(ben: Phone, cleo: Phone) -> None:
    key = str(uuid.uuid4())
    with cleo.listen() as socket:
        ben.note("said too much", key=key)
        [share_id] = cleo.catch_up().wall("notes")
        assert ben.take_back(share_id).status == 200
        version = cleo.catch_up().version
        assert socket.wait_for_version(version).data["ops"] == [["remove", f"share-{share_id}", ""]]
        ben.note("said too much", key=key)
        page = cleo.catch_up()
        assert (page.version, page.wall("notes")) == (version, {})
        assert socket.versions()[-1] == version


def test_a_late_retry_after_a_wipe_brings_nothing_back(ana: Staff, circle: Circle, ben: Phone, cleo: Phone) -> None:
    key = str(uuid.uuid4())
    ben.note("names somebody", key=key)
    [share_id] = cleo.catch_up().wall("notes")
    assert ana.act(circle.id, f"shares/{share_id}/wipe").status == 204
    ben.note("names somebody", key=key)
    assert cleo.catch_up().wall("notes") == ana.console(circle.id).wall("notes") == {}


def test_another_text_under_a_used_key_is_asked_about(ben: Phone, cleo: Phone) -> None:
    key = str(uuid.uuid4())
    ben.note("the first words", key=key)
    refused = ben.send("notes", "other words", key=key)
    assert refused.status == 422
    assert "other words" in refused.text
    assert list(cleo.catch_up().wall("notes").values()) == ["the first words"]


def test_another_phone_may_use_the_same_key(ben: Phone, cleo: Phone) -> None:
    key = str(uuid.uuid4())
    ben.note("mine", key=key)
    cleo.note("mine", key=key)
    assert list(ben.catch_up().wall("notes").values()) == ["mine", "mine"]


def test_another_phone_can_not_take_it_back(ben: Phone, cleo: Phone, dov: Phone) -> None:
    ben.note("stays")
    [share_id] = ben.catch_up().wall("notes")
    assert {cleo.take_back(share_id).status, dov.take_back(share_id).status} == {404}
    assert list(cleo.catch_up().wall("notes").values()) == ["stays"]
