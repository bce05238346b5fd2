"""What is typed in a circle is offered to nobody who types on the same browser later."""

from tests.web.cast import Desk, Doors, Phone

TYPED = ("text", "password", "email", "tel", "search", "")


def test_no_browser_keeps_what_is_typed_in_a_circle(
    ana: Desk, circle: Doors, ben: Phone, cleo: Phone, stranger: Phone
) -> None:
    ben.note("to be said in other words")
    covered = ana.open("Covered", pin="582904")
    ana.do(f"{covered.console}/blank")
    stranger.knock(circle.code)
    pages = [ben.here(), cleo.here(), stranger.get("/"), stranger.get("/join"), ana.get("/lead")]
    ana.do("/lead/after/supplies", names="Naloxone")
    pages += [ana.get("/lead/after")]
    seen = set()
    for page in [*pages, ana.get(circle.console), ana.get(covered.console)]:
        for form in page.root.iter("form"):
            for box in form.iter():
                kind = box.attrib.get("type", "")
                if box.tag == "textarea" or (box.tag == "input" and kind in TYPED):
                    # Only what opens the lock again is the browser's own keyring's to keep.
                    kept = "current-password" if box.attrib["name"] == "passphrase" else "off"
                    assert box.attrib.get("autocomplete") == kept, (page.path, box.attrib)
                    seen.add(box.attrib["name"])
    assert seen == {"text", "words", "code", "title", "minutes", "pin", "passphrase", "heads", "line", "given"}
