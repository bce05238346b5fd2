"""Each audience hears its own: members no controls, another circle nothing, each reader their language."""

import re
import uuid
from itertools import cycle

from sessions.library import circle_names
from tests.people import Circle, Phone, Staff
from tests.server import Server
from tests.sockets import Listener

CONTROLS = ("/lead/", "<form", "<button", "is waiting", "are waiting", "Set aside", 'class="share aside"')


def test_a_member_is_never_sent_controls_waiting_counts_or_what_is_set_aside(server: Server, ana: Staff) -> None:
    circle = ana.open_circle(appear="handfuls")
    ben, cleo = Phone(server).come_in(circle), Phone(server).come_in(circle)
    with ben.listen() as phone, ana.listen(circle=circle.id) as console:
        a_whole_evening(ana, circle, cleo, ben)
        phone.wait_for_version(ben.catch_up().version)
        console.wait_for_version(ben.catch_up().version)
    assert [word for word in CONTROLS if word in phone.words().replace('\\"', '"')] == []
    assert [word for word in CONTROLS if word not in console.words().replace('\\"', '"')] == []


def test_a_share_set_aside_is_in_nothing_a_member_is_sent_until_it_is_restored(
    ana: Staff, circle: Circle, ben: Phone, cleo: Phone
) -> None:
    cleo.note("names a dealer")
    cleo.note("another note")
    hidden, other = ben.catch_up().wall("notes")
    with ben.listen() as phone:
        ana.act(circle.id, f"shares/{hidden}/set-aside")
        # What follows makes members' screens draw the whole wall anew.
        ana.act(circle.id, f"shares/{other}/set-aside")
        ana.act(circle.id, f"shares/{other}/restore")
        phone.wait_for_version(ben.catch_up().version)
        assert "another note" in phone.words()
        assert "names a dealer" not in phone.words() + ben.catch_up().text
        ana.act(circle.id, f"shares/{hidden}/restore")
        page = ben.catch_up()
        assert list(page.wall("notes").values()) == ["names a dealer", "another note"]
        [[op, target, markup]] = phone.wait_for_version(page.version).data["ops"]
    assert (op, target) == ("replace", "notes")
    assert markup.strip() in page.text


def test_dov_hears_nothing_of_anas_other_circle(ana: Staff, circle: Circle, ben: Phone, dov: Phone) -> None:
    before = dov.catch_up()
    with dov.listen() as next_door, ben.listen() as phone:
        a_whole_evening(ana, circle, ben)
        phone.wait_for_version(ben.catch_up().version)
        assert phone.streams()
        assert next_door.streams() == []
        assert {heard.data["n"] for heard in next_door.told("here")} <= {1}
        assert {heard.data["v"] for heard in next_door.told("beat")} == {before.version}
    assert dov.catch_up().wall("notes") == {}


def test_spanish_and_english_readers_each_hear_their_own_language(ana: Staff, circle: Circle, ben: Phone) -> None:
    luz = Phone(ben.server, language="es").come_in(circle)
    chose_it = Phone(ben.server)
    chose_it.post("/language", {"language": "es"})
    chose_it.come_in(circle)
    with ben.listen() as english, luz.listen() as spanish, chose_it.listen() as spanish_too:
        ben.check_in("hola, hello", ["drug:mixing"])
        ana.act(circle.id, "rules", words="We speak slowly.")
        ana.act(circle.id, "close")
        for socket in (english, spanish, spanish_too):
            socket.wait_for_version(ben.catch_up().version)
    assert "mixing" in english.words()
    assert "The circle has closed." in english.words()
    for words in (spanish.words(), spanish_too.words()):
        assert "mezcla" in words
        assert "El círculo se cerró." in words
        assert "The circle has closed." not in words
        # What people wrote is nobody's to translate.
        assert "hola, hello" in words
        assert "We speak slowly." in words


def test_of_what_is_the_leaders_a_member_is_sent_nothing(server: Server, ana: Staff) -> None:
    """No hand, no name that was given to one, no line, no code, no minutes; and to nobody a number of what was said."""
    circle = ana.open_circle(appear="handfuls")
    ben, cleo = Phone(server).come_in(circle), Phone(server).come_in(circle)
    with ben.listen() as phone, ana.listen(circle=circle.id) as console:
        cleo.send("hand", "please read this out")
        leads(ana, circle)
        for writer, words in ((ben, "slept well"), (cleo, "slept badly"), (cleo, "not much")):
            writer.check_in(words, ["set:sleep"])
        version = ben.catch_up().version
        phone.wait_for_version(version)
        console.wait_for_version(version)
        console.wait_for(lambda heard: heard.event == "minutes", within=30)
    given = [name for name in circle_names("en") if name in console.words()]
    page = ana.console(circle.id)
    told = phone.words() + ben.catch_up().text
    assert len(given) == 1 and "please read this out" in console.words() and "sofa" in console.words()
    secrets = (*given, "please read", "sofa", page.find(r"data-code>([\d ]+)<"), "17 min")
    assert [secret for secret in secrets if secret in told] == []
    assert {heard.event for heard in phone.journal} == {"beat", "here", "stream"}
    # Each tag stands on its share, and nowhere is a sum of them.
    assert phone.words().count("sleep</li>") == console.words().count("sleep</li>") == 3
    assert numbers(phone) == []


def leads(ana: Staff, circle: Circle) -> None:
    """What a leader changes that is nobody else's to see."""
    ana.act(circle.id, "hands", text="Sofa corner, sofa", key=str(uuid.uuid4()))
    for hand in re.findall(r'<li id="hand-(\w+)"', ana.console(circle.id).text):
        assert ana.act(circle.id, f"hands/{hand}/invite").status == 204
    for action in ("pause", "resume", "shut", "change-code", "unshut"):
        assert ana.act(circle.id, action).status == 204
    assert ana.act(circle.id, "parts/minutes", part="3", minutes="17").status == 204
    assert ana.act(circle.id, "parts/move", part="4", direction="up").status == 204


def numbers(socket: Listener) -> list[str]:
    """Every number that can be read in what was pushed."""
    said = " ".join(re.sub(r"<[^>]*>", " ", op[2]) for push in socket.streams() for op in push.data["ops"])
    return re.findall(r"\d+", said)


def a_whole_evening(ana: Staff, circle: Circle, writer: Phone, *others: Phone) -> None:
    """Everything a facilitator can do, and enough said to do it to."""
    for number, phone in zip(range(3), cycle((writer, *others))):
        phone.note(f"note {number}")
    first, second, _ = writer.catch_up().wall("notes")
    for action in ("set-aside", "restore", "set-aside"):
        assert ana.act(circle.id, f"shares/{first}/{action}").status == 204
    assert ana.act(circle.id, f"shares/{second}/wipe").status == 204
    writer.check_in("waits")
    writer.check_in("waits too")
    assert ana.act(circle.id, "rules", words="We start on time.").status == 204
    rule = ana.console(circle.id).find(r'<ol id="rules".*?id="rule-(\w+)"')
    for action, form in (("reword", {"words": "Our own words."}), ("move", {"direction": "down"}), ("remove", {})):
        assert ana.act(circle.id, f"rules/{rule}/{action}", **form).status == 204
    for action in ("blank", "unblank", "close", "reopen"):
        assert ana.act(circle.id, action, passphrase="a kettle and two cups").status == 204
