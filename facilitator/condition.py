"""How this computer is doing, for whoever looks after it: nothing in it is of a circle, so anybody might know it."""

import shutil
from dataclasses import dataclass

from flask import current_app

from facilitator import check
from facilitator.extensions import database, vault
from facilitator.pulse import Delay, Pulse

VERSION = "0.1.0"
DISK_STEP_BYTES = 100 * 1024 * 1024
"""Free room is told in whole steps of this: the last bytes of a disk move with each thing that is said."""


@dataclass(frozen=True)
class Condition:
    """One look at it. `free_bytes` is what the disk of the data has left, rounded down; `beats`: its clock runs.

    `erases_late`: something that should be erased is not all gone, a beat later.
    """

    saves: bool
    beats: bool
    erases_late: bool
    keys_in_ram: bool
    keys_writable: bool
    free_bytes: int
    waking: Delay
    saving: Delay
    telling: Delay

    @property
    def nearly_full(self) -> bool:
        """Whether the disk soon holds nothing more."""
        return self.free_bytes < check.LEAST_ROOM_BYTES


def look() -> Condition:
    """How it is now. Never waits for longer than two seconds."""
    pulse: Pulse = current_app.extensions["pulse"]
    free = shutil.disk_usage(current_app.config["DATA"]).free
    return Condition(
        saves=current_app.extensions["readiness"].is_ready(database, vault),
        beats=pulse.beats,
        erases_late=pulse.erases_late,
        keys_in_ram=check.file_system(vault.folder) in check.IN_RAM,
        keys_writable=vault.can_be_written(),
        free_bytes=free - free % DISK_STEP_BYTES,
        waking=pulse.waking,
        saving=pulse.saving,
        telling=pulse.telling,
    )
