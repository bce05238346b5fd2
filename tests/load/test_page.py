"""What a run writes: a table, the aims beside what was measured, and a picture. Figures made up, so that it is fast."""

from lxml import etree

from tests.load.aims import AIMS, CATCH_UP, COME_BACK, DIRECT, FAN_OUT, FASTIFY, MANUALS, POST, PYTHON, STORM, C, ratio
from tests.load.drawing import svg
from tests.load.page import aims_table, page, table

POSTS, PUSHES = POST.format("50 x 20"), FAN_OUT.format("1 x 200")
FOUND = {
    DIRECT: {POSTS: [3.0, 2.0, 9.0], PUSHES: [10.0]},
    FASTIFY: {POSTS: [1.0, 1.0, 1.0], PUSHES: [20.0]},
    PYTHON: {PUSHES: [80.0]},
    MANUALS: {POSTS: [15.0]},
}
SVG = "{http://www.w3.org/2000/svg}"


def test_the_table_has_the_median_and_the_spread_of_each_contender() -> None:
    rows = table(FOUND).splitlines()
    assert rows[0] == f"| median (least-most) | {DIRECT} | {FASTIFY} | {PYTHON} | {MANUALS} |"
    assert f"| {POSTS} | 3.00 (2.00-9.00) | 1.00 (1.00-1.00) |  | 15.00 (15.00-15.00) |" in rows
    assert {row.count("|") for row in rows} == {6}


def test_an_aim_is_reached_above_its_floor_missed_or_not_measured() -> None:
    came = {(aim.against, aim.figure): ratio(FOUND, aim) for aim in AIMS}
    assert came[MANUALS, POSTS] == 5 and came[FASTIFY, PUSHES] == 2
    told = aims_table(FOUND)
    assert "| 4.5 | 5.00 | reached |" in told
    assert "| 1.3 | 4 | 2.00 | above the floor: " in told
    assert "| 0.5 | 0.8 | 0.33 | **missed**: 3.00 here, 1.00 there (CPU-ms) |" in told
    assert "| - | not measured in this run |" in told
    assert len(told.splitlines()) == 2 + len(AIMS)


def test_why_an_aim_was_missed_is_said_from_what_was_measured_beside_it() -> None:
    pushes, phones = FAN_OUT.format("50 x 20"), CATCH_UP.format(STORM)
    beside = {
        DIRECT: {POSTS: [3.0], pushes: [10.0], phones: [9.0], COME_BACK.format(STORM): [2.0]},
        FASTIFY: {POSTS: [1.0], pushes: [8.0], phones: [2.0], COME_BACK.format(STORM): [1.0]},
        C: {pushes: [6.0]},
    }
    told = aims_table(beside)
    assert "3.00 here, 1.00 there (CPU-ms); of ours 0.20 are pushes" in told
    assert "10.00 here, 8.00 there (CPU-ms / 1,000); one send() for each is 6.00 in C already" in told
    assert "10.00 here, 6.00 there (CPU-ms / 1,000) |" in told
    assert "9.00 here, 2.00 there (CPU-ms each); the sockets alone 2.00 and 1.00" in told


def test_the_page_says_where_it_was_measured_and_what_was_thrown_away() -> None:
    written = page("On two cores.", FOUND, ["tells 1 x 10, somebody: too busy"])
    assert "On two cores." in written and "- tells 1 x 10, somebody: too busy" in written
    assert table(FOUND) in written and aims_table(FOUND) in written
    assert page("", FOUND, []).rstrip().endswith("Nothing.")


def test_the_picture_is_whole_in_light_and_dark_and_its_longest_bar_is_of_the_most() -> None:
    drawn = etree.fromstring(svg(FOUND, "On two cores, " * 20))
    assert "prefers-color-scheme:dark" in drawn.findtext(f"{SVG}style")
    bars = drawn.findall(f"{SVG}rect")
    assert len(bars) == 6  # three posts in one panel, three pushes in another; two panels have nothing to show
    assert "On two cores" in "".join(drawn.itertext())
    widths = [float(bar.get("width", "")) for bar in bars]
    assert widths[2] == max(widths[:3]) and widths[5] == max(widths[3:])
    assert len([bar for bar in bars if bar.get("class") == "ours"]) == 2
    _, _, wide, high = (float(part) for part in drawn.get("viewBox", "").split())
    for one in drawn.iter(f"{SVG}rect", f"{SVG}text"):
        assert 0 <= float(one.get("x", "")) < wide and 0 <= float(one.get("y", "")) < high
