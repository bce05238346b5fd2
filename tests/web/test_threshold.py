"""What stands before "Come in": three lines, who leads, what they must report."""

from tests.web.cast import Desk, Doors, MakeApp, Phone, desk

THREE_LINES = [
    "No name, no account.",
    "When we close, what was written is gone. People can still remember.",
    "Anyone with the code can read along.",
]
LANDLORD = "The people who own this building also run this computer. While the circle is open they could read it."


def threshold(phone: Phone, circle: Doors) -> str:
    phone.knock(circle.code)
    return phone.get("/join").words()


def host_says(gus: Desk, **words: str) -> None:
    assert gus.send(gus.get("/host"), "", **words).status == 303


def test_the_three_lines_come_first_and_are_no_more(circle: Doors, stranger: Phone) -> None:
    stranger.knock(circle.code)
    page = stranger.get("/join")
    first = next(one for one in page.root.iter("ul") if one.attrib.get("class") == "lines")
    assert ["".join(line.itertext()) for line in first] == THREE_LINES
    assert page.words().index(THREE_LINES[0]) < page.words().index("Come in")


def test_who_leads_who_pays_and_what_they_must_report(ana: Desk, circle: Doors, stranger: Phone) -> None:
    ana.send(
        ana.get("/staff/account"),
        "",
        name="Ana",
        paid_by="Hazel Street Clinic",
        must_report="A child being hurt.",
    )
    words = threshold(stranger, circle)
    assert "Who leads today Ana Who pays them Hazel Street Clinic" in words
    assert "What they must report by law A child being hurt." in words
    assert words.index("A child being hurt.") < words.index("Come in")


def test_until_the_leader_has_said_there_is_a_plain_default(circle: Doors, stranger: Phone) -> None:
    words = threshold(stranger, circle)
    assert "They have not said yet. You can ask." in words
    assert "In many places: a child being hurt, or somebody about to be hurt. Ask before you share." in words


def test_the_landlord_line_is_on_until_the_host_says_otherwise(gus: Desk, circle: Doors, stranger: Phone) -> None:
    assert LANDLORD in threshold(stranger, circle)
    gus.post("/host", {"csrf_token": gus.get("/host").fields("")["csrf_token"], "run_by": "The Annex Collective"})
    words = threshold(stranger, circle)
    assert LANDLORD not in words
    assert "This computer is run by The Annex Collective." in words


def test_more_holds_nine_promises_and_what_we_cannot_promise(circle: Doors, stranger: Phone) -> None:
    stranger.knock(circle.code)
    page = stranger.get("/join")
    (promises,) = [one for one in page.root.iter("ol") if one.attrib.get("class") == "lines"]
    assert len(promises) == 9
    assert "This gives you no shield in court." in page.words()
    assert "not encrypted" in page.words()


def test_the_hosts_limits_stand_among_what_we_cannot_promise(gus: Desk, circle: Doors, stranger: Phone) -> None:
    host_says(gus, limits="Cameras in the hall.")
    assert "Cameras in the hall." in threshold(stranger, circle)


def test_over_https_nothing_is_said_of_plain_http(make_app: MakeApp, held: list[float]) -> None:
    app = make_app(ADDRESS="https://circle.test")
    circle = desk(app, "ana").open()
    assert "not encrypted" not in threshold(Phone(app), circle)


def test_no_name_is_asked_and_no_box_is_there_to_tick(circle: Doors, stranger: Phone) -> None:
    stranger.knock(circle.code)
    page = stranger.get("/join")
    assert list(page.fields("/join")) == ["csrf_token"]


def test_the_title_and_the_code_are_not_on_it(circle: Doors, stranger: Phone) -> None:
    stranger.knock(circle.code)
    text = stranger.get("/join").text
    assert "Tuesday circle" not in text and circle.code not in text and circle.link not in text


def test_help_is_on_the_door_and_the_threshold(circle: Doors, stranger: Phone) -> None:
    stranger.knock(circle.code)
    for path in ("/", "/join"):
        page = stranger.get(path)
        assert [one.attrib["href"] for one in page.all("a", href="tel:911")]
        assert "Get naloxone" in page.words("help")


def test_help_names_the_hosts_address_and_naloxone(gus: Desk, stranger: Phone) -> None:
    host_says(gus, address="120 Hazel Street, side door", naloxone="front desk")
    words = stranger.get("/").words("help")
    assert 'Say: "not breathing", at 120 Hazel Street, side door.' in words and "front desk" in words
