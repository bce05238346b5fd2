"""A certificate that this computer makes for itself, for phones on its own network. Nobody vouches for it.

A phone warns of it once. What is sent is encrypted all the same; that it is this computer is told by the fingerprint,
compared by eye. It may sign nothing else: whoever trusts it trusts no more than this computer.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from facilitator import startup

FILE = "certificate.pem"
GOOD_FOR = timedelta(days=365)
"""Apple's phones take none that is good for more than 825 days."""
RENEWED_BEFORE = timedelta(days=30)
BACKDATED = timedelta(days=2)
"""For phones whose clock is slow."""
NAME = "This laptop"
"""Anybody on the network can read it: it says neither whose laptop this is nor what for."""


@dataclass(frozen=True)
class Certificate:
    """The file with the certificate and its key, and the fingerprint as browsers show it (SHA-256)."""

    file: Path
    fingerprint: str


def own(data: Path, hosts: Sequence[str], now: datetime | None = None) -> Certificate:
    """The certificate of the install in `data`, for `hosts` (numbers or names) and this computer itself.

    Kept from start to start, so that a phone warns once; made anew where it is missing, broken, for other hosts, or
    ends within a month. Raises CannotStart where others can read it, or it can't be written.
    """
    now = now or datetime.now(UTC)
    wanted = {*hosts, "127.0.0.1", "localhost"}
    file = data / FILE
    with startup.usable(data, "OPEN_CIRCLE_DATA"):
        kept = _read(file)
        if kept is None or not _fits(kept, wanted, now):
            kept = _make(file, sorted(wanted), now)
    return Certificate(file, kept.fingerprint(SHA256()).hex(":").upper())


def _read(file: Path) -> x509.Certificate | None:
    try:
        startup.check_private(file)
        return x509.load_pem_x509_certificate(file.read_bytes())
    except (FileNotFoundError, ValueError):
        return None


def _fits(kept: x509.Certificate, wanted: set[str], now: datetime) -> bool:
    names = kept.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    hosts = {str(one) for kind in (x509.DNSName, x509.IPAddress) for one in names.get_values_for_type(kind)}
    return hosts == wanted and kept.not_valid_before_utc <= now < kept.not_valid_after_utc - RENEWED_BEFORE


def _make(file: Path, hosts: Sequence[str], now: datetime) -> x509.Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    made = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BACKDATED)
        .not_valid_after(now + GOOD_FOR)
        .add_extension(x509.SubjectAlternativeName([_named(host) for host in hosts]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, SHA256())
    )
    half_written = file.with_suffix(".new")  # a stop in between leaves no half of one behind
    with half_written.open("wb") as opened:
        half_written.chmod(0o600)
        opened.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        opened.write(made.public_bytes(Encoding.PEM))
    half_written.rename(file)
    return made


def _named(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
