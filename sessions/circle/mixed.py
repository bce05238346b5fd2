"""Whether what waits is by more than one phone: what a handful needs to appear, and what no row may tell.

A phone that writes shows by its proofs which of the waiting shares are its own, and so that another is not. What is
remembered of that is in this process alone and goes when the shares appear: of two shares that they are by two phones,
and never of two that they are by one. After a restart nothing is remembered, and what waits waits on for one more.
"""


class Mixing:
    """What is remembered of the shares of one circle that wait."""

    def __init__(self) -> None:
        self._of_phones: set[str] = set()
        self._typed: set[str] = set()
        self._apart: frozenset[str] = frozenset()

    def wrote(self, share_id: str, own: set[str], waiting: set[str]) -> None:
        """A phone wrote a share. Of those that wait now, this one among them, it wrote `own`."""
        # The leader knows which words they typed themselves: those hide nobody.
        if others := (self._of_phones & waiting) - own:
            self._apart = frozenset({share_id, others.pop()})
        self._of_phones = (self._of_phones & waiting) | own

    def typed(self, share_id: str, waiting: set[str]) -> None:
        """The leader wrote a share for somebody without a phone."""
        self._typed = (self._typed & waiting) | {share_id}

    def is_mixed(self, waiting: set[str]) -> bool:
        """Whether these are known to be by two phones at least, or were all typed by the leader."""
        return len(waiting) > 1 and (waiting <= self._typed or (bool(self._apart) and self._apart <= waiting))
