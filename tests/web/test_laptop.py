"""A laptop on its own network: where phones find it, its certificate, and what terminal and pages say of both."""

import ipaddress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from facilitator import certificate, greeting, network
from facilitator.certificate import Certificate
from facilitator.network import in_order
from sessions import backup
from tests.web.cast import MakeApp, Phone, desk

TODAY = datetime(2026, 11, 22, tzinfo=UTC)
FINGERPRINT = ":".join(f"{number:02X}" for number in range(32))
HOTSPOT = "10.42.0.1"


@pytest.mark.parametrize(
    ("found", "outwards", "first"),
    [
        ({"wlan0": HOTSPOT}, "", [HOTSPOT]),
        ({"eth0": "192.168.1.5", "wlan0": "192.168.7.9"}, "192.168.7.9", ["192.168.7.9", "192.168.1.5"]),
        ({"docker0": "172.17.0.1", "wlp2s0": "192.168.7.9"}, "", ["192.168.7.9", "172.17.0.1"]),
        ({"tun0": "10.8.0.2", "wlan0": "192.168.7.9"}, "10.8.0.2", ["192.168.7.9", "10.8.0.2"]),
        ({"en0": "203.0.113.5", "bridge100": "192.168.2.1"}, "203.0.113.5", ["192.168.2.1", "203.0.113.5"]),
        ({"eth0": "169.254.3.4", "wlan0": "192.168.7.9"}, "169.254.3.4", ["192.168.7.9", "169.254.3.4"]),
        ({}, "", []),
    ],
)
def test_of_several_addresses_the_likeliest_for_a_phone_comes_first(
    found: dict[str, str], outwards: str, first: list[str]
) -> None:
    assert in_order(found, outwards) == first


def test_its_own_addresses_are_numbers_and_none_leads_back_to_itself() -> None:
    assert not any(ipaddress.ip_address(one).is_loopback for one in network.addresses())


def read(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())


def test_a_certificate_is_for_those_addresses_and_signs_nothing_else(tmp_path: Path) -> None:
    made = certificate.own(tmp_path, [HOTSPOT, "laptop.local"], TODAY)
    held = read(made.file)
    names = held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    numbers = {str(one) for one in names.get_values_for_type(x509.IPAddress)}
    assert (numbers, set(names.get_values_for_type(x509.DNSName))) == (
        {HOTSPOT, "127.0.0.1"},
        {"laptop.local", "localhost"},
    )
    assert held.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    assert held.not_valid_after_utc - held.not_valid_before_utc <= timedelta(days=825), (
        "Apple's phones take no longer one"
    )
    assert held.subject.rfc4514_string() == "CN=This laptop", "anybody on the Wi-Fi can read it"
    assert len(made.fingerprint.split(":")) == 32 and made.file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["certificate.pem"]


def test_it_stays_the_same_from_start_to_start(tmp_path: Path) -> None:
    first = certificate.own(tmp_path, [HOTSPOT, "192.168.7.9"], TODAY)
    assert certificate.own(tmp_path, ["192.168.7.9", HOTSPOT], TODAY + timedelta(days=300)) == first


@pytest.mark.parametrize("days", [340, 400, -400])
def test_it_is_made_anew_before_it_ends_or_when_the_clock_was_wrong(days: int, tmp_path: Path) -> None:
    first = certificate.own(tmp_path, [HOTSPOT], TODAY)
    assert certificate.own(tmp_path, [HOTSPOT], TODAY + timedelta(days=days)) != first


def test_it_is_made_anew_on_another_network_and_when_it_is_broken(tmp_path: Path) -> None:
    first = certificate.own(tmp_path, [HOTSPOT], TODAY)
    second = certificate.own(tmp_path, ["192.168.7.9"], TODAY)
    assert second.fingerprint != first.fingerprint
    second.file.write_bytes(second.file.read_bytes()[:300])
    assert certificate.own(tmp_path, ["192.168.7.9"], TODAY).fingerprint != second.fingerprint


