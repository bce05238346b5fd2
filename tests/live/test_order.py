"""Everybody in a circle is told the same, in the same order, each version once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from tests.people import Circle, Phone, Staff, shares
from tests.server import Server


def test_all_phones_hear_a_burst_in_one_order_and_each_version_once(server: Server, ana: Staff, circle: Circle) -> None:
    phones = [Phone(server).come_in(circle) for _ in range(6)]
    before = phones[0].catch_up().version
    with ExitStack() as stack, ThreadPoolExecutor(12) as crowd:
        sockets = [stack.enter_context(person.listen()) for person in phones]
        sockets.append(stack.enter_context(ana.listen(circle=circle.id)))
        sent = [crowd.submit(phone.note, f"note {n} of {i}") for n in range(10) for i, phone in enumerate(phones)]
        assert all(each.result() for each in sent)
        for socket in sockets:
            socket.wait_for_version(before + 60)
            assert socket.versions() == list(range(before + 1, before + 61))
    pushes = [[heard.data for heard in socket.streams()] for socket in sockets[:-1]]
    assert all(heard == pushes[0] for heard in pushes)
    told = [share_id for push in pushes[0] for op in push["ops"] for share_id in shares(op[2])]
    assert told == list(phones[0].catch_up().wall("notes"))
    assert len(told) == 60


def test_an_audience_that_must_not_see_a_change_still_hears_its_version(server: Server, ana: Staff) -> None:
    circle = ana.open_circle(appear="handfuls")
    ben = Phone(server).come_in(circle)
    with ben.listen() as phone, ana.listen(circle=circle.id) as console:
        version = ben.catch_up().version
        ben.note("waits for others")
        assert phone.wait_for_version(version + 1).data == {"v": version + 1, "ops": []}
        [[op, target, markup]] = console.wait_for_version(version + 1).data["ops"]
        assert (op, target) == ("replace", "waiting")
        assert "1 is waiting" in markup
        assert "waits for others" not in console.words()


def test_a_handful_appears_whole_under_one_version(server: Server, ana: Staff) -> None:
    circle = ana.open_circle(appear="handfuls")
    phones = [Phone(server).come_in(circle) for _ in range(3)]
    with phones[0].listen() as socket:
        for number, phone in enumerate(phones):
            phone.check_in(f"check-in {number}", ["set:sleep"] if number else ["drug:mixing"])
        version = phones[0].catch_up().version
        ops = socket.wait_for_version(version).data["ops"]
        assert [op[:2] for op in ops] == [["append", "checkins"]] * 3
        assert [push.data["ops"] for push in socket.streams()[:-1]] == [[], []]
    shown = phones[1].catch_up().wall("checkins")
    assert sorted(shown.values()) == ["check-in 0", "check-in 1", "check-in 2"]
    assert [list(shares(op[2])) for op in ops] == [[share_id] for share_id in shown]


def test_one_that_waits_alone_is_its_writers_to_show(server: Server, ana: Staff) -> None:
    circle = ana.open_circle(appear="handfuls")
    ben, cleo = Phone(server).come_in(circle), Phone(server).come_in(circle)
    ben.note("shown alone")
    [share_id] = ben.waiting()
    with cleo.listen() as socket:
        assert cleo.show(share_id).status == 404
        assert ana.act(circle.id, "waiting/show").status in (204, 404)
        assert cleo.catch_up().wall("notes") == {}
        assert ben.show(share_id).status == 200
        [[op, target, _]] = socket.wait_for_version(cleo.catch_up().version).data["ops"]
    assert (op, target) == ("append", "notes")
    assert cleo.catch_up().wall("notes") == {share_id: "shown alone"}
