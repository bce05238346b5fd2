"""What every test may use: a real PostgreSQL, a real Redis, a real browser, and one seed for all that is random.

Where a machine lacks one of them, the tests that need it skip and say so. CI must have all of them: there such a skip
is a failure, or a green run would prove less than it seems to.
"""

import os
import random
from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING

import pytest

from tests import browsers

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.postgres import Postgres
    from tests.redis_server import RedisServer

MACHINERY = ("browser", "postgres", "redis")  # a fixture and a marker each
SEED = int(os.environ.get("OC_SEED") or random.randrange(2**32))


def pytest_report_header() -> str:
    return f"OC_SEED={SEED} repeats this run's random choices"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests by the machinery they use, and leave the long ones out unless -m speaks of them."""
    for item in items:
        for name in set(MACHINERY).intersection(getattr(item, "fixturenames", ())):
            item.add_marker(name)
    if "long" not in config.option.markexpr:
        long = [item for item in items if item.get_closest_marker("long")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI, turn the skip of a test that lacks its machinery into a failure."""
    report = yield
    needs_machinery = any(item.get_closest_marker(name) for name in MACHINERY)
    # An expected failure counts as skipped too, but only a real skip tells place and reason.
    if os.environ.get("CI") and needs_machinery and report.skipped and isinstance(report.longrepr, tuple):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} may not be skipped in CI: {report.longrepr[-1]}"
    return report


@pytest.fixture(scope="session")
def seed() -> int:
    """For `random.Random(seed)`. The run's header names it; OC_SEED sets it."""
    return SEED


@pytest.fixture(scope="session")
def postgres() -> "Iterator[Postgres]":
    """A running PostgreSQL with no database of ours in it: ask it for `fresh(name)`, or for a `clone()`."""
    from tests.postgres import Postgres, Unavailable

    try:
        server = Postgres()
    except Unavailable as why:
        pytest.skip(str(why))
    with server:
        yield server


@pytest.fixture
def redis() -> "Iterator[RedisServer]":
    """A running Redis with nothing in it, which may be stopped and started again."""
    from tests.redis_server import RedisServer, Unavailable

    try:
        server = RedisServer()
    except Unavailable as why:
        pytest.skip(str(why))
    with server:
        yield server


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """A real browser through Playwright. Each test opens, and closes, a context of its own in it."""
    from playwright.sync_api import sync_playwright

    try:
        options = browsers.launch_options()
    except FileNotFoundError as why:
        pytest.skip(str(why))
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(**options)
        yield started
        started.close()


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Tell a measured number to whoever runs the tests. How fast a machine is, no test asserts."""

    def tell(line: str) -> None:
        request.node.user_properties.append(("measured", line))

    return tell


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print at the end what was measured, whichever process of the run it was measured in."""
    told = [report for reports in terminalreporter.stats.values() for report in reports]
    lines = {
        f"{report.nodeid.partition('::')[2]}: {line}"
        for report in told
        if isinstance(report, pytest.TestReport) and report.when == "call"
        for name, line in report.user_properties
        if name == "measured"
    }
    if lines:
        terminalreporter.section("measured")
        terminalreporter.write_line("\n".join(sorted(lines)))
