"""Esi switches a card off in a building, and who led there is not asked for it (`facilitator.cards_off`)."""

import pytest
from flask import Flask

from tests.web.cast import Desk, kept
from tests.web.planning import building

CARD, TITLE = "drug-set-setting", "Drug, set and setting"
TRUE = "You can switch off a card that may not be shown here. What it says stays true all the same."


@pytest.fixture
def at(app: Flask) -> str:
    """Where the cards of a building are."""
    return f"/buildings/{building(app)[0]}/cards"


def choices(ana: Desk) -> list[str | None]:
    return [one.get("value") for one in ana.get("/lead/after").all("input", name="cards")]


def closes_one(ana: Desk, building_id: str) -> None:
    console = ana.send(ana.get("/lead"), "/lead/circles", title="Tuesday", building=building_id).location
    ana.do(f"{console}/close")


def test_a_card_is_switched_off_and_on(esi: Desk, at: str) -> None:
    assert TRUE in esi.get(at).words() and "Off here" not in esi.get(at).words()
    assert esi.do(f"{at}/switch", card=CARD, on="no").location == f"{at}#card-{CARD}"
    assert "Off here" in esi.get(at).words(f"card-{CARD}")
    esi.do(f"{at}/switch", card=CARD, on="yes")
    assert "Off here" not in esi.get(at).words()


def test_what_is_off_where_a_circle_was_is_no_choice_after_it(app: Flask, ana: Desk, esi: Desk, at: str) -> None:
    esi.do(f"{at}/switch", card=CARD, on="no")
    birch = building(app, "Birch House")[0]
    assert CARD in choices(ana), "where no building is known, every card is there"
    closes_one(ana, birch)
    assert CARD in choices(ana)
    closes_one(ana, "")
    assert CARD in choices(ana)


def test_what_is_off_is_left_out(ana: Desk, esi: Desk, at: str) -> None:
    closes_one(ana, at.split("/")[2])
    assert CARD in choices(ana)
    esi.do(f"{at}/switch", card=CARD, on="no")
    assert CARD not in choices(ana) and TITLE not in ana.get("/lead/after").words()


def test_a_card_that_there_is_not_is_refused(app: Flask, ana: Desk, esi: Desk, at: str) -> None:
    before, token = kept(app), ana.token()
    for card in ("", "no-such-card", "x" * 500):
        refused = esi.do(f"{at}/switch", card=card, on="no")
        assert (refused.status, refused.errors()) == (422, ["Pick from the list."])
    assert ana.post(f"{at}/switch", {"csrf_token": token, "card": CARD, "on": "no"}).status == 404
    assert kept(app) == before
