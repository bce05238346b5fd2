"""The socket only listens. Whoever sends anything is cut off, quietly, and nobody else notices."""

import json

import pytest

from tests.people import Circle, Phone, Visitor
from tests.server import Server
from tests.sockets import Wire

SAID = {
    "an event": '42["hello",{"text":"words"}]',
    "an event that wants an answer": '421["hello"]',
    "an answer nobody asked for": '431["hello"]',
    "an event with a name of 10 kB": f'42["{"x" * 10_000}"]',
    "deep JSON": "42" + "[" * 400 + "]" * 400,
    "JSON as deep as fits": "4" + "[" * 1023,
    "a handshake of deep JSON": '40{"a":' + "[" * 900,
    "a handshake that is no JSON": "40{not json",
    "a handshake over 1 KB": "40" + json.dumps({"a": "x" * 1100}),
    "another namespace": "40/admin,",
    "an event in another namespace": '42/admin,["hello"]',
    "binary": b"\x00\x01\x02",
    "announced attachments": '451-["hello",{"_placeholder":true,"num":0}]',
    "a connect error": '44{"message":"hello"}',
    "no packet at all": "hello",
    "nothing": "4",
}


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_whoever_talks_is_cut_off_quietly(server: Server, ben: Phone, cleo: Phone, said: str | bytes) -> None:
    printed = server.output()
    with cleo.listen() as other, Wire(ben) as wire:
        assert wire.come_in().startswith("40")
        wire.say(said)
        assert wire.seconds_until_closed() < 5
        cleo.note("all others go on")
        other.wait_for(lambda heard: heard.event == "stream" and "all others go on" in str(heard.data))
    assert server.output() == printed


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_a_stranger_who_talks_is_cut_off_too(server: Server, said: str | bytes) -> None:
    printed = server.output()
    with Wire(Visitor(server)) as wire:
        wire.say(said)
        assert wire.seconds_until_closed() < 5
    assert server.output() == printed


def test_saying_hello_again_and_again_counts_once(circle: Circle, ben: Phone, cleo: Phone) -> None:
    with Wire(ben) as wire:
        for packet in ("40", "40", "41", "40", "41", "40", "40"):
            wire.say(packet)
        cleo.note("meanwhile")
        assert cleo.catch_up().phones == 2
    cleo.note("later")
    with cleo.listen() as watcher:
        watcher.wait_for(lambda heard: heard.data == {"n": 1} or heard.data.get("here") == 1)


def test_whoever_talks_by_polling_is_cut_off_too(server: Server, ben: Phone, cleo: Phone) -> None:
    printed = server.output()
    path = ben.start_polling()
    assert ben.post(path, b"4" * 1025).status == 413
    ben.post(path, b"no packet at all")
    ben.post(path, b'42["hello"]')
    assert ben.get(path).status == 400
    assert server.output() == printed
    with cleo.listen() as watcher:
        watcher.wait_for(lambda heard: heard.data.get("n", heard.data.get("here")) == 1)


def test_whoever_never_asks_to_listen_is_sent_home_after_ten_seconds(server: Server) -> None:
    with Wire(Visitor(server)) as silent, Wire(Visitor(server)) as refused:
        refused.come_in()
        assert 9 < silent.seconds_until_closed(within=60) < 20
        assert refused.seconds_until_closed() < 5
