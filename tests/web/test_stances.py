"""Where I am, and what I want today: words to tap for those who like them, of no rank."""

from flask import Flask

from sessions.library import tags
from tests.web.cast import Desk, Doors, Phone, kept
from tests.web.pages import Page

STANCES = [tag for group in tags("en").stances for tag in group.tags]


def stances(page: Page, form: str = "check-in-form") -> list[str]:
    found = [one.attrib["value"] for one in page.all("input", name="tags", form=form)]
    return [one for one in found if one.startswith(("where:", "want:"))]


def test_they_are_part_of_the_share(ana: Desk, circle: Doors, ben: Phone, cleo: Phone, dov: Phone) -> None:
    assert ben.share("own words first", tags=["where:it-shifts", "want:to-listen"]).status == 303
    assert cleo.here().items("checkins") == ["own words first it shifts day to day to listen"]
    assert ana.get(circle.console).items("checkins")[0].startswith("own words first it shifts day to day to listen")
    assert dov.here().items("checkins") == []


def test_each_reader_reads_them_in_their_own_language(app: Flask, circle: Doors, ben: Phone, cleo: Phone) -> None:
    dona = Phone(app, "es").join(circle.code)
    dona.share(tags=["where:it-shifts", "want:to-listen"])
    assert cleo.here().items("checkins") == ["it shifts day to day to listen"]
    assert dona.here().items("checkins") == ["cambia cada día escuchar"]


def test_every_one_is_accepted_alone(ben: Phone, cleo: Phone) -> None:
    assert len(STANCES) == 19
    for tag in STANCES:
        assert ben.share(tags=[tag.id], script=True).status == 200
    assert cleo.here().items("checkins") == [tag.label for tag in STANCES]


def test_all_are_there_once_under_the_check_in_and_none_under_the_note(ben: Phone) -> None:
    page = ben.here()
    assert sorted(stances(page)) == sorted(tag.id for tag in STANCES)
    assert stances(page, "note-form") == []


def test_none_is_chosen_and_none_is_needed(ben: Phone, cleo: Phone) -> None:
    assert "tags" not in ben.here().fields("/here/check-ins")
    ben.share("words alone")
    assert cleo.here().items("checkins") == ["words alone"]


def test_one_phone_keeps_its_order_and_phones_differ(app: Flask, circle: Doors, ben: Phone) -> None:
    assert stances(ben.here()) == stances(ben.here())
    orders = {tuple(stances(Phone(app).join(circle.code).here())) for _ in range(4)}
    assert len(orders) == 4


def test_neither_row_comes_first_for_everybody(app: Flask, circle: Doors) -> None:
    firsts = {stances(Phone(app).join(circle.code).here())[0].partition(":")[0] for _ in range(16)}
    assert firsts == {"where", "want"}


def test_the_order_of_tapping_does_not_show(ben: Phone, cleo: Phone) -> None:
    ben.share(tags=["want:quiet", "where:not-sure"])
    cleo.share(tags=["where:not-sure", "want:quiet"])
    assert len(set(ben.here().items("checkins"))) == 1


def test_refused_they_stay_tapped_and_in_view(ben: Phone) -> None:
    tapped = ["want:quiet", "where:not-sure"]
    back = ben.share("x" * 1001, tags=tapped)
    assert back.status == 422 and sorted(back.fields("/here/check-ins")["tags"]) == tapped
    (drawer,) = back.all("details", **{"class": "more-tags stances"})
    assert "open" in drawer.attrib
    (closed,) = ben.here().all("details", **{"class": "more-tags stances"})
    assert "open" not in closed.attrib


def test_what_is_not_on_the_list_is_refused(app: Flask, ben: Phone) -> None:
    page, before = ben.here(), kept(app)
    for tag in ("where:", "where:nowhere", "want:drug", "want", "WHERE:not-sure", "where:to-listen"):
        back = ben.send(page, "/here/check-ins", text="x", tags=[tag])
        assert (back.status, back.errors(), kept(app)) == (422, ["Pick from the list."], before)
