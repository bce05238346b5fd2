"""An account's own page."""

import pytest
from flask import Flask

from tests.web.cast import Desk, kept


def test_a_facilitator_writes_what_members_are_told(ana: Desk) -> None:
    words = {"name": "Ana", "paid_by": "Hazel Street Clinic", "must_report": "A child being hurt."}
    assert ana.send(ana.get("/staff/account"), "", **words).location == "/lead"
    held = ana.get("/staff/account").fields("")
    assert {name: held[name] for name in words} == {name: [typed] for name, typed in words.items()}


def test_it_is_ones_own_and_nobody_elses(app: Flask, ana: Desk, fay: Desk) -> None:
    ana.send(ana.get("/staff/account"), "", name="Ana of the kettle", paid_by="the clinic")
    page = fay.get("/staff/account")
    assert page.fields("")["name"] == ["Fay"] and "Ana of the kettle" not in page.text


@pytest.mark.parametrize(("field", "longest"), [("name", 60), ("paid_by", 200), ("must_report", 600)])
def test_too_long_is_given_back(field: str, longest: int, app: Flask, ana: Desk) -> None:
    before = kept(app)
    back = ana.send(ana.get("/staff/account"), "", **{field: "x" * (longest + 1)})
    assert back.status == 422 and len(back.errors()) == 1
    assert back.fields("")[field] == ["x" * (longest + 1)]
    assert kept(app) == before


def test_housing_and_admin_have_nothing_to_set(app: Flask, ana: Desk, esi: Desk, gus: Desk) -> None:
    for desk in (esi, gus):
        page = desk.get("/staff/account")
        assert "There is nothing to set here for your account." in page.words()
        assert page.actions() == ["/staff/sign-out"]
    # The way to the other pages is only shown to who may go there.
    assert [one.attrib["href"] for one in ana.get("/staff/account").root.iter("a")][1:] == ["/lead", "/staff/account"]
    assert [one.attrib["href"] for one in gus.get("/staff/account").root.iter("a")][1:] == ["/host", "/staff/account"]
    assert [one.attrib["href"] for one in esi.get("/staff/account").root.iter("a")][1:] == ["/staff/account"]
