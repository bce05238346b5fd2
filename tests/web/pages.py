"""A page as a person reads it: what stands in its lists, what its forms hold."""

import re
from collections.abc import Iterator
from functools import cached_property

from lxml import html
from lxml.html import HtmlElement as Element
from werkzeug.test import TestResponse

PARSER = html.HTMLParser(remove_comments=True, remove_pis=True)


class Page:
    """An answer, and the elements in it."""

    def __init__(self, answer: TestResponse) -> None:
        self.answer, self.path = answer, answer.request.path
        self.status = answer.status_code
        self.location = answer.headers.get("Location", "")
        self.headers = answer.headers
        self.text = answer.get_data().decode(errors="replace")
        answer.close()

    @cached_property
    def root(self) -> Element:
        """Everything on it, read when first asked for."""
        return html.document_fromstring(self.text or "<html></html>", parser=PARSER)

    def find(self, id: str) -> Element | None:
        """The element with this id."""
        return self.root.find(f".//*[@id='{id}']")

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Every element of this kind with these attributes."""
        return [one for one in self.root.iter(tag) if attributes.items() <= dict(one.attrib).items()]

    def words(self, id: str = "") -> str:
        """What can be read in the element with this id, or on the whole page, on one line."""
        element = self.find(id) if id else self.root
        assert element is not None, f"no #{id} on this page"
        return _words(element)

    def items(self, list_id: str) -> list[str]:
        """What each item of a list says, to who has scripts."""
        return [_words(item, with_scripts=True) for item in self._items(list_id)]

    def ids(self, list_id: str) -> list[str]:
        """The id of each item of a list."""
        return [item.attrib.get("id", "") for item in self._items(list_id)]

    def said(self, list_id: str) -> list[str]:
        """The words of each share on a wall, just as they were typed."""
        return ["".join(one.itertext()) for item in self._items(list_id) for one in item.iter("p") if _is(one, "words")]

    def actions(self) -> list[str]:
        """Where the forms of this page go."""
        return [form.attrib.get("action", "") for form in self.root.iter("form")]

    def fields(self, action: str) -> dict[str, list[str]]:
        """What the form that goes to `action` would send if nobody touched it."""
        form = next((one for one in self.root.iter("form") if one.attrib.get("action", "") == action), None)
        assert form is not None, f"no form for {action} among {self.actions()}"
        held: dict[str, list[str]] = {}
        for field in [*form.iter(), *self._of_form(form.attrib.get("id", ""))]:
            name, kind = field.attrib.get("name"), field.attrib.get("type", "")
            if not name or field.tag not in ("input", "textarea", "select"):
                continue
            if kind in ("checkbox", "radio") and "checked" not in field.attrib:
                continue
            held.setdefault(name, []).append(_typed(field))
        return held

    def errors(self) -> list[str]:
        """Each sentence that says what to mend."""
        return [_words(one) for one in self.root.iter("p") if _is(one, "error")]

    def data(self, name: str) -> str:
        """What the page itself holds for its scripts, such as its version `v`."""
        return next(self.root.iter("body")).attrib[f"data-{name}"]

    @property
    def mine(self) -> list[str]:
        """The shares on the wall that the page says are this phone's own."""
        own = self.find("own")
        return own.attrib["data-mine"].split() if own is not None else []

    def _items(self, list_id: str) -> Iterator[Element]:
        found = self.find(list_id)
        assert found is not None, f"no #{list_id} on this page"
        return (child for child in found if child.tag == "li")

    def _of_form(self, form_id: str) -> list[Element]:
        return [one for one in self.root.iter("input") if form_id and one.attrib.get("form") == form_id]


def _is(element: Element, name: str) -> bool:
    return name in element.attrib.get("class", "").split()


def _words(element: Element, with_scripts: bool = False) -> str:
    return " ".join("".join(_text(element, with_scripts)).split())


def _text(element: Element, with_scripts: bool) -> Iterator[str]:
    if with_scripts and element.tag == "noscript":
        return
    yield element.text or ""
    for child in element:
        yield from _text(child, with_scripts)
        yield child.tail or ""


def _typed(field: Element) -> str:
    if field.tag == "select":
        options = [*field.iter("option")]
        return next((one for one in options if "selected" in one.attrib), options[0]).attrib["value"]
    # A browser drops the one line break that follows <textarea>.
    return (
        re.sub(r"\A\r?\n", "", "".join(field.itertext())) if field.tag == "textarea" else field.attrib.get("value", "")
    )
