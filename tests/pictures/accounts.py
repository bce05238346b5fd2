"""Those who work here: the first account, signing in, and looking after accounts."""

from tests.browser.screens import Laptop
from tests.pictures.camera import Photographer


def first_run(camera: Photographer) -> None:
    """The one-time link, and signing in."""
    page = camera.page()
    link = next(line.strip() for line in camera.server.output().splitlines() if "/staff/first/" in line)
    page.goto(link)
    camera.take(page, "first-run")
    page.locator("#email").fill("ana@example.org")
    page.locator("#passphrase").fill("a kettle and two cups")
    page.locator("#address").fill("120 Hazel Street, side door, community room")
    page.locator("#naloxone").fill("Front desk. Red box by this door.")
    page.locator("main button.strong").click()
    page.goto(f"{camera.server.address}/staff/account")
    page.locator("#name").fill("Ana")
    page.locator("#paid_by").fill("The building’s services team")
    page.locator("#must_report").fill("A child being hurt. Somebody about to be hurt.")
    camera.take(page, "account")
    page.locator("main button.strong").click()
    page.locator("form[action='/staff/sign-out'] button").click()
    camera.take(page, "sign-in")


def an_admin(camera: Photographer) -> None:
    """Looking after accounts."""
    admin = Laptop(camera.page(), camera.server.address)
    page, address = admin.page, camera.server.address
    admin.sign_in("root@example.org")
    camera.take(page, "second-step")
    admin.add_second_step()
    camera.take(page, "recovery-codes")
    page.goto(f"{address}/staff/account")
    camera.take(page, "account-admin")
    page.goto(f"{address}/staff/account/passphrase")
    camera.take(page, "passphrase")
    page.goto(f"{address}/people")
    camera.take(page, "people")
    page.locator("form[action='/people/invitations'] button").click()
    camera.take(page, "invitation")
    page.goto(page.locator("#link").input_value())
    camera.take(page, "invited")
    page.goto(f"{address}/people")
    page.locator("a[aria-label='Change ana@example.org']").click()
    camera.take(page, "person")
    page.locator("form[action$='/disable'] button").click()
    camera.take(page, "person-off")
    page.goto(f"{address}/people/acts")
    camera.take(page, "acts")
    page.goto(f"{address}/host")
    camera.take(page, "host")
    page.goto(f"{address}/status")
    camera.take(page, "status")
    page.goto(f"{address}/nowhere")
    camera.take(page, "error")
