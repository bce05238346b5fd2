"""A plan as a file, and back; and whatever else somebody may bring as one (`sessions.plan_file`)."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions import plan_file, plan_sheet
from sessions.library import LANGUAGES, parts, plans
from sessions.plan_file import FileRefused
from sessions.plan_sheet import Part, PlanRefused, numbered, reworded

BEGUN = "title: x\nparts:\n"
WITHIN_SECONDS = 2.0

texts = st.text(max_size=80) | st.sampled_from(
    ["", "yes", "null", "~", "5", "a: b", "- a", "# a", "'", '"', "&a", "*a", "!a", "%a", "@a", "{a}", "[a]", "|", ">"]
)
a_part = st.builds(
    lambda key, minutes, name, words, script: (Part("", key, minutes), name, words, script),
    st.sampled_from([*parts("en")]), st.integers(1, 180), texts, texts, st.lists(texts, max_size=5).map("\n".join),
)  # fmt: skip


def reason(file: str) -> tuple[str, int]:
    """Why a file was refused, and in which line."""
    with pytest.raises(FileRefused) as why:
        plan_file.read(file)
    return why.value.reason, why.value.line


@settings(deadline=None)
@given(st.lists(a_part, min_size=1, max_size=20), texts, st.sampled_from([*LANGUAGES]))
def test_what_is_written_is_read_as_it_was(made: list[tuple[Part, str, str, str]], title: str, language: str) -> None:
    try:
        called = plan_sheet.titled(title)
        sheet = numbered(reworded(*one) for one in made)
    except PlanRefused:
        return
    file = plan_file.written(called, sheet, language, ["A note.", "title: what you call it"])
    assert plan_file.read(file) == (called, sheet)
    assert plan_file.read(file.replace("\n", "\r\n")) == (called, sheet)
    assert plan_file.read(plan_file.decoded(b"\xef\xbb\xbf" + file.encode())) == (called, sheet)


@pytest.mark.parametrize("key", plans("en"))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shipped_plan_stays_ours_in_every_language(key: str, language: str) -> None:
    shipped = plan_sheet.as_shipped(plans("en")[key])
    assert plan_file.read(plan_file.written("x", shipped, language, []))[1] == shipped


def test_the_longest_plan_there_can_be_fits_in_a_file() -> None:
    quotes = "'" * 1150
    sheet = [Part(str(number), "naloxone", 180, "", "", (quotes,)) for number in range(20)]
    file = plan_file.written("x" * 80, numbered(sheet), "es", ["A note."] * 10)
    assert len(file.encode()) < plan_file.LONGEST_FILE - 4096
    assert plan_file.read(file)[1] == numbered(sheet)
    with pytest.raises(PlanRefused):
        numbered([*sheet[:18], *(Part("", "open", 5, "", "", ("x" * 2000,)) for _ in "12")])


def test_little_is_enough() -> None:
    file = BEGUN + "- {kind: arrive, minutes: 5}\n- kind: open\n  minutes: 20\n  script: |\n    One.\n    Two.\n"
    assert plan_file.read(file) == ("x", [Part("1", "arrive", 5), Part("2", "open", 20, "", "", ("One.", "Two."))])


def test_what_yaml_makes_of_words_we_do_not() -> None:
    file = (
        BEGUN
        + "- kind: open\n  minutes: 5\n  name: no\n  words: 1_000\n  script: [2026-11-22, 0x10, null, '~', .inf]\n"
    )
    part = plan_file.read(file)[1][0]
    assert (part.name, part.words, part.script) == ("no", "1_000", ("2026-11-22", "0x10", "~", ".inf"))


@pytest.mark.parametrize(
    ("file", "why", "line"),
    [
        ("", "empty", 1),
        ("# a note\n\n", "empty", 1),
        ("\n\n---\n", "empty", 1),
        ("just words", "pairs", 1),
        ("- a\n- b", "pairs", 1),
        ("title: x\nminutes: 5", "unknown", 2),
        ("title: x\ntitle: y", "twice", 2),
        ("title: x\n", "lacks", 1),
        ("parts: [{kind: open, minutes: 5}]\n", "title", 1),
        ("title:\nparts: [{kind: open, minutes: 5}]\n", "title", 1),
        (f"title: {'x' * 81}\nparts: [{{kind: open, minutes: 5}}]\n", "long", 1),
        ("title: [x]\n", "text", 1),
        ("title: x\nparts: all of them\n", "list", 2),
        ("title: x\nparts:\n", "list", 2),
        ("title: x\nparts: []\n", "last", 2),
        (BEGUN + "- open\n", "pairs", 3),
        (BEGUN + "- kind: open\n", "lacks", 3),
        (BEGUN + "- minutes: 5\n", "lacks", 3),
        (BEGUN + "- kind: open\n  minutes:\n", "lacks", 4),
        (BEGUN + "- kind: party\n  minutes: 5\n", "kind", 3),
        (BEGUN + "- kind: open\n  minutes: 5.0\n", "minutes", 4),
        (BEGUN + "- kind: open\n  minutes: [5]\n", "text", 4),
        (BEGUN + "- kind: open\n  minutes: 5\n  kind: learn\n", "twice", 5),
        (BEGUN + "- kind: open\n  minutes: 5\n  colour: red\n", "unknown", 5),
        (BEGUN + "- kind: open\n  minutes: 5\n  <<: {}\n", "unknown", 5),
        (BEGUN + "- kind: open\n  minutes: 5\n  ? [a]\n", "text", 5),
        (BEGUN + f"- kind: open\n  minutes: 5\n  words: {'x' * 170}\n", "long", 5),
        (BEGUN + "- kind: open\n  minutes: 5\n  script:\n  - Say: hello\n", "text", 6),
        (BEGUN + "- kind: open\n  minutes: 5\n  script:\n" + "  - x\n" * 31, "lines", 36),
        (BEGUN + "- kind: open\n  minutes: 5\n  name: Film: the end\n", "colon", 5),
        (BEGUN + "- kind: open\n\tminutes: 5\n", "tab", 4),
        (BEGUN + "- kind: 'open\n  minutes: 5\n" + "- kind: close\n" * 9, "unread", 3),
        (BEGUN + "- kind: open\n  script: [a,\n  b\n", "unread", 4),
        (BEGUN + "- {kind: open, minutes: 5}\n" * 21, "many", 23),
        (BEGUN + "- kind: open\n  minutes: 5\n---\ntitle: y\n", "second", 5),
        ("title: &a x\n", "special", 1),
        ("a: &a [x]\nb: *a\n", "unknown", 1),
        ("title: *a\n", "special", 1),
        ("title: !!python/object/apply:os.system [ls]\n", "special", 1),
        ("title: !Hola\n", "special", 1),
        ("title: x\nparts: \x01", "sign", 2),
        ('title: "\\UFFFFFFFF"\n', "unread", 1),
        ("%YAML 1." + "9" * 5000 + "\n---\ntitle: x\n", "unread", 1),
        ("x" * (64 * 1024 + 1), "long", 1),
    ],
)
def test_what_is_wrong_is_told_with_its_line(file: str, why: str, line: int) -> None:
    assert reason(file) == (why, line)


def test_a_file_in_other_letters_is_told_too() -> None:
    for file, line in (("título".encode("latin-1"), 1), ("title: x\n".encode("utf-16"), 1), (b"a\nb\n\xff", 3)):
        with pytest.raises(FileRefused) as why:
            plan_file.decoded(file)
        assert (why.value.reason, why.value.line) == ("letters", line)


BOMBS = {
    "aliases": "a: &a [x]\n" + "".join(f"k{at}: &b{at} [*a,*a,*a,*a,*a,*a,*a,*a]\n" for at in range(2000)),
    "aliases where words are": BEGUN + "- &a {kind: open, minutes: 5}\n" + "- *a\n" * 5000,
    "lists in lists": "title: " + "[" * 60_000,
    "dashes": "- " * 30_000,
    "questions": "? " * 30_000,
    "pairs in pairs": "".join(" " * at + "a:\n" for at in range(300)),
    "quotes": 'title: "' + "\n" * 60_000,
    "escapes": 'title: "' + "\\u00e9" * 10_000 + '"',
    "nothing": "\n" * 60_000,
    "one word": "title: " + "x" * 60_000,
    "keys": "".join(f"title{at}: x\n" for at in range(5000)),
    "lines": BEGUN + "- kind: open\n  minutes: 5\n  script:\n" + "  - x\n" * 10_000,
    "a block": "title: |\n" + " \n" * 30_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_file_takes_long(bomb: str) -> None:
    began = time.process_time()
    reason(BOMBS[bomb][: 64 * 1024])
    assert time.process_time() - began < WITHIN_SECONDS


lines = st.sampled_from(
    [
        *("title: x", "parts:", "- kind: open", "  minutes: 5", "  name: a: b", "  words: |", "  script:", "  - x"),
        *("    y", "\t", "---", "...", "%TAG ! x", "&a", "*a", "!!int 5", "? x", ": x", '"', "'", "{", "}", "[", "]"),
    ]
)


@settings(deadline=None, max_examples=300)
@given(
    st.text(max_size=300)
    | st.lists(lines, max_size=25).map("\n".join)
    | st.text(st.sampled_from("-:?[]{}&*!|>'\"%@`#, \n\tax0"), max_size=120)
    | st.lists(lines | st.text(max_size=20), max_size=12).map(lambda ends: BEGUN + "\n".join(ends))
    | st.text(st.characters(min_codepoint=0xD7F0, max_codepoint=0xE010), max_size=20)
)
def test_any_text_is_a_plan_or_is_refused_with_its_line(file: str) -> None:
    try:
        title, sheet = plan_file.read(file)
    except FileRefused as refused:
        assert 1 <= refused.line <= 1 + len(file.splitlines())
    else:
        assert plan_sheet.titled(title) == title and numbered(sheet) == sheet


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_file_is_text_or_is_refused_with_its_line(file: bytes) -> None:
    try:
        plan_file.decoded(file)
    except FileRefused as refused:
        assert refused.line >= 1
