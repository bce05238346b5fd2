"""Anything at all, posted to every form there is: an answer in good time, never a 500, nothing of it remembered."""

import json
import re
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote_from_bytes, urlsplit

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from facilitator import create_app
from tests.faults.untouched import MOST_MEGABYTES, files, memory, untouched
from tests.people import Admin, Phone, Staff, Visitor
from tests.server import PASSPHRASE, Server

FEW, MANY = 200, 20_000
WITHIN_SECONDS, MOST_BODY = 60.0, 64 * 1024
EDGE = "dusk"
SHARE = {"text", "tags", "key"}
GROUP = {"title", "room", "kind", "first", "until", "start", "minutes", "account", "reason", "look"}
GROUP |= {"instead", "instead-room"}
RHYTHM = {"rhythm-kind", "rhythm-first", "rhythm-start", "rhythm-reason", "instead"}
CARD = {"title", "line_1", "line_2", "line_3", "moves_1", "source", "language", "look"}
OWN_WORDS = {"address", "address_public", "languages", "leave_to", "run_by", "landlord", "limits"}
PLACE = {"place-kind", "place-name", "place-phone", "place-address", "place-walk_in", "place-note"}
FORMS: dict[str, tuple[str, str, set[str]]] = {
    # the endpoint: who posts it, where, and the fields it has
    "door.knock": ("stranger", "/door", {"code"}),
    "door.join": ("stranger", "/join", {"shared"}),
    "door.language": ("stranger", "/language", {"language"}),
    "door.forgotten": ("stranger", "/forgotten", {"share"}),
    "here.leave": ("stranger", "/here/leave", set()),
    "here.goodbye": ("stranger", "/here/goodbye", set()),
    "here.check_in": ("ben", "/here/check-ins", SHARE),
    "here.note": ("ben", "/here/notes", SHARE),
    "here.take_back": ("ben", "/here/shares/{none}/take-back", set()),
    "here.change": ("ben", "/here/shares/{share}/change", {"text"}),
    "here.hear": ("ben", "/here/shares/{share}/hear", set()),
    "here.unhear": ("ben", "/here/shares/{share}/unhear", set()),
    "here.show": ("ben", "/here/shares/{share}/show", set()),
    "staff.sign_in": ("stranger", "/staff/sign-in", {"email", "passphrase", "code"}),
    "staff.first": ("stranger", "/staff/first/{none}", {"email", "passphrase", "role", "run_by"}),
    "staff.invited": ("stranger", "{invitation}", {"email", "name"}),
    "staff.sign_out": ("nobody", "/staff/sign-out", set()),
    "account.page": ("ana", "/staff/account", {"name", "paid_by", "must_report"}),
    "account.passphrase": ("ana", "/staff/account/passphrase", {"old", "passphrase"}),
    "account.second_step": ("ana", "/staff/account/second-step", {"secret", "old", "code"}),
    "account.remove_second_step": ("ana", "/staff/account/second-step/remove", {"old"}),
    "account.end_sign_in": ("nobody", "/staff/account/sign-ins/end", {"place"}),
    "account.sign_out_everywhere": ("nobody", "/staff/account/sign-out-everywhere", set()),
    "host.page": ("gus", "/host", {"run_by", "landlord", "limits", "address", "naloxone", "leave_to"}),
    "people.invite": ("gus", "/people/invitations", {"role"}),
    "people.set_role": ("gus", "/people/{none}/role", {"role"}),
    "people.disable": ("nobody", "{account}/disable", set()),
    "people.enable": ("gus", "{account}/enable", set()),
    "people.remove": ("gus", "{account}/remove", set()),
    "lead.open_circle": ("ana", "/lead/circles", {"title", "minutes", "appear", "pin", "ground", "building"}),
    "lead.practice": ("nobody", "/lead/practice", set()),
    "lead.in_the_room": ("ana", "/lead/{circle}/in-the-room", SHARE),
    "lead.show_waiting": ("ana", "/lead/{circle}/waiting/show", set()),
    "lead.set_aside": ("ana", "/lead/{circle}/shares/{none}/set-aside", set()),
    "lead.restore": ("ana", "/lead/{circle}/shares/{share}/restore", set()),
    "lead.wipe": ("ana", "/lead/{circle}/shares/{none}/wipe", set()),
    "lead.add_rule": ("ana", "/lead/{circle}/rules", {"words"}),
    "lead.reword_rule": ("ana", "/lead/{circle}/rules/{rule}/reword", {"words"}),
    "lead.remove_rule": ("ana", "/lead/{circle}/rules/{none}/remove", set()),
    "lead.move_rule": ("ana", "/lead/{circle}/rules/{rule}/move", {"direction"}),
    "lead.blank": ("nobody", "/lead/{circle}/blank", set()),
    "lead.unblank": ("ana", "/lead/{circle}/unblank", {"pin", "passphrase"}),
    "lead.close": ("nobody", "/lead/{circle}/close", set()),
    "lead.reopen": ("ana", "/lead/{circle}/reopen", {"pin", "passphrase"}),
    "lead.erase": ("ana", "/lead/{circle}/erase", set()),
    "lead.next_part": ("ana", "/lead/{circle}/parts/next", {"part", "screen"}),
    "lead.start_part": ("ana", "/lead/{circle}/parts/start", {"part"}),
    "lead.move_part": ("ana", "/lead/{circle}/parts/move", {"part", "direction"}),
    "lead.part_minutes": ("ana", "/lead/{circle}/parts/minutes", {"part", "minutes"}),
    "lead.keep_plan": ("ana", "/lead/{circle}/parts/keep", {"title"}),
    "plans.copy": ("ana", "/lead/plans/copy", {"plan"}),
    "plans.bring_in": ("ana", "/lead/plans/bring-in", {"text", "file"}),
    "plans.rename": ("ana", "/lead/plans/{plan}/title", {"title"}),
    "plans.add_part": ("ana", "/lead/plans/{plan}/parts", {"kind"}),
    "plans.save_part": ("ana", "/lead/plans/{plan}/parts/save", {"part", "minutes", "name", "words", "script"}),
    "plans.move_part": ("ana", "/lead/plans/{plan}/parts/move", {"part", "direction"}),
    "plans.remove_part": ("ana", "/lead/plans/{plan}/parts/remove", {"part"}),
    "plans.remove": ("ana", "/lead/plans/{none}/remove", set()),
    "here.raise_hand": ("ben", "/here/hand", {"key"}),
    "here.say_for_me": ("ben", "/here/hand/line", {"text", "key"}),
    "here.name_hand": ("ben", "/here/hand/name", {"text", "key"}),
    "here.another_name": ("ben", "/here/hand/another-name", {"key"}),
    "here.lower_hand": ("ben", "/here/hand/lower", set()),
    "here.suggest": ("ben", "/here/suggestions", {"text", "key"}),
    "lead.adopt": ("ana", "/lead/{circle}/suggestions/{none}/adopt", set()),
    "lead.let_go": ("ana", "/lead/{circle}/suggestions/{none}/let-go", set()),
    "lead.let_all_go": ("ana", "/lead/{circle}/suggestions/let-go", set()),
    "lead.keep_rules": ("ana", "/lead/{circle}/rules/keep", set()),
    "lead.let_rules_go": ("ana", "/lead/kept-rules/let-go", set()),
    "lead.tell": ("ana", "/lead/after/told", {"key", "heads", "minutes", "cards", "supply", "given", "line", "names"}),
    "lead.set_supplies": ("ana", "/lead/after/supplies", {"key", "names", "supply", "given"}),
    "lead.delete_told": ("ana", "/lead/held/{none}/delete", set()),
    "lead.raise_for": ("ana", "/lead/{circle}/hands", {"text", "key"}),
    "lead.invite": ("ana", "/lead/{circle}/hands/{none}/invite", set()),
    "lead.hand_done": ("ana", "/lead/{circle}/hands/{none}/done", set()),
    "lead.step_out": ("ana", "/lead/{circle}/hands/{none}/step-out", set()),
    "lead.lead_with": ("ana", "/lead/{circle}/leaders/code", set()),
    "lead.lead_along": ("ana", "/lead/along", {"code"}),
    "lead.end_part": ("ana", "/lead/{circle}/leaders/{none}/end", set()),
    "lead.hand_over": ("ana", "/lead/{circle}/leaders/{none}/hand-over", set()),
    "lead.show_card": ("ana", "/lead/{circle}/card/show", {"card"}),
    "lead.next_line": ("ana", "/lead/{circle}/card/next", {"card", "line", "screen"}),
    "lead.line_before": ("ana", "/lead/{circle}/card/before", {"card", "line"}),
    "lead.take_down_card": ("ana", "/lead/{circle}/card/take-down", {"card"}),
    "lead.pin_theme": ("ana", "/lead/{circle}/themes", {"group", "words", "key"}),
    "lead.take_down_theme": ("ana", "/lead/{circle}/themes/{none}/take-down", set()),
    "lead.clear_wall": ("ana", "/lead/{circle}/wall/clear", {"kind"}),
    "lead.put_back": ("ana", "/lead/{circle}/wall/put-back", {"kind"}),
    "lead.pause": ("nobody", "/lead/{circle}/pause", set()),
    "lead.resume": ("nobody", "/lead/{circle}/resume", set()),
    "lead.appear": ("nobody", "/lead/{circle}/appear", {"appear"}),
    "lead.shut": ("nobody", "/lead/{circle}/shut", set()),
    "lead.unshut": ("nobody", "/lead/{circle}/unshut", set()),
    "lead.change_code": ("nobody", "/lead/{circle}/change-code", set()),
    "buildings.add": ("esi", "/buildings/new", {"name", "public_name", "zone", "quiet_from", "quiet_to"}),
    "buildings.change": ("esi", "{building}/words", {"building-name", "building-zone", "building-quiet_from"}),
    "buildings.add_room": ("esi", "{building}/rooms", {"room-name", "room-places", "room-step_free", "room-note"}),
    "buildings.change_room": ("esi", "{building}/rooms/{room}", {"{room}-name", "{room}-places", "{room}-note"}),
    "buildings.remove_room": ("esi", "{building}/rooms/{none}/remove", set()),
    "buildings.close": ("esi", "{building}/closures", {"closure-first", "closure-last", "closure-note"}),
    "buildings.undo_closure": ("esi", "{building}/closures/{none}/undo", set()),
    "buildings.list_building": ("esi", "{building}/listed", {"listed"}),
    "calendar.list_group": ("esi", "{group}/listed", {"listing-listed", "listing-called"}),
    "feeds.of_building": ("esi", "{building}/feed", set()),
    "feeds.of_group": ("esi", "{group}/feed", set()),
    "account.feed": ("ana", "/staff/account/feed", set()),
    "buildings.save_own_words": ("esi", "{building}/own-words/save", OWN_WORDS),
    "buildings.add_number": ("esi", "{building}/numbers/add", {"number-name", "number-number", "number-note"}),
    "buildings.change_number": ("esi", "{building}/numbers/{number}/change", {"{number}-name", "{number}-number"}),
    "buildings.take_off_number": ("esi", "{building}/numbers/{none}/take-off", set()),
    "buildings.check_number": ("esi", "{building}/numbers/check", {"line"}),
    "buildings.uncheck_number": ("esi", "{building}/numbers/uncheck", {"line"}),
    "buildings.switch_number": ("esi", "{building}/numbers/switch", {"line", "on"}),
    "buildings.add_spot": ("esi", "{building}/naloxone/add", {"spot-place", "spot-good_until"}),
    "buildings.change_spot": ("esi", "{building}/naloxone/{spot}/change", {"{spot}-place", "{spot}-good_until"}),
    "buildings.take_off_spot": ("esi", "{building}/naloxone/{none}/take-off", set()),
    "buildings.add_place": ("esi", "{building}/places/add", PLACE),
    "buildings.change_place": ("esi", "{building}/places/{place}/change", PLACE),
    "buildings.take_off_place": ("esi", "{building}/places/{none}/take-off", set()),
    "buildings.check_place": ("esi", "{building}/places/{place}/check", set()),
    "buildings.uncheck_place": ("esi", "{building}/places/{place}/uncheck", set()),
    "buildings.bring_in_places": ("esi", "{building}/places/bring-in", {"file", "text", "told"}),
    "buildings.switch_card": ("esi", "{building}/cards/switch", {"card", "on"}),
    "buildings.write_on_card": ("esi", "{building}/cards/words", {"card", "words"}),
    "buildings.switch_learn": ("esi", "{building}/cards/learn", {"on"}),
    "buildings.add_card": ("esi", "{building}/cards/add", CARD),
    "buildings.change_card": ("esi", "{building}/cards/{own_card}/change", CARD),
    "buildings.switch_own_card": ("esi", "{building}/cards/{own_card}/switch", {"on"}),
    "buildings.still_right": ("esi", "{building}/cards/{own_card}/right", set()),
    "buildings.delete_card": ("esi", "{building}/cards/{none}/delete", set()),
    "buildings.add_tag": ("esi", "{building}/tags/add", {"tag-shape", "tag-label", "tag-help"}),
    "buildings.change_tag": ("esi", "{building}/tags/{tag}/change", {"{tag}-shape", "{tag}-label", "{tag}-help"}),
    "buildings.take_off_tag": ("esi", "{building}/tags/{none}/take-off", set()),
    "buildings.add_rule": ("esi", "{building}/rules/add", {"words"}),
    "buildings.reword_rule": ("esi", "{building}/rules/reword", {"rule", "words"}),
    "buildings.leave_out_rule": ("esi", "{building}/rules/leave-out", {"rule"}),
    "buildings.put_back_rule": ("esi", "{building}/rules/put-back", {"rule"}),
    "buildings.move_rule": ("esi", "{building}/rules/move", {"rule", "direction"}),
    "buildings.reset_rules": ("esi", "{building}/rules/reset", set()),
    "calendar.add_group": ("esi", "/calendar/groups", GROUP),
    "calendar.cancel": ("esi", "{group}/cancel", {"cancel-which"}),
    "calendar.restore": ("esi", "{group}/restore", {"restore-which", "restore-reason"}),
    "calendar.move": (
        "esi",
        "{group}/move",
        {"move-which", "move-day", "move-start", "move-reason", "instead", "instead-room"},
    ),
    "calendar.change_room": ("esi", "{group}/room", {"room-which", "room-room", "room-reason", "instead-room"}),
    "calendar.change_words": ("esi", "{group}/words", {"words-title", "words-minutes", "words-reason"}),
    "calendar.change_rhythm": ("esi", "{group}/rhythm", RHYTHM),
    "calendar.end": ("esi", "{group}/end", {"end-until", "end-reason", "instead"}),
    "calendar.delete": ("esi", "/calendar/groups/{none}/2026-11-03/delete", set()),
    "calendar.change_facilitator": ("esi", "{group}/facilitator", {"facilitator-which", "facilitator-account"}),
    "calendar.need_cover": ("esi", "{group}/needs-cover", set()),
    "calendar.undo": ("esi", "{group}/undo", {"part", "undo-reason"}),
    "calendar.join": ("esi", "{group}/join", {"undo-reason"}),
    "calendar.set_plan": ("esi", "{group}/plan", {"plan-plan", "languages"}),
    "duty.choose_plan": ("ana", "/on-duty/{date}/plan", {"plan"}),
    "duty.take_back_rules": ("ana", "/on-duty/{none}/2026-11-03/rules/take-back", set()),
    "duty.open_gathering": ("ana", "/on-duty/{none}/2026-11-03/open", set()),
    "duty.claim_cover": ("ana", "/on-duty/{date}/cover", set()),
    "duty.give_back_cover": ("ana", "/on-duty/{date}/give-back", set()),
}
"""What "nobody" posts would end the evening for everybody: it comes from Ben, who may not, with Ana's token."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads a process's memory from /proc")


class Impatient(Server):
    """The server we ship, without the waits for wrong codes."""

    program = ("-m", "tests.faults.impatient")


class Sent(NamedTuple):
    """One thing to post: to which form, in which shape, with which token."""

    endpoint: str
    kind: str
    fields: list[tuple[str, bytes]]
    token: str
    by_script: bool


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Impatient() as server:
        server.add_account("ana@example.org", "facilitator", name="Ana")
        server.add_account("gus@example.org", "admin")
        server.add_account("esi@example.org", "housing")
        yield server


def test_the_list_above_has_every_form(tmp_path: Path) -> None:
    given = {"DATA": tmp_path / "data", "KEYS_DIR": tmp_path / "keys", "LAN": False}
    app = create_app(given | {"DATABASE_URL": f"sqlite:///{tmp_path / 'x.db'}", "ADDRESS": "http://circle.test"})
    posts = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    app.extensions["database"].close()
    assert posts == FORMS.keys()


names = st.sampled_from(["", "__class__", "text[]", "csrf_token", "circle_id", "state", "_method", "next"])
typed = st.one_of(
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.text(st.characters(min_codepoint=0xD800, max_codepoint=0xDFFF), max_size=5).map(
        lambda text: text.encode("utf-8", "surrogatepass")
    ),
    st.binary(max_size=100),
    st.sampled_from(
        [b"", b"set:sleep", b"drug:mixing", b"60", b"handfuls", b"up", b"down", b"facilitator", b"y", b"en"]
    ),
    st.sampled_from([b"set", b"own-goals"]),
    st.sampled_from([b"1111", b"https://example.org/", b"x@example.org", b"{{7*7}}", b"<script>", b"'; --", b"%s%n"]),
    st.sampled_from([b"2026-11-03", b"2026-02-30", b"18:00", b"02:30", b"weekly", b"from", b"moved", b"Europe/London"]),
    st.uuids().map(lambda made: str(made).encode()),
    st.integers(500, 70_000).map(lambda size: b"x" * size),
)


@st.composite
def posts(draw: st.DrawFn) -> Sent:
    """Any form, with any of its fields and some that it has not, once or more, as a form, files, JSON or noise."""
    endpoint = draw(st.sampled_from([*FORMS]))
    own = sorted(FORMS[endpoint][2])
    named = st.one_of(st.sampled_from(own), names, names | st.text(max_size=20)) if own else names
    fields = draw(st.lists(st.tuples(named, typed), max_size=6))
    kind = draw(st.sampled_from(["form", "form", "parts", "files", "json", "noise"]))
    return Sent(endpoint, kind, fields, draw(st.sampled_from(["right", "right", "wrong", "none"])), draw(st.booleans()))


def body_of(sent: Sent) -> tuple[bytes, str]:
    """The body, and what it says it is."""
    if sent.kind == "form":
        pairs = [f"{quote(name)}={quote_from_bytes(value)}" for name, value in sent.fields]
        return "&".join(pairs).encode(), "application/x-www-form-urlencoded"
    if sent.kind == "json":
        said = {name: value.decode("latin-1") for name, value in sent.fields}
        return json.dumps(said).encode(), "application/json"
    if sent.kind == "noise":
        return b"".join(value for _, value in sent.fields), "application/x-www-form-urlencoded"
    file = b'; filename="x"' if sent.kind == "files" else b""
    head = b'--%s\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n'
    parts = [head % (EDGE.encode(), quote(name).encode(), file) + value + b"\r\n" for name, value in sent.fields]
    return b"".join(parts) + f"--{EDGE}--".encode(), f"multipart/form-data; boundary={EDGE}"


def quote(name: str) -> str:
    return quote_from_bytes(name.encode("utf-8", "surrogatepass"))


class House:
    """Who is there to post, and where."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.ana, self.gus = Staff(server, "ana@example.org"), Admin(server, "gus@example.org")
        self.circle, self.other = self.ana.open_circle(), self.ana.open_circle("Next door")
        self.ben, self.dov = Phone(server).come_in(self.circle), Phone(server).come_in(self.other)
        self.ben.note("here before")
        self.esi = Staff(server, "esi@example.org")
        building, room, date = self.group()
        [share] = self.ben.catch_up().wall("notes")
        invited = self.gus.post("/people/invitations", {"role": "housing", "csrf_token": self.gus.token})
        copied = self.ana.post("/lead/plans/copy", {"plan": "60", "csrf_token": self.ana.token})
        self.values = {
            "circle": self.circle.id,
            "share": share,
            "rule": self.ana.console(self.circle.id).find(r'id="rule-(\w+)"'),
            "account": self.gus.account("ana@example.org"),
            "invitation": invited.find(r"(/staff/invited/[\w-]+)"),
            "plan": copied.headers["Location"].rpartition("/")[2],
            "none": "0" * len(share),
            "building": building,
            "room": room,
            "number": self.on_the_page(building, "numbers", "number", name="Crisis team", number="211"),
            "spot": self.on_the_page(building, "naloxone", "spot", place="Front desk"),
            "own_card": self.own_card(building),
            "place": self.on_the_page(building, "places", "place", "check", kind="food", name="Kitchen", walk_in="yes"),
            "tag": self.on_the_page(building, "tags", "tag", shape="set", label="laughing"),
            "date": date,
            "group": f"/calendar/groups/{date}",
        }
        self.answers: Counter[int] = Counter()
        self.slowest = 0.0

    def group(self) -> tuple[str, str, str]:
        """A group on Esi's calendar: the address of its building, the id of its room, which date of it."""
        token = {"csrf_token": self.esi.token}
        house = {"name": "Hazel House", "zone": "America/Los_Angeles"}
        building = urlsplit(self.esi.post("/buildings/new", house | token).headers["Location"]).path
        self.esi.post(f"{building}/rooms", {"room-name": "Lounge A"} | token)
        room = self.esi.get(building).find(rf"{building}/rooms/(\w+)")
        tea = {"title": "Tea", "room": room, "kind": "weekly", "first": "2026-11-03", "until": "2027-10-26"}
        planned = self.esi.post("/calendar/groups", tea | {"start": "18:00", "minutes": "60", "account": ""} | token)
        return building, room, urlsplit(planned.headers["Location"]).path.removeprefix("/calendar/groups/")

    def on_the_page(self, building: str, page: str, what: str, act: str = "change", **typed: str) -> str:
        """Something that Esi adds on a page of its building, where one can do this with it. Returns its id."""
        fields = {f"{what}-{name}": words for name, words in typed.items()}
        self.esi.post(f"{building}/{page}/add", fields | {"csrf_token": self.esi.token})
        return self.esi.get(f"{building}/{page}").find(rf"{building}/{page}/(\w+)/{act}")

    def own_card(self, building: str) -> str:
        """A card of its own that Esi writes for its building. Returns its id."""
        lines = {f"line_{number}": "Eat first." for number in (1, 2, 3)}
        fields = {"title": "Hot days here", "language": "en", "csrf_token": self.esi.token}
        return self.esi.post(f"{building}/cards/add", fields | lines).headers["Location"].rpartition("#card-")[2]

    def _id(self, found: re.Match[str]) -> str:
        return self.values.get(found[1], found[0])

    def post(self, sent: Sent) -> None:
        """Post it, and look at the answer."""
        who, path, _ = FORMS[sent.endpoint]
        people: dict[str, Visitor] = {"ben": self.ben, "nobody": self.ben, "ana": self.ana, "gus": self.gus}
        people |= {"esi": self.esi}
        person = people.get(who) or Visitor(self.server)
        fields = [(re.sub(r"\{(\w+)\}", self._id, name), value) for name, value in sent.fields]
        body, kind = body_of(sent._replace(fields=fields))
        headers = person.headers | {"Cookie": person.cookie_header(), "Content-Type": kind}
        right = self.ana.token if who == "nobody" else getattr(person, "token", "x")
        headers |= {"X-CSRFToken": {"right": right, "wrong": "x" * 64, "none": ""}[sent.token]}
        headers |= {"X-Requested-With": "fetch"} if sent.by_script else {}
        began = time.monotonic()
        with closing(HTTPConnection("127.0.0.1", self.server.port, timeout=WITHIN_SECONDS)) as line:
            try:
                line.request("POST", path.format(**self.values), body, headers)
                answer = line.getresponse()
                said = answer.read()
            except ConnectionError:  # what is too long is refused before it is read
                assert len(body) > MOST_BODY
                return
        self.slowest = max(self.slowest, time.monotonic() - began)
        self.answers[answer.status] += 1
        assert answer.status < 500 and b"Traceback" not in said, (answer.status, sent)


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=[pytest.mark.long, pytest.mark.timeout(3600)])])
def test_anything_posted_to_any_form(count: int, server: Server, seed: int, report: Callable[[str], None]) -> None:
    house = House(server)

    def run(many: int) -> None:
        quiet = settings(
            max_examples=many, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=HealthCheck
        )
        hypothesis.seed(seed)(quiet(given(posts())(house.post)))()

    with untouched(server, house.other, house.dov):
        run(count // 10)
        held, opened = memory(server), files(server)
        run(count)
        grew = memory(server) - held
    told = ", ".join(f"{number} x {status}" for status, number in sorted(house.answers.items()))
    report(f"seed {seed}: {told}; slowest {house.slowest:.2f} s; memory {held:.0f} MB, {grew:+.1f} MB")
    assert grew < MOST_MEGABYTES
    assert files(server) - opened < 10
    assert house.ben.send("notes", "still here", key=str(uuid.uuid4())).status in (200, 422)
    assert Staff(server, "ana@example.org", PASSPHRASE).get("/lead").status == 200
