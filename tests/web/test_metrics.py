"""What a monitor is told: who may ask, that it is well-formed, and that nothing in it is of a circle."""

import math
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import event

from facilitator import clock
from facilitator.pulse import STEPS, Pulse
from facilitator.safety import headers_of
from tests.web.cast import Browser, Desk, Doors, Ear, Phone, desk
from tests.web.pages import Page

TOKEN = "k3q-Zt81vLx0_mB7sWnAe5Rj2Yp9HcUd"
LABELS = {"open_circle_info": {"version"}}
QUANTILES = {f"open_circle_{what}_seconds": {"quantile"} for what in ("wake", "save", "tell")}
YES_OR_NO = {
    f"open_circle_{what}" for what in ("can_save", "clock_runs", "erases_late", "keys_in_ram", "keys_writable")
}
TOLD = {"open_circle_disk_free_bytes"} | set(LABELS) | set(QUANTILES) | YES_OR_NO
"""All there is. Before a metric is added: would it move while a circle is on, and all is well?"""


@pytest.fixture
def app(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A house with a monitor, on a quiet computer: time stands still, and nobody else fills its disk."""
    app.config["METRICS_TOKEN"] = TOKEN
    app.extensions["pulse"] = Pulse(clock=lambda: 0.0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=7_777_777_777))
    return app


def ask(browser: Browser, authorization: str = f"Bearer {TOKEN}") -> Page:
    """What a monitor asks."""
    return browser.get("/metrics", headers={"Authorization": authorization} if authorization else {})


def told(app: Flask) -> dict[str, float]:
    """Every sample, by its name and label."""
    families = text_string_to_metric_families(ask(Browser(app)).text)
    samples = [sample for family in families for sample in family.samples]
    return {" ".join([sample.name, *sample.labels.values()]): sample.value for sample in samples}


def beat(app: Flask) -> None:
    """Ten seconds pass."""
    with app.test_request_context(base_url=app.config["ADDRESS"]):
        app.extensions["pulse"].woke(due=0.0)
        clock.ten_seconds_later()


def test_who_has_the_token_reads_what_prometheus_can_read(app: Flask, stranger: Phone) -> None:
    beat(app)
    page = ask(stranger)
    assert page.status == 200 and page.headers["Content-Type"].startswith("text/plain; version=")
    families = list(text_string_to_metric_families(page.text))
    assert {family.name for family in families} == TOLD
    samples = told(app)
    assert (
        samples["open_circle_info 0.1.0"] == samples["open_circle_can_save"] == samples["open_circle_clock_runs"] == 1
    )
    assert samples["open_circle_save_seconds 0.95"] in STEPS and samples["open_circle_erases_late"] == 0


def test_no_label_tells_one_from_another(app: Flask, circle: Doors, ben: Phone, dov: Phone) -> None:
    beat(app)
    for family in text_string_to_metric_families(ask(ben).text):
        for sample in family.samples:
            assert set(sample.labels) == (LABELS | QUANTILES).get(sample.name, set())
            assert set(sample.labels.values()) <= {"0.5", "0.95", "0.1.0"}


def test_before_the_first_beat_no_delay_is_made_up(app: Flask) -> None:
    assert not [name for name in told(app) if "seconds" in name]


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", f"Bearer {TOKEN[:-1]}", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN, "Bearer \udc80é"],
)
def test_for_who_has_not_there_is_nothing(app: Flask, authorization: str, stranger: Phone) -> None:
    page, nothing = ask(stranger, authorization), stranger.get("/nothing")
    assert (page.status, page.words()) == (404, nothing.words()) and "Set-Cookie" not in page.headers
    assert stranger.get(f"/metrics?token={TOKEN}").status == 404


@pytest.mark.parametrize("authorization", [f"Bearer {TOKEN}", "Bearer ", ""])
def test_without_a_token_set_there_is_nothing_for_anybody(
    app: Flask, authorization: str, ana: Desk, gus: Desk, stranger: Phone
) -> None:
    app.config["METRICS_TOKEN"] = ""
    assert {ask(browser, authorization).status for browser in (ana, gus, stranger)} == {404}


def test_no_cookie_opens_it_and_none_is_looked_at_or_set(app: Flask, ben: Phone, ana: Desk, gus: Desk) -> None:
    assert {ask(browser, "").status for browser in (ben, ana, gus)} == {404}
    ask(ben)
    asked: list[str] = []
    event.listen(app.extensions["database"].engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    app.extensions["readiness"] = type(app.extensions["readiness"])()
    for browser in (ben, ana, gus):
        page = ask(browser)
        assert page.status == 200 and "Set-Cookie" not in page.headers and page.headers["Cache-Control"] == "no-store"
        assert headers_of(app).items() <= dict(page.headers).items()
    assert asked and {*asked} <= {"BEGIN IMMEDIATE", "PRAGMA user_version", "PRAGMA user_version=0"}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_it_is_only_read(app: Flask, method: str, stranger: Phone) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Origin": stranger.address}
    assert stranger.ask(method, "/metrics", headers=headers).status == 404


def test_a_whole_evening_moves_nothing_in_it(app: Flask, ana: Desk, listen: Callable[..., Ear]) -> None:
    """So nobody learns from it that a circle is on, which, who came when, or how much was said."""
    beat(app)
    nobody = ask(Browser(app)).text
    texts = []

    def look() -> None:
        beat(app)
        texts.append(ask(Browser(app)).text)

    circle = ana.open(appear="at-once")
    listen(ana, circle.id)
    look()
    phones: list[Phone] = []
    for _ in range(3):
        phones.append(Phone(app).join(circle.code))
        listen(phones[-1])
        look()
        phones[-1].share("words")
    look()
    fay = desk(app, "fay")
    other = fay.open(appear="at-once")
    listen(Phone(app).join(other.code))
    look()
    ana.do(f"{circle.console}/close")
    look()
    ana.do(f"{circle.console}/erase")
    look()
    assert set(texts) == {nobody}


def test_nothing_is_there_that_the_library_would_add(app: Flask) -> None:
    """Open files are sockets, and sockets are phones."""
    assert not any(word in ask(Browser(app)).text for word in ("process_", "python_", "_created", "_count", "_sum"))


def test_the_last_bytes_of_a_disk_are_not_told(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    free = told(app)["open_circle_disk_free_bytes"]
    assert free == 7_759_462_400 and free % (100 * 1024 * 1024) == 0
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=7_777_777_777 - 65536))
    assert told(app)["open_circle_disk_free_bytes"] == free


def test_what_is_wrong_is_told(app: Flask, tmp_path: Path) -> None:
    pulse: Pulse = app.extensions["pulse"]
    pulse.see_erasing(["a"])
    pulse.see_erasing(["a"])
    pulse.now = lambda: 3600.0
    pulse.waking.took(math.inf)
    folder: Path = app.extensions["vault"].folder
    folder.rename(folder.with_name("away"))
    folder.write_text("in its place")
    samples = told(app)
    assert samples["open_circle_erases_late"] == 1
    assert samples["open_circle_wake_seconds 0.5"] == math.inf
    wrong = ("can_save", "keys_writable", "clock_runs")
    assert [samples[f"open_circle_{what}"] for what in wrong] == [0, 0, 0]
