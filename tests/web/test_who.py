"""Who could read this right now: phones, who leads, who hosts, how it came here."""

from flask import Flask

from tests.web.cast import Desk, Doors, MakeApp, Phone, desk

LANDLORD = "The people who own this building also run this computer. While the circle is open they could read it."
SOMEBODY = "Whoever runs this computer could read along while the circle is open."
PLAIN = "This page is not encrypted: others on this Wi-Fi could read along."
ENCRYPTED = "On its way here it is encrypted (HTTPS)."


def lines(phone: Phone) -> list[str]:
    who = phone.here().find("who")
    assert who is not None
    return [" ".join("".join(line.itertext()).split()) for line in who.iter("li")]


def test_it_is_four_honest_lines(ben: Phone) -> None:
    assert lines(ben) == [
        "phones here: 1. Anyone with the code can be one of them.",
        "Who leads today: Ana",
        LANDLORD,
        PLAIN,
    ]


def test_phones_that_come_and_go_are_counted_and_another_circles_are_not(
    app: Flask, circle: Doors, ben: Phone, cleo: Phone, dov: Phone
) -> None:
    dov.here()
    cleo.here()
    assert lines(ben)[0].startswith("phones here: 2.")
    gil = Phone(app).join(circle.code)
    gil.here()
    gil.here()
    assert lines(ben)[0].startswith("phones here: 3.")
    gil.post("/here/leave")
    cleo.post("/here/goodbye")
    assert lines(ben)[0].startswith("phones here: 1.")


def test_the_number_is_live_wherever_it_stands(ben: Phone) -> None:
    page = ben.here()
    live = [one for one in page.root.iter() if "data-phones" in one.attrib]
    assert len(live) == 2 and {"".join(one.itertext()) for one in live} == {"1"}
    assert "#who" in [one.attrib["href"] for one in page.all("a")]


def test_each_circle_names_its_own_leader(ben: Phone, dov: Phone) -> None:
    assert "Who leads today: Ana" in lines(ben) and "Who leads today: Fay" in lines(dov)
    assert "Fay" not in ben.here().text and "Ana" not in dov.here().text


def test_a_leader_without_a_name_is_a_facilitator_of_this_place(app: Flask, ana: Desk, ben: Phone) -> None:
    page = ana.get("/staff/account")
    ana.send(page, next(one for one in page.actions() if one != "/staff/sign-out" and "language" not in one), name="")
    assert "Who leads today: A facilitator of this place" in lines(ben)
    assert "ana@example.org" not in ben.here().text


def test_it_says_who_runs_the_computer(gus: Desk, ben: Phone) -> None:
    token = gus.get("/host").fields("")["csrf_token"]
    gus.post("/host", {"csrf_token": token, "run_by": "<b>The Annex</b> Collective"})
    assert lines(ben)[2] == (
        "This computer is run by <b>The Annex</b> Collective. While the circle is open they could read it."
    )
    gus.post("/host", {"csrf_token": token, "run_by": "The Annex", "landlord": "y"})
    assert lines(ben)[2] == LANDLORD  # that they own the building weighs more than their name
    gus.post("/host", {"csrf_token": token, "run_by": ""})
    assert lines(ben)[2] == SOMEBODY


def test_over_https_it_says_encrypted(make_app: MakeApp, held: list[float]) -> None:
    app = make_app("secure", ADDRESS="https://circle.test")
    ben = Phone(app).join(desk(app, "ana").open().code)
    assert lines(ben)[3] == ENCRYPTED and PLAIN not in ben.here().words("who")


def test_after_the_close_it_still_says_so(ana: Desk, circle: Doors, ben: Phone) -> None:
    ana.do(f"{circle.console}/close")
    assert "Who leads today: Ana" in lines(ben) and LANDLORD in lines(ben)


def test_who_is_not_in_the_circle_is_not_told(ben: Phone, stranger: Phone, fay: Desk, esi: Desk, gus: Desk) -> None:
    ben.here()
    for somebody in (stranger, fay, esi, gus):
        assert somebody.get("/here").location == "/"


def test_it_is_in_the_phones_language(app: Flask, circle: Doors, ben: Phone) -> None:
    dona = Phone(app, "es").join(circle.code)
    spanish, english = lines(dona), lines(ben)
    assert len(spanish) == len(english) == 4 and not set(spanish) & set(english)
