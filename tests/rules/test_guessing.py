"""Who wrote it? Guessed by somebody who sees who taps on a phone, and when shares go up.

Many circles run through the real rules, with random people at random moments. Two look on. One sits in the room: they
see every tap, and every share that appears. The leader sees more: with each tap that is a share the number of those
that wait goes up on the console, so they know whose shares a handful is made of, and which words they typed themselves;
they do not know which of the others is whose. A share's set is all it could be by. The promise: nobody's share goes up
in a set of one, but on its writer's word or where the leader chose that shares go up at once.

What no rule can promise: a phone that leaves and comes back is another phone; somebody with two phones is two; words
themselves may tell; and whoever takes back what is on the wall tells that it was theirs.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sessions import accounts
from sessions.circle import mine, wall, writing
from sessions.circle.changes import CHECK_IN, NOTE, Change
from sessions.circle.circles import AT_ONCE, HANDFULS, Circle
from sessions.circle.members import Member, nobody
from sessions.circle.vault import Vault
from sessions.permissions import FACILITATOR
from tests.rules.cast import House, new_key
from tests.rules.conftest import opened

LEADER = -1
FEW, MANY, STEPS = 12, 250, 45
DOES = {"fidget": 8, "write": 10, "take back": 1.5, "show now": 0.5, "type": 1.5, "press show": 2, "switch": 0.4}
DOES |= {"restart": 0.2}
"""How often each of these happens, beside the others."""


@dataclass(frozen=True)
class Appeared:
    """A phone's share that went up: in how large a set, and how likely the best guess of each onlooker was right."""

    set_size: int
    leaders_guess: float
    guess_in_the_room: float


@dataclass
class Evening:
    """One circle, and what is known of it: by us, who wrote what; by who looks on, who tapped."""

    house: House
    circle: Circle
    phones: list[Member]
    chance: random.Random
    eager: list[float]
    wrote: dict[str, int] = field(default_factory=dict)
    tapped: list[int] = field(default_factory=list)
    chosen: set[str] = field(default_factory=set)
    mixed: list[Appeared] = field(default_factory=list)
    alone: list[Appeared] = field(default_factory=list)
    at_once: bool = False

    def step(self, does: str) -> None:
        """Something happens, to somebody."""
        who = self.chance.choices(range(len(self.phones)), self.eager)[0]
        if does in ("fidget", "write", "take back", "show now"):
            self.tapped.append(who)
        change = getattr(self, "_" + does.replace(" ", "_"))(who)
        if change:
            self._look(change)

    def _fidget(self, _who: int) -> None:
        """A phone is tapped on, and nothing is sent."""

    def _write(self, who: int) -> Change | None:
        return self.house.says(self.phones[who], self._words(who), kind=self.chance.choice((CHECK_IN, NOTE)))

    def _type(self, _who: int) -> Change | None:
        return self.house.says(nobody(self.circle.id, new_key()), self._words(LEADER), kind=CHECK_IN)

    def _take_back(self, who: int) -> Change | None:
        own = self.house.own(self.phones[who])
        return (own and self.house.do(mine.take_back, self.phones[who], self.chance.choice(own).said.id)) or None

    def _show_now(self, who: int) -> Change | None:
        waiting = [one.said for one in self.house.own(self.phones[who]) if one.waiting]
        if not waiting:
            return None
        self.chosen.add(waiting[0].text)
        change: Change | None = self.house.do(mine.show, self.house.vault, self.phones[who], waiting[0].id)
        return change

    def _press_show(self, _who: int) -> Change | None:
        change: Change | None = self.house.do(wall.show_waiting, self.house.vault, self.circle.id)
        return change

    def _switch(self, _who: int) -> Change | None:
        self.at_once = not self.at_once
        appear = AT_ONCE if self.at_once else HANDFULS
        change: Change | None = self.house.do(writing.set_appear, self.house.vault, self.circle.id, appear)
        return change

    def _restart(self, _who: int) -> None:
        self.house = House(self.house.database, Vault(self.house.vault.folder))

    def _words(self, who: int) -> str:
        text = f"{who}: {len(self.wrote)}"
        self.wrote[text] = who
        if self.at_once:
            self.chosen.add(text)
        return text

    def _look(self, change: Change) -> None:
        texts = [op.what.text for op in change.ops if op.do == "append" and not isinstance(op.what, str)]
        writers = [self.wrote[text] for text in texts if self.wrote[text] != LEADER]
        for text in texts:
            if self.wrote[text] != LEADER:
                seen = Appeared(
                    len(set(writers)), Counter(writers).most_common(1)[0][1] / len(writers), self._guessed(text)
                )
                (self.alone if text in self.chosen else self.mixed).append(seen)
        if texts:
            self.tapped = []

    def _guessed(self, text: str) -> float:
        """How likely it is right to name who tapped most since the last time shares went up; by lot among equals."""
        taps = Counter(self.tapped)
        most = [who for who in taps if taps[who] == max(taps.values())]
        return (self.wrote[text] in most) / len(most) if most else 0.0


@pytest.fixture
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    with opened("sqlite", request, tmp_path) as database:
        yield House(database, Vault(tmp_path / "keys"))


def evenings(house: House, count: int, chance: random.Random) -> Iterator[Evening]:
    fay = house.do(accounts.add, "fay@example.org", FACILITATOR, "nothing fits this")
    for _ in range(count):
        circle, people = house.opens(fay.id), chance.randint(2, 12)
        # In some circles most write about as much, in others one writes nearly all.
        eager = [chance.choice((1.0, chance.paretovariate(1))) for _ in range(people)]
        evening = Evening(house, circle, [house.joins(circle) for _ in range(people)], chance, eager)
        for does in chance.choices(list(DOES), list(DOES.values()), k=STEPS):
            evening.step(does)
        yield evening


def nobody_stood_alone(house: House, count: int, seed: int, report: Callable[[str], None]) -> None:
    ran = list(evenings(house, count, random.Random(seed)))
    mixed, alone = ([one for evening in ran for one in getattr(evening, name)] for name in ("mixed", "alone"))
    sizes = Counter(one.set_size for one in mixed)
    report(f"{count} circles, {len(mixed)} shares went up with others; set sizes {dict(sorted(sizes.items()))}")
    for who in ("leaders_guess", "guess_in_the_room"):
        right = sum(getattr(one, who) for one in mixed) / len(mixed)
        report(f"{who}: right {right:.0%} of the time ({len(alone)} went up on a word or at once and are not in this)")
    assert min(sizes) >= 2, f"OC_SEED={seed}"
    assert any(one.set_size == 1 for one in alone), "what looks on would not have seen it"


def test_nobodys_share_goes_up_in_a_set_of_one(house: House, seed: int, report: Callable[[str], None]) -> None:
    nobody_stood_alone(house, FEW, seed, report)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_nobodys_share_goes_up_in_a_set_of_one_all_year(house: House, seed: int, report: Callable[[str], None]) -> None:
    nobody_stood_alone(house, MANY, seed, report)
