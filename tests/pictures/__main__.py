"""Photographs every screen in a real browser, so that somebody looks at it.

`python3 dev.py pictures` writes the few that README shows, and its moving one; `python3 dev.py pictures FOLDER` writes
every page at 360x640, 1366x768 and 1440x900, in light and dark, into FOLDER.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import browsers
from tests.pictures.a_circle import a_circle
from tests.pictures.a_house import a_house
from tests.pictures.a_planner import a_planner
from tests.pictures.accounts import an_admin, first_run
from tests.pictures.camera import Photographer
from tests.pictures.moving import moving_picture
from tests.server import Server

README_FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"


def main() -> None:
    """Walk through a circle and photograph it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else README_FOLDER
    with Server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**browsers.launch_options())
        camera = Photographer(browser, server, folder, every=len(sys.argv) > 1)
        first_run(camera)
        server.add_account("root@example.org", "admin")
        server.add_account("esi@example.org", "housing", name="Esi")
        a_circle(camera)
        if not camera.every:
            moving_picture(camera, folder / "circle.gif")
        an_admin(camera)
        a_planner(camera)
        a_house(browser, camera)
        browser.close()
    print(f"Written to {folder}: {len(list(folder.iterdir()))} pictures")


if __name__ == "__main__":
    main()
