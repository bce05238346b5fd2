"""What a monitor is told (Prometheus): whether this process is well, and nothing that a circle moves.

Whoever reads it may be the landlord, and a monitor keeps each number with its minute for years, long after a circle
is erased. So this is what is not in it, and why:

- How many circles are open, how many were erased. A number that goes from 0 to 1 and back is the minute at which a
  group began and ended; of these the record of acts knows no more than the day.
- How many sockets, phones, requests or posts. With one circle open that is a count of heads, or of what was said.
  Bands would not mend it: the minute at which the fifth phone came is the step from one band to the next, and who
  adds phones of their own until a band steps knows how many others there were.
- What the library would add by itself: open files, memory and processor time of the process. Each socket is a file.
- A label for a circle, a building, a group, an account or an address. There are two labels: `quantile`, `version`.
- How often anything was measured. Delays are felt by tries of the server's own, in steps (`pulse`).

What is in it moves when something is wrong, and while all is well it is the same text with nobody here and with a
house full of people. Each process tells of itself alone, from its own memory: ask each at its own port.
"""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from facilitator.condition import VERSION, Condition

QUANTILES = (0.5, 0.95)


def text(now: Condition) -> bytes:
    """All of it, in Prometheus's text format."""
    told = CollectorRegistry()  # of its own: the library's shared one counts open files
    told.register(_Told(now))
    return generate_latest(told)


class _Told(Collector):
    """What there is to tell of one look."""

    def __init__(self, now: Condition) -> None:
        self._now = now

    def collect(self) -> Iterator[Metric]:
        """Each metric, in the order in which it is read."""
        now = self._now
        version = GaugeMetricFamily("open_circle_info", "Always 1.", labels=["version"])
        version.add_metric([VERSION], 1)
        yield version
        yield _yes_or_no("can_save", "Whether what is sent now would be kept, as /readyz says.", now.saves)
        yield _yes_or_no("clock_runs", "Whether what closes and erases circles runs.", now.beats)
        yield _yes_or_no("erases_late", "Whether something is not all gone that should be.", now.erases_late)
        yield _yes_or_no("keys_in_ram", "Whether the folder of keys is in memory.", now.keys_in_ram)
        yield _yes_or_no("keys_writable", "Whether a key could be made now.", now.keys_writable)
        free = "Free room on the disk of the data, rounded down to 100 MiB."
        yield GaugeMetricFamily("open_circle_disk_free_bytes", free, now.free_bytes)
        for name, what, delay in (
            ("wake", "to start on what comes in", now.waking),
            ("save", "to save something that is nobody's", now.saving),
            ("tell", "to tell one circle's phones that the server is there", now.telling),
        ):
            how = f"At most how long the server takes {what}, in steps, by tries of its own in the last hour."
            took = GaugeMetricFamily(f"open_circle_{name}_seconds", how, labels=["quantile"])
            for share in QUANTILES:
                step = delay.within(share)
                if step is not None:
                    took.add_metric([str(share)], step)
            yield took


def _yes_or_no(name: str, what: str, is_so: bool) -> Metric:
    return GaugeMetricFamily(f"open_circle_{name}", what, int(is_so))
