"""Who is looking: a circle, a role and a language. Everybody of one audience is sent the same bytes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Audience:
    """One kind of onlooker of one circle. The server names its room; a client never does."""

    circle_id: str
    role: str
    language: str

    @property
    def room(self) -> str:
        """The socket room of this audience."""
        return f"{self.circle_id}/{self.role}/{self.language}"