def test_a_backup_does_not_take_it_along(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app()
    key = certificate.own(app.config["DATA"], [HOTSPOT]).file.read_bytes().splitlines()[1]
    backup.back_up(app.extensions["database"], tmp_path / "copy.db")
    assert key not in (tmp_path / "copy.db").read_bytes()


def on_a_laptop(make_app: MakeApp, **settings: object):  # type: ignore[no-untyped-def]
    return make_app(**{"LAN": True, "ADDRESS": f"http://{HOTSPOT}:5000", "SEEN_AT": [HOTSPOT], **settings})


def encrypted(make_app: MakeApp, **settings: object):  # type: ignore[no-untyped-def]
    address = {"OWN_HTTPS": True, "ADDRESS": f"https://{HOTSPOT}:5000"}
    app = on_a_laptop(make_app, **address, **settings)
    app.config["CERTIFICATE"] = Certificate(Path("certificate.pem"), FINGERPRINT)
    return app


def test_the_terminal_says_where_and_what_others_on_the_wifi_could_do(
    make_app: MakeApp, capsys: pytest.CaptureFixture[str]
) -> None:
    app = on_a_laptop(make_app, SEEN_AT=[HOTSPOT, "192.168.7.9"])
    app.config["FIRST_LINK"] = "once"
    greeting.say(app)
    said = capsys.readouterr().out
    for words in (
        *(f"Open Circle: http://{HOTSPOT}:5000", "others on this Wi-Fi could read along", "docs/laptop.md"),
        *("There it is: http://192.168.7.9:5000", "Guest Wi-Fi", "http://127.0.0.1:5000/staff/first/once"),
    ):
        assert words in said
    assert "█" in said and "fingerprint" not in said


def test_encrypted_it_says_what_phones_warn_of_and_what_to_compare(
    make_app: MakeApp, capsys: pytest.CaptureFixture[str]
) -> None:
    app = encrypted(make_app)
    app.config["FIRST_LINK"] = "once"
    greeting.say(app)
    said = capsys.readouterr().out
    assert FINGERPRINT in said and "warns once" in said and "https://127.0.0.1:5000/staff/first/once" in said
    assert "not encrypted" not in said and "more than one network" not in said


def test_on_no_network_it_shows_no_square_that_leads_nowhere(
    make_app: MakeApp, capsys: pytest.CaptureFixture[str]
) -> None:
    greeting.say(on_a_laptop(make_app, ADDRESS="http://127.0.0.1:5000", SEEN_AT=[]))
    said = capsys.readouterr().out
    assert "This computer is on no network" in said and "█" not in said


@pytest.mark.parametrize(
    ("language", "says"), [("en", "This laptop encrypts this page itself"), ("es", "Esta portátil cifra esta página")]
)
def test_pages_say_who_encrypts_them(language: str, says: str, make_app: MakeApp) -> None:
    app = encrypted(make_app)
    for path in ("/", "/staff/sign-in"):
        page = Phone(app, language).get(path)
        assert says in page.words("main") and "Strict-Transport-Security" not in page.headers


def test_any_private_address_of_a_laptop_is_ours_when_it_encrypts_too(make_app: MakeApp) -> None:
    browser = Phone(encrypted(make_app))
    assert browser.get("/", headers={"Host": "192.168.7.9:5000"}).status == 200
    for host in ("8.8.8.8", "evil.example"):
        assert browser.get("/", headers={"Host": host}).status == 400


def test_the_leaders_screen_says_what_phones_warn_of_and_what_helps(make_app: MakeApp) -> None:
    app = encrypted(make_app, SEEN_AT=[HOTSPOT, "192.168.7.9"])
    ana = desk(app, "ana")
    circle = ana.open()
    doors = ana.get(f"/lead/{circle.id}").words("doors")
    for words in (FINGERPRINT, "Phones warn once", "Show Details", "Guest Wi-Fi", "https://192.168.7.9:5000"):
        assert words in doors
    ben = Phone(app)
    ben.post("/door", {"code": circle.code})
    assert FINGERPRINT not in ben.get("/join").text


def test_elsewhere_none_of_that_is_said(make_app: MakeApp) -> None:
    ana = desk(make_app(), "ana")
    doors = ana.get(f"/lead/{ana.open().id}").words("doors")
    assert "Phones warn" not in doors and "Guest Wi-Fi" not in doors
