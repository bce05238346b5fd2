"""Esi adds words to tap in a building, and its circles have them beside ours (`facilitator.own_tags`)."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from sessions.library import tags
from tests.web.cast import Desk, Doors, Ear, Phone, kept, read_doors
from tests.web.pages import Page
from tests.web.planning import building, own_tag

COOKING = {"shape": "setting", "label": "cooking for others", "help": "with or without food"}
SHAPES = {"drug", "set", "setting"}


@pytest.fixture
def at(app: Flask) -> str:
    """Where the tags of a building are."""
    return f"/buildings/{building(app)[0]}/tags"


def adds(esi: Desk, at: str, **typed: str) -> Page:
    return esi.send(esi.get(at), f"{at}/add", **{f"tag-{name}": words for name, words in typed.items()})


def opens(app: Flask, ana: Desk, at: str, appear: str = "at-once") -> Doors:
    """A circle in this building."""
    page = ana.send(ana.get("/lead"), "/lead/circles", title="Tuesday", building=at.split("/")[2], appear=appear)
    return read_doors(app, page.location.rpartition("/")[2])


def chip(page: Page, tag: str) -> list[Any]:
    """Each place on a page where this tag can be tapped."""
    return [one.getparent() for one in page.all("input", name="tags", value=tag)]


def tapped(page: Page) -> list[str]:
    """What was tapped with the shares on a page, each with the class that has its shape."""
    return [
        f"{one.attrib['class'].removeprefix('tag ')}: {' '.join(''.join(one.itertext()).split())}"
        for one in page.all("li")
        if one.attrib.get("class", "").startswith("tag ")
    ]


def test_staff_add_change_and_take_off_a_word(esi: Desk, at: str) -> None:
    where = adds(esi, at, **COOKING).location
    assert where.startswith(f"{at}#tag-")
    line = where.partition("#")[2]
    assert "cooking for others with or without food" in esi.get(at).words(line)
    form = f"{at}/{line.removeprefix('tag-')}"
    page = esi.get(at)
    own = {name: values for name, values in page.fields(f"{form}/change").items() if name != "csrf_token"}
    assert [*own.values()] == [["setting"], ["cooking for others"], ["with or without food"]]
    prefix = line.removeprefix("tag-")
    esi.send(page, f"{form}/change", **{f"{prefix}-label": "eating with others", f"{prefix}-shape": "set"})
    assert "eating with others" in esi.get(at).words(line)
    assert esi.do(f"{form}/take-off").location == at
    assert esi.get(at).find(line) is None and esi.do(f"{form}/take-off").status == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"shape": "setting"}, "Fill this in first."),
        ({"shape": "setting", "label": "\u200b"}, "Fill this in first."),
        ({"label": "laughing"}, "Pick from the list."),
        ({"shape": "want", "label": "laughing"}, "Pick from the list."),
        ({"shape": "set", "label": "x" * 41}, "Make it shorter."),
        ({"shape": "set", "label": "x", "help": "x" * 81}, "Make it shorter."),
        ({"shape": "set", "label": "SLEEP"}, "That is there already. Use other words."),
    ],
)
def test_what_cannot_be_kept_is_said_beside_it(
    app: Flask, esi: Desk, at: str, typed: dict[str, str], sentence: str
) -> None:
    before = kept(app)
    refused = adds(esi, at, **typed)
    assert refused.status == 422 and sentence in refused.errors()
    for name in ("label", "help"):
        assert refused.fields(f"{at}/add")[f"tag-{name}"] == [typed.get(name, "")]
    assert kept(app) == before


def test_the_page_says_what_is_best_left_out_and_stops_nobody(app: Flask, esi: Desk, at: str) -> None:
    said = esi.get(at).words("never")
    for word in ("Names", "sells", "price", "Amounts", "floor", "dates", "illness", "Warrants", "Nothing here stops"):
        assert word in said
    for tag in ("setting:people", "drug:looks-new", "setting:place", "set:health"):
        assert f"“{tags('en').by_id[tag].label}”" in said
    where = adds(esi, at, shape="setting", label="the addicts upstairs").location.partition("#")[2]
    told = esi.get(at).words(where)
    assert "You may want to look at this again: addicts → person who uses drugs" in told
    spanish = Desk(app, "es")
    spanish.keep_cookie("staff", esi.cookie("staff") or "")
    assert "Quién vende" in spanish.get(at).words("never")


def test_of_twelve_none_more_is_offered(app: Flask, esi: Desk, at: str) -> None:
    for number in range(12):
        own_tag(app, at.split("/")[2], f"word {number}")
    page = esi.get(at)
    assert f"{at}/add" not in page.actions() and "There is no room for more." in page.words("own")
    late = esi.do(f"{at}/add", **{f"tag-{name}": words for name, words in COOKING.items()})
    assert (late.status, late.errors()) == (422, ["There is no room for more."])


def test_a_member_taps_it_and_everybody_reads_it_in_its_shape(app: Flask, ana: Desk, esi: Desk, at: str) -> None:
    tag = f"setting:own-{adds(esi, at, **COOKING).location.rpartition('-')[2]}"
    circle = opens(app, ana, at)
    ben, dona = Phone(app).join(circle.code), Phone(app, "es").join(circle.code)
    for page in (ben.here(), dona.here()):
        for found in chip(page, tag):
            (words,) = found.iter("span")
            assert (words.text, words.get("dir"), words.get("title")) == (
                "cooking for others",
                "auto",
                "with or without food",
            )
            assert found.get("class") == "chip setting"
        assert {one.get("form") for one in page.all("input", name="tags", value=tag)} == {
            "check-in-form",
            "note-form",
        }
    assert chip(ana.get(circle.console), tag), "a leader taps it for somebody without a phone"
    ben.share("soup", tags=[tag, "set:sleep"])
    ben.share("tea", kind="notes", tags=[tag])
    for seen in (dona.here(), ben.here(), ana.get(circle.console)):
        assert tapped(seen).count("setting: cooking for others") == 2
    assert tapped(ana.get(f"{circle.console}/screen?show=wall")).count("setting: cooking for others") == 2
    ana.do(f"{circle.console}/in-the-room", text="", tags=tag, key="0" * 8 + "-0000-4000-8000-" + "0" * 12)
    assert tapped(dona.here()).count("setting: cooking for others") == 3


def test_a_share_that_waits_has_it_on_its_own_phone(app: Flask, ana: Desk, at: str) -> None:
    tag = f"setting:own-{own_tag(app, at.split('/')[2])}"
    ben = Phone(app).join(opens(app, ana, at, "handfuls").code)
    answer = ben.share("soup", tags=[tag], script=True)
    assert "cooking for others" in answer.text
    assert tapped(ben.here()) == ["setting: cooking for others"]


def test_what_is_pushed_has_its_words_and_reads_no_more_than_it_did(
    app: Flask, ana: Desk, at: str, listen: Callable[..., Ear], monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = f"setting:own-{own_tag(app, at.split('/')[2])}"
    circle = opens(app, ana, at)
    ben, cleo, dona = Phone(app).join(circle.code), Phone(app).join(circle.code), Phone(app, "es").join(circle.code)
    ears = [listen(cleo), listen(dona), listen(ana, circle.id)]
    page, opened = ben.here(), []
    vault, unseal = app.extensions["vault"], app.extensions["vault"].unseal
    monkeypatch.setattr(vault, "unseal", lambda *what: opened.append(what[1]) or unseal(*what))
    ben.send(page, "/here/check-ins", text="soup", tags=[tag])
    for ear in ears:
        ((op, target, html), *_) = ear.ops()
        assert (op, target) == ("append", "checkins") and "cooking for others" in html and 'dir="auto"' in html
    # As it was checked, which does for all who are told.
    assert opened.count("tags") == 1


def test_it_is_on_the_board_in_its_shape(app: Flask, ana: Desk, at: str) -> None:
    tag = f"setting:own-{own_tag(app, at.split('/')[2])}"
    circle = opens(app, ana, at)
    for number in range(3):
        Phone(app).join(circle.code).share(f"{number}", tags=[tag])
    assert "setting large: cooking for others" in tapped(ana.get(circle.console))
    drawn = ana.get(f"{circle.console}/screen?show=themes")
    assert "Setting: cooking for others" in drawn.words("state") and tag not in drawn.text
    ana.do(f"{circle.console}/parts/start", part="5")
    assert "setting large: cooking for others" in tapped(Phone(app).join(circle.code).here())


def test_what_staff_change_later_touches_no_open_circle(app: Flask, ana: Desk, esi: Desk, at: str) -> None:
    tag_id = own_tag(app, at.split("/")[2])
    circle = opens(app, ana, at)
    ben = Phone(app).join(circle.code)
    esi.do(f"{at}/{tag_id}/take-off")
    ben.share("soup", tags=[f"setting:own-{tag_id}"])
    assert "setting: cooking for others" in tapped(ben.here())
    ana.do(f"{circle.console}/close")
    assert "cooking for others" not in ana.get(circle.console).text
    assert not chip(Phone(app).join(opens(app, ana, at).code).here(), f"setting:own-{tag_id}")


def test_a_tag_of_another_circle_is_refused_and_what_was_typed_stays(
    app: Flask, ana: Desk, circle: Doors, ben: Phone, at: str
) -> None:
    tag = f"setting:own-{own_tag(app, at.split('/')[2])}"
    opens(app, ana, at)
    before = kept(app)
    refused = ben.share("soup", tags=[tag])
    assert (refused.status, refused.errors()) == (422, ["Pick from the list."])
    assert "soup" in refused.text and tag not in refused.text and kept(app) == before


def test_another_role_and_another_building_reach_none_of_it(app: Flask, ana: Desk, esi: Desk, at: str) -> None:
    tag_id, birch = own_tag(app, at.split("/")[2]), building(app, "Birch House")[0]
    token, before = ana.token(), kept(app)
    for action in ("add", f"{tag_id}/change", f"{tag_id}/take-off"):
        assert ana.post(f"{at}/{action}", {"csrf_token": token}).status == 404
    assert ana.get(at).status == 404
    for action in ("change", "take-off"):
        assert esi.do(f"/buildings/{birch}/tags/{tag_id}/{action}", **{f"{tag_id}-label": "x"}).status == 404
    assert kept(app) == before


def test_they_are_on_a_sheet_of_their_own_where_there_are_any(app: Flask, ana: Desk, at: str) -> None:
    assert ana.get("/lead/print").find("sheet-own") is None
    own_tag(app, at.split("/")[2])
    assert "cooking for others" in ana.get("/lead/print").words("sheet-own")
    circle = opens(app, ana, at)
    assert "cooking for others" in ana.get(f"{circle.console}/print").words("sheet-own")
    assert ana.get("/lead/print?building=").find("sheet-own") is None
