"""Run as a program in a network namespace of its own: a laptop's hotspot, and no internet. It prints what came of it.

`python3 dev.py run --lan` is what is started, as a facilitator does; people come in by the address it says.
"""

import http.client
import json
import socket
import subprocess

from tests.people import Phone, Staff, begin
from tests.server import Server

HOTSPOT, OF_CONTAINERS = "10.42.0.1", "172.17.0.1"


class OnTheHotspot(Server):
    """A laptop whose phones know it by its address on its hotspot."""

    program = ("dev.py", "run", "--lan")

    def __init__(self) -> None:
        super().__init__(HOST="", PORT="")
        self.port = 5000
        self.address = f"http://{HOTSPOT}:{self.port}"

    def connection(self, patience: float, source: tuple[str, int] | None = None) -> http.client.HTTPConnection:
        """By the way a phone takes."""
        return http.client.HTTPConnection(HOTSPOT, self.port, timeout=patience)


def main() -> None:
    plug_in("wlan0", HOTSPOT)
    plug_in("docker0", OF_CONTAINERS)
    with OnTheHotspot() as server:
        begin(server, "ana@example.org")
        circle = Staff(server, "ana@example.org").open_circle()
        ben, cleo = Phone(server).come_in(circle), Phone(server).come_in(circle)
        with cleo.listen() as socket_of_cleo:
            ben.check_in("said with the cable out")
            socket_of_cleo.wait_for(lambda heard: "said with the cable out" in str(heard.data))
        told = {
            "no way out": leads_nowhere(),
            "address": server.address,
            "terminal": server.output(),
            "installed anything": "Installing" in server.output(),
            "heard": list(cleo.here().wall("checkins").values()),
        }
    print(json.dumps(told))


def plug_in(name: str, address: str) -> None:
    """An interface with this name and address, whose other end is plugged in too."""
    for command in (
        f"link add {name} type veth peer name of-{name}",
        f"addr add {address}/24 dev {name}",
        f"link set of-{name} up",
        f"link set {name} up",
        "link set lo up",
    ):
        subprocess.run(["ip", *command.split()], check=True)


def leads_nowhere() -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("1.1.1.1", 53))
        except OSError:
            return True
    return False


if __name__ == "__main__":
    main()
