"""Who is looking: a circle, a role and a language. Everybody of one audience is sent the same bytes."""

from dataclasses import dataclass

SCREEN = "screen"
"""The role of a big screen: a third audience, which is no person and no phone."""


@dataclass(frozen=True)
class Audience:
    """One kind of onlooker of one circle. The server names its room; a client never does.

    `shows` is what a big screen was chosen to show (`sessions.circle.on_screen`), and '' for everybody else.
    """

    circle_id: str
    role: str
    language: str
    shows: str = ""

    @property
    def room(self) -> str:
        """The socket room of this audience."""
        return "/".join(filter(None, (self.circle_id, self.role, self.language, self.shows)))
