"""Anybody may read what this computer keeps, in their own language, and what its owner could do."""

import pytest
from flask import Flask

from sessions import host
from sessions.host import Host
from sessions.library import kept
from sessions.models import Base
from tests.web.cast import Desk, Doors, Phone


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_column_is_on_the_page_with_what_it_is_and_how_long(app: Flask, language: str) -> None:
    page = Phone(app, language).get("/what-we-keep")
    assert page.status == 200
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            assert f">{table.name}.{column.name}</code>" in page.text
    read = page.words()
    for group in kept(language):
        assert all(words.language == language and words.text in read for words in group.words())


def test_the_door_the_join_page_and_the_staff_pages_lead_there(app: Flask, circle: Doors, ana: Desk, gus: Desk) -> None:
    ben = Phone(app)
    link = 'href="/what-we-keep"'
    assert link in ben.get("/").text
    ben.knock(circle.code)
    assert link in ben.get("/join").text
    for page in (ben.get("/staff/sign-in"), ana.get("/lead"), ana.get("/staff/account"), gus.get("/host")):
        assert link in page.text
    assert link not in ana.get(circle.console).text


def test_it_says_what_the_owner_could_do_and_who_that_is(app: Flask) -> None:
    page = Phone(app).get("/what-we-keep")
    assert "The people who own this building also run this computer." in page.words()
    assert "While the circle is open they could read it." in page.words()
    app.extensions["database"].write(host.write, Host(run_by="Hazel House", landlord=False))
    assert "This computer is run by Hazel House." in Phone(app).get("/what-we-keep").words()
