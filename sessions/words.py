"""What people type, made safe to keep and never changed in meaning. Nothing here judges a word."""

import re
import unicodedata

LONGEST = 1000
"""Code points of a share after NFC (promises, "Saved means saved")."""

# England, Scotland and Wales are spelled with tag characters after a black flag; anything else in such characters
# is invisible text.
_FLAG = re.compile(
    "\U0001f3f4\U000e0067\U000e0062"
    "(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074|\U000e0077\U000e006c\U000e0073)\U000e007f"
)
# Direction overrides and isolates, zero-width spaces and joiners of words, marks of byte order. The two zero-width
# joiners that Persian and emoji families need (200C, 200D) stay.
_UNSEEN = re.compile("[\u200b\u200e\u200f\u061c\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_INVISIBLE = re.compile(
    "[\\s\u200c\u200d\ufe00-\ufe0f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\u2800"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0080-\U000e0fff]+"
)


def clean(typed: str) -> str:
    """`typed` in NFC, without control characters and characters that hide or reorder text; '' if nothing can be seen.

    Letters, marks and emoji of every script come out as they went in. Line breaks are kept as `\\n`.
    """
    text = (
        typed.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\t", " ")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
    )
    text = unicodedata.normalize("NFC", _without_unseen(_CONTROL.sub("", text))).strip()
    return "" if not _INVISIBLE.sub("", text) else text


def clean_line(typed: str) -> str:
    """`clean`, on one line."""
    return " ".join(clean(typed).split())


def _without_unseen(text: str) -> str:
    flags = list(_FLAG.finditer(text))
    kept, start = [], 0
    for flag in flags:
        kept += [_UNSEEN.sub("", text[start : flag.start()]), flag.group()]
        start = flag.end()
    return "".join([*kept, _UNSEEN.sub("", text[start:])])
