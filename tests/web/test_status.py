"""How this computer is doing, for an admin; and how little of a circle can be learned from that."""

import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask

from facilitator.audience import Audience
from facilitator.condition import VERSION
from facilitator.extensions import presence
from facilitator.presence import CROWD, Presence
from facilitator.pulse import STEPS, Pulse
from facilitator.status import WITHIN
from sessions.permissions import ADMIN, FACILITATOR, MEMBER
from tests.lists import ROOT
from tests.web.cast import Desk, Doors, Ear, Phone, account
from tests.web.pages import Page


def facts(page: Page) -> dict[str, str]:
    """What the page says, line by line."""
    lines = [row for list_ in page.all("dl", **{"class": "facts"}) for row in list_.iter("div")]
    return {str(row[0].text_content()): str(row[1].text_content()) for row in lines}


def full(presence: Presence, circle_id: str, phones: int) -> Presence:
    """Put so many phones into a circle."""
    for number in range(phones):
        presence.arrive(f"{circle_id} {number}", Audience(circle_id, MEMBER, "en"), f"{circle_id} {number}")
    return presence


def test_an_admin_is_led_there_and_reads_how_it_is(app: Flask, gus: Desk) -> None:
    assert "This computer" in [link.text for link in gus.get("/people").all("a", href="/status")]
    said = facts(gus.get("/status"))
    assert said["What people send now"] == "is saved"
    assert (said["New keys"], said["The clock that closes and erases"]) == ("can be made", "runs")
    assert said["Version"] == VERSION and said["Free on the disk"].endswith(" GB")
    assert said["Where the keys are"] in ("in memory", "on a disk")


def test_the_version_is_that_of_the_release() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"] == VERSION


def test_nobody_else_is_told(app: Flask, ana: Desk, esi: Desk, ben: Phone, stranger: Phone) -> None:
    ida = Desk(app)
    account(app, "ida@example.org", ADMIN)
    ida.sign_in("ida@example.org")
    nothing = stranger.get("/nothing").words()
    for other in (ana, esi, ben, stranger, ida):
        page = other.get("/status")
        assert page.status == 404 and nothing in page.words()


def test_circles_are_counted_until_they_are_erased(ana: Desk, fay: Desk, gus: Desk) -> None:
    def counted() -> list[str]:
        return list(facts(gus.get("/status")).values())[6:9]

    assert counted() == ["0", "0", "0"]
    circle, _ = ana.open(), fay.open()
    assert counted() == ["2", "0", "0"]
    assert "phones are cut off for a moment" in gus.get("/status").words()
    ana.do(f"{circle.console}/close")
    assert counted() == ["1", "1", "0"]
    ana.do(f"{circle.console}/erase")
    assert counted() == ["1", "0", "1"]


def test_it_names_no_circle_and_nobody(ana: Desk, gus: Desk, circle: Doors, ben: Phone) -> None:
    ben.share("words of the circle")
    text = gus.get("/status").text
    assert not any(said in text for said in (*circle, "Tuesday circle", "words of the circle", "Ana", "ana@"))


def test_one_phone_and_three_read_the_same(
    app: Flask, gus: Desk, ana: Desk, circle: Doors, listen: Callable[..., Ear]
) -> None:
    listen(ana, circle.id)
    read = []
    for _ in range(3):
        listen(Phone(app).join(circle.code))
        read.append(gus.get("/status").words())
    assert len(set(read)) == 1
    assert f"{presence.crowd()} at most" in read[0] and presence.crowd() >= CROWD


@pytest.mark.parametrize(("phones", "told"), [(0, 0), (1, 100), (60, 100), (100, 100), (101, 200)])
def test_a_crowd_is_told_in_hundreds(phones: int, told: int) -> None:
    assert full(Presence(), "a", phones).crowd() == told


def test_everybody_who_listens_is_in_it() -> None:
    crowd = full(Presence(), "a", 99)
    crowd.arrive("console", Audience("a", FACILITATOR, "es"), "ana")
    assert crowd.crowd() == 100
    crowd.arrive("screen", Audience("a", FACILITATOR, "en"), "ana")
    assert crowd.crowd() == 200


def test_who_fills_a_circle_of_their_own_learns_nothing_of_another() -> None:
    """A rounded sum would step at another place for each number of theirs."""
    for own in (1, 40, 91, 96, 99, 100, 101, 195):
        told = {full(full(Presence(), "own", own), "theirs", theirs).crowd() for theirs in (1, 4, 9, 60)}
        assert len(told) == 1


def test_what_is_wrong_is_said_first(app: Flask, gus: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    pulse: Pulse = app.extensions["pulse"]
    pulse.see_erasing(["a"])
    pulse.see_erasing(["a"])
    app.extensions["pulse"].now = lambda: float("inf")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1024))
    folder: Path = app.extensions["vault"].folder
    folder.rename(folder.with_name("away"))
    folder.write_text("in its place")
    page = gus.get("/status")
    assert page.find("well") is None
    wrong = page.items("wrong")
    for said in ("is not saved", "stands still", "not all gone yet", "No key can be made", "nearly full"):
        assert any(said in sentence for sentence in wrong)
    lines = facts(page)
    assert (lines["What people send now"], lines["New keys"]) == ("is not saved", "can’t be made")


def test_delays_are_said_in_words(app: Flask, gus: Desk) -> None:
    assert gus.get("/status").words().count("not known yet") == 6
    pulse: Pulse = app.extensions["pulse"]
    pulse.saving.took(0.3)
    words = gus.get("/status").words()
    assert words.count("½ second or less") == 2 and words.count("not known yet") == 4


def test_every_step_has_its_words(app: Flask) -> None:
    assert set(WITHIN) == {None, *STEPS}


def test_it_says_whether_a_monitor_may_ask_and_never_its_token(app: Flask, gus: Desk) -> None:
    assert "/metrics is off." in gus.get("/status").words()
    app.config["METRICS_TOKEN"] = "k3q-Zt81vLx0_mB7sWnAe5Rj2Yp9HcUd"
    page = gus.get("/status")
    assert "/metrics is on" in page.words() and app.config["METRICS_TOKEN"] not in page.text


def test_it_is_in_spanish_too(app: Flask, gus: Desk) -> None:
    gus.language = "es"
    words = gus.get("/status").words()
    assert "Esta computadora" in words and "Qué tan rápido va" in words and "This computer" not in words
