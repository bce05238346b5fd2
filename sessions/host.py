"""The host's own words: who runs this computer, whether that is the landlord, where help comes to.

One row. Everything works before anyone has answered: what is empty is worded by the page that shows it.
"""

from dataclasses import dataclass, fields
from urllib.parse import urlsplit

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.database import Base
from sessions.words import clean, clean_line

LEAVE_FAST = "https://www.weather.gov/"
"""A plain page that many people open; the host may choose another."""


class HostRefused(Exception):
    """A word of the host can't be kept. `field` names which one."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class HostRow(Base):
    """The one row of the host's words."""

    __tablename__ = "host"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_by: Mapped[str] = mapped_column(String(200), default="")
    landlord: Mapped[bool] = mapped_column(default=True)
    limits: Mapped[str] = mapped_column(String(1000), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    naloxone: Mapped[str] = mapped_column(String(200), default="")
    leave_to: Mapped[str] = mapped_column(String(300), default="")


@dataclass(frozen=True)
class Host:
    """What the host has said; '' where nothing was.

    `landlord` starts as True: to warn of a landlord who isn't one does less harm than to keep silent about one who is.
    """

    run_by: str = ""
    landlord: bool = True
    limits: str = ""
    address: str = ""
    naloxone: str = ""
    leave_to: str = ""

    @property
    def leave_fast(self) -> str:
        """Where Leave fast goes."""
        return self.leave_to or LEAVE_FAST


def words(db: Session) -> Host:
    """The host's words as they stand."""
    row = db.get(HostRow, 1)
    return Host(**{field.name: getattr(row, field.name) for field in fields(Host)}) if row else Host()


def write(db: Session, host: Host) -> None:
    """Keep the host's words. Raises HostRefused("leave_to") unless that is a plain web address or empty."""
    leave_to = host.leave_to.strip()
    if leave_to and not is_plain_address(leave_to):
        raise HostRefused("leave_to")
    row = db.get(HostRow, 1) or HostRow(id=1)
    row.run_by, row.landlord, row.limits = clean_line(host.run_by)[:200], host.landlord, clean(host.limits)[:1000]
    row.address, row.naloxone, row.leave_to = clean_line(host.address)[:200], clean_line(host.naloxone)[:200], leave_to
    db.add(row)


def is_plain_address(address: str) -> bool:
    """Whether a page can send a browser there, and a person can read where that is."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    printable = address.isascii() and address.isprintable() and not set(address) & set(" \"'<>;\\")
    return (
        printable
        and parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and not parts.username
        and len(address) <= 300
    )
