"""How hard our English is to read: the Flesch-Kincaid grade, in years of school.

The packages that measure it fetch word lists when they run. This needs none: a word's syllables are its groups of
vowels, or the parts it can be hyphenated into where those are more, so it rather says too hard than too easy.
"""

import re
from collections.abc import Iterable
from functools import cache

import pyphen

_hyphens = pyphen.Pyphen(lang="en_US")


def grade(texts: Iterable[str]) -> float:
    """The grade of these texts together. Each ends its last sentence, with a full stop or without."""
    sentences = [
        sentence for text in texts for sentence in re.split(r"[.!?…]+(?:\s|$)|\n", _bare(text)) if words(sentence)
    ]
    said = [word for sentence in sentences for word in words(sentence)]
    return 0.39 * len(said) / len(sentences) + 11.8 * sum(map(syllables, said)) / len(said) - 15.59


def words(text: str) -> list[str]:
    """The words and numbers of a text."""
    return re.findall(r"[a-z]+(?:['’][a-z]+)*|\d+", text.lower())


@cache
def syllables(word: str) -> int:
    """How many syllables a word has, about. A number has one for each digit, as 911 nearly has."""
    if word.isdigit():
        return len(word)
    bare = re.sub(r"(?<![aeiouyl])(es?|ed)$", "", re.sub(r"['’].*", "", word)) or word
    voiced = re.sub(r"(ted|ded|[sxzc]es|[cs]hes|ges)$", r"\1a", word)
    groups = len(re.findall(r"[aeiouy]+", bare))
    if voiced != word or re.search(r"[^aeiouy]le[sd]?$", word):
        groups = len(re.findall(r"[aeiouy]+", re.sub(r"['’].*", "", word)))
    return max(1, groups, len(_hyphens.positions(word)) + 1)


def _bare(text: str) -> str:
    """What is read of a text: no places to fill in, no addresses, no dots inside names."""
    return re.sub(r"%\(\w+\)\w|\{\w+\}|https?:\S+|\b[\w-]+\.(org|gov|com)\b", "x", text)
