"""Esi writes down where naloxone is, and Help in the building's circles says it (`facilitator.naloxone`)."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from sessions.schedule.clock import wall
from tests.web.cast import Desk, Phone, kept, read_doors
from tests.web.pages import Page
from tests.web.planning import building, help_of, noon_zone

SHOUT = 'Shout: "Who has naloxone?"'


@pytest.fixture
def at(app: Flask) -> str:
    """Where the naloxone of a building is written down."""
    return f"/buildings/{building(app)[0]}/naloxone"


def in_days(days: int) -> str:
    return str(wall(noon_zone(), datetime.now(UTC)).date() + timedelta(days=days))


def adds(esi: Desk, at: str, place: str, days: int | None = None) -> Page:
    until = "" if days is None else in_days(days)
    return esi.send(esi.get(at), f"{at}/add", **{"spot-place": place, "spot-good_until": until})


def job(app: Flask, ana: Desk, at: str) -> list[str]:
    """What Help tells whoever gets naloxone, thing by thing: on Ben's phone in this building, and on paper."""
    console = ana.send(ana.get("/lead"), "/lead/circles", title="Tuesday", building=at.split("/")[2]).location
    ben = Phone(app).join(read_doors(app, console.rpartition("/")[2]).code)
    (phone,) = ben.here().all("li", **{"class": "job naloxone"})
    paper = ana.get(f"{console}/print").all("li", **{"class": "job"})[1]
    phone_says, paper_says = (["".join(one.itertext()) for one in said.iter("p")][:-1] for said in (phone, paper))
    assert phone_says == paper_says
    return phone_says


def test_no_place_is_named_that_nobody_typed_in(app: Flask, ana: Desk, esi: Desk, at: str) -> None:
    assert job(app, ana, at) == [SHOUT]
    assert "Help names no place now." in esi.get(at).words()


def test_the_hosts_place_stands_until_the_building_names_its_own(
    app: Flask, ana: Desk, esi: Desk, gus: Desk, at: str
) -> None:
    gus.send(gus.get("/host"), "", naloxone="the office")
    assert job(app, ana, at) == ["the office"]
    assert "That is what the host says. Is it true here?" in esi.get(at).words()
    adds(esi, at, "Kitchen", -1)
    said, past = job(app, ana, at)
    assert said == SHOUT and past.startswith("Past its date (") and past.endswith("): Kitchen")


def test_the_first_good_one_is_said_first_and_all_the_others_after_it(
    app: Flask, ana: Desk, esi: Desk, at: str
) -> None:
    for place, days in (("Laundry", -1), ("Kitchen", 0), ("Desk", 300)):
        assert adds(esi, at, place, days).location == at
    *good, past = job(app, ana, at)
    assert good == ["Desk", "Also: Kitchen"] and past.endswith("): Laundry")


def test_staff_are_told_thirty_days_before_its_date_and_after_it(esi: Desk, at: str) -> None:
    home = at.removesuffix("/naloxone")
    adds(esi, at, "Desk", 31)
    assert "Naloxone" not in esi.get("/calendar").words("due") + esi.get(home).words("due")
    adds(esi, at, "Kitchen", 30)
    adds(esi, at, "Laundry", -1)
    for page in (esi.get("/calendar"), esi.get(home)):
        due = page.words("due")
        assert "Naloxone good until" in due and ": Kitchen" in due and "Desk" not in due
        assert "Naloxone past its date" in due and ": Laundry" in due
    assert "Get new naloxone soon" in esi.get(at).words("spots") and "Past its date" in esi.get(at).words("spots")


def test_a_place_is_written_anew_and_taken_off(app: Flask, esi: Desk, at: str) -> None:
    _, spot = help_of(app, at.split("/")[2])
    typed = {f"{spot}-place": "Red box", f"{spot}-good_until": in_days(300)}
    esi.send(esi.get(at), f"{at}/{spot}/change", **typed)
    assert esi.get(at).fields(f"{at}/{spot}/change")[f"{spot}-good_until"] == [in_days(300)]
    assert "Red box" in esi.get(at).words("spots") and "Front desk" not in esi.get(at).words("spots")
    esi.send(esi.get(at), f"{at}/{spot}/take-off")
    assert "Red box" not in esi.get(at).words()
    assert esi.do(f"{at}/{spot}/take-off").status == 404 and esi.do(f"{at}/{spot}/change").status == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"place": ""}, "Fill this in first."),
        ({"place": "x" * 201}, "Make it shorter."),
        ({"good_until": "2026-02-30"}, "There is no such day. Write one like 2026-11-24."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_in_a_new_one_and_in_an_old_one(
    app: Flask, esi: Desk, at: str, typed: dict[str, str], sentence: str
) -> None:
    _, spot = help_of(app, at.split("/")[2])
    before = kept(app)
    for action, prefix in ((f"{at}/add", "spot-"), (f"{at}/{spot}/change", f"{spot}-")):
        fields = {f"{prefix}{name}": words for name, words in ({"place": "Desk", "good_until": ""} | typed).items()}
        back = esi.send(esi.get(at), action, **fields)
        assert (back.status, back.errors()) == (422, [sentence])
    assert kept(app) == before


def test_another_buildings_place_is_not_there(app: Flask, esi: Desk, at: str) -> None:
    _, spot = help_of(app, building(app, "Birch House")[0])
    for act in ("change", "take-off"):
        assert esi.do(f"{at}/{spot}/{act}", **{f"{spot}-place": "Mine"}).status == 404
