"""Every file the server makes is in the list of what could be handed over."""

from fnmatch import fnmatch

from sessions.library import FILES, kept
from tests.people import Phone, Staff
from tests.server import Server


def test_no_file_is_there_that_the_list_does_not_name(server: Server, ana: Staff) -> None:
    circle = ana.open_circle()
    Phone(server).come_in(circle).note("a note")
    listed = {
        table.key: [entry.name for entry in table.entries]
        for group in kept("en")
        if group.key == FILES
        for table in group.tables
    }
    folders = {"data": server.data, "keys": server.keys}
    for place, folder in folders.items():
        files = [str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()]
        assert [file for file in files if not any(fnmatch(file, name) for name in listed[place])] == []
        unused = [name for name in listed[place] if not any(fnmatch(file, name) for file in files)]
        assert unused == (["certificate.pem", "languages/*"] if place == "data" else []), (
            "something is listed that is not there"
        )
    assert list(server.temporary.iterdir()) == []
