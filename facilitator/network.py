"""This computer's own addresses on the networks around it, found without sending anything and without a route out."""

import fcntl
import ipaddress
import socket
import struct
import sys

FLAGS_OF, ADDRESS_OF = (0x8913, 0x8915) if sys.platform == "linux" else (0xC0206911, 0xC0206921)
"""The system's own numbers for asking an interface (SIOCGIFFLAGS, SIOCGIFADDR)."""
LOOPBACK, RUNNING = 0x8, 0x40
NO_PHONE_IS_THERE = ("br-", "docker", "tailscale", "tap", "tun", "utun", "vbox", "veth", "virbr", "vmnet", "wg", "zt")
"""How interfaces begin that lead into this computer itself, or through a tunnel out of the building."""
PRIVATE = [
    ipaddress.ip_network(block)
    for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10")
]
SELF_GIVEN = ipaddress.ip_network("169.254.0.0/16")
"""What a computer calls itself where nobody gives out addresses."""
EVERYWHERE = "0.0.0.0"  # noqa: S104 - asked for with --lan


def addresses() -> list[str]:
    """Every IPv4 address under which others may reach this computer, the likeliest for a phone first.

    Empty where it is on no network. Interfaces that are down, or not plugged in, are left out.
    """
    found = {name: address for _, name in socket.if_nameindex() if (address := _address_of(name))}
    return in_order(found, towards_the_internet())


def in_order(found: dict[str, str], outwards: str) -> list[str]:
    """Addresses by interface, as a list: real networks before made-up ones, private before public, then `outwards`."""

    def unlikely(name: str) -> tuple[bool, bool, bool, bool, str]:
        number = ipaddress.ip_address(found[name])
        is_made_up = name.startswith(NO_PHONE_IS_THERE)
        return is_made_up, not is_private(found[name]), number in SELF_GIVEN, found[name] != outwards, name

    return list(dict.fromkeys(found[name] for name in sorted(found, key=unlikely)))


def is_private(host: str) -> bool:
    """Whether `host` is a number that no network outside a building has."""
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return False
    return any(number in block for block in PRIVATE if block.version == number.version)


def towards_the_internet() -> str:
    """The address that would be sent from, if something were; '' with no way out, as with the cable out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def _address_of(interface: str) -> str:
    asked = struct.pack("256s", interface.encode()[:15])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        try:
            (flags,) = struct.unpack_from("H", fcntl.ioctl(any_socket, FLAGS_OF, asked), 16)
            if flags & LOOPBACK or not flags & RUNNING:
                return ""
            return socket.inet_ntoa(fcntl.ioctl(any_socket, ADDRESS_OF, asked)[20:24])
        except OSError:  # it has no IPv4 address
            return ""
