"""Esi writes on our cards what is true in her building (`facilitator.cards_off`), and it stands on them."""

import pytest
from flask import Flask

from tests.web.cast import Desk, kept
from tests.web.planning import building

CARD, SLOT, HERE = "naloxone", "Where naloxone is here", "Front desk.\nRed box by the door."


@pytest.fixture
def at(app: Flask) -> str:
    """Where the cards of a building are."""
    return f"/buildings/{building(app)[0]}/cards"


def writes(esi: Desk, at: str, words: str, card: str = CARD) -> str:
    return esi.do(f"{at}/words", card=card, words=words).location


def test_it_stands_on_the_card_in_that_building_in_both_languages(app: Flask, ana: Desk, esi: Desk, at: str) -> None:
    printed = f"/cards/{CARD}?building={at.split('/')[2]}"
    assert f"{SLOT}:" in ana.get(printed).words("sheet-card"), "a line to write on by hand"
    assert writes(esi, at, HERE) == f"{at}#card-{CARD}"
    here = f"{SLOT}: Front desk. Red box by the door."
    assert here in ana.get(printed).words("sheet-card") and here in esi.get(at).words(f"card-{CARD}")
    assert "Dónde hay naloxona aquí: Front desk." in ana.get(f"{printed}&language=es").words("sheet-card")
    birch = building(app, "Birch House")[0]
    for elsewhere in (f"/cards/{CARD}", f"/cards/{CARD}?building={birch}"):
        assert "Front desk" not in ana.get(elsewhere).text
    assert ana.get(f"/cards/{CARD}?building={'0' * 20}").status == 404


def test_it_is_written_anew_and_taken_off(esi: Desk, at: str) -> None:
    writes(esi, at, HERE)
    (box,) = esi.get(at).all("textarea", id=f"words-{CARD}")
    assert "".join(box.itertext()).lstrip("\n") == HERE
    writes(esi, at, "Ask the night desk.")
    assert "night desk" in esi.get(at).words(f"card-{CARD}") and "Front desk" not in esi.get(at).text
    writes(esi, at, "")
    assert "night desk" not in esi.get(at).text


def test_too_much_comes_back_to_be_mended_in_its_own_box(app: Flask, esi: Desk, at: str) -> None:
    before, typed = kept(app), "x" * 301
    refused = esi.do(f"{at}/words", card=CARD, words=typed)
    assert (refused.status, refused.errors()) == (422, ["Make it shorter."])
    (box,) = refused.all("textarea", id=f"words-{CARD}")
    assert typed in "".join(box.itertext()) and box.get("aria-invalid") == "true"
    assert len([one for one in refused.all("details") if "open" in one.attrib]) == 1
    assert kept(app) == before


@pytest.mark.parametrize("card", ["", "no-such-card", "smoking", "0" * 20, "x" * 500])
def test_a_card_without_a_slot_is_refused(app: Flask, esi: Desk, at: str, card: str) -> None:
    before = kept(app)
    refused = esi.do(f"{at}/words", card=card, words=HERE)
    assert (refused.status, refused.errors()) == (422, ["Pick from the list."])
    assert kept(app) == before


def test_a_field_that_came_twice_is_refused(app: Flask, esi: Desk, at: str) -> None:
    before, token = kept(app), esi.token()
    for twice in ({"card": [CARD, CARD], "words": HERE}, {"card": CARD, "words": ["a", "b"]}):
        assert esi.post(f"{at}/words", twice | {"csrf_token": token}).status == 422
    assert kept(app) == before


def test_markup_in_it_is_text(ana: Desk, esi: Desk, at: str) -> None:
    nasty = "</textarea><script>alert(1)</script>"
    writes(esi, at, nasty)
    for page in (esi.get(at), ana.get(f"/cards/{CARD}?building={at.split('/')[2]}")):
        assert "<script>alert" not in page.text and nasty in page.words()


def test_ours_are_marked_until_somebody_has_checked_them(esi: Desk, at: str) -> None:
    assert "not yet checked" in esi.get(at).words(f"card-{CARD}")
