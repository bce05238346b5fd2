"""The real things that other tests lean on are there and do what their fixtures say."""

from typing import TYPE_CHECKING

from sqlalchemy import create_engine, text

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.postgres import Postgres


def test_clones_start_alike_and_share_nothing(postgres: "Postgres") -> None:
    def prepare(url: str) -> None:
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE chairs (place integer)"))
        engine.dispose()

    postgres.template(prepare, "chairs")
    first, second = (create_engine(postgres.clone("chairs")) for _ in range(2))
    with first.begin() as connection:
        connection.execute(text("INSERT INTO chairs VALUES (1)"))
    counts = []
    for engine in (first, second):
        with engine.connect() as connection:
            counts.append(connection.scalar(text("SELECT count(*) FROM chairs")))
        postgres.drop(engine.url.render_as_string())
        engine.dispose()
    assert counts == [1, 0]


def test_the_browser_draws(browser: "Browser") -> None:
    with browser.new_context(viewport={"width": 360, "height": 640}) as context:
        page = context.new_page()
        page.goto("data:text/html,<title>Open Circle</title><h1>Hello")
        assert page.title() == "Open Circle"
        assert page.screenshot().startswith(b"\x89PNG")
