"""From a name to a connection: resolved once, only addresses of the public Internet, and all by one deadline."""

from __future__ import annotations

import io
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext

from annotations.formats.reading.records import Refused

PUBLIC_V6: Final = ipaddress.ip_network("2000::/3")
NOT_PUBLIC: Final = [
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
        "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
    )
]  # fmt: skip
"""Beside what Python knows: https://www.iana.org/assignments/iana-ipv4-special-registry and the same for IPv6.

Outside `PUBLIC_V6` lie mapped (``::ffff:0:0/96``), translated (``64:ff9b::/96``), unique local, link-local and
multicast addresses.
"""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment by which all has to be done."""

    at: float
    address: str

    def left(self) -> float:
        """Seconds that are left. Raises Refused where there are none."""
        seconds = self.at - time.monotonic()
        if seconds <= 0:
            raise Refused(self.address, "", "too_slow", gettext("The server didn't answer in time."))
        return seconds


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a name, in the order in which they are to be tried. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def connected(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to an address. Raises OSError."""
    return socket.create_connection((address, port), timeout=seconds)


@dataclass(frozen=True, slots=True)
class Network:
    """The two things that tests replace."""

    resolve: Callable[[str, int], list[str]] = resolved
    connect: Callable[[str, int, float], socket.socket] = connected
    tls: Callable[[], ssl.SSLContext] = field(default=ssl.create_default_context)


def is_public(address: str) -> bool:
    """Whether an address lies in the public Internet rather than on this machine, beside it, or nowhere."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if ip.version == 6 and ip not in PUBLIC_V6:
        return False
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in NOT_PUBLIC)


def opened(host: str, port: int, deadline: Deadline, network: Network) -> socket.socket:
    """A connection to the host, at an address that was looked at. Raises Refused."""
    addresses = _looked_up(host, port, deadline, network)
    if not addresses:
        raise Refused(
            deadline.address, "", "address_unknown", gettext("There is no host called %(host)s.") % {"host": host}
        )
    # All of them: a name that leads inside at all is up to something.
    if not all(map(is_public, addresses)):
        detail = gettext("This URL leads to this machine or to a private network. Only public pages can be fetched.")
        raise Refused(deadline.address, "", "address_inside", detail)
    for address in addresses:
        try:
            return network.connect(address, port, deadline.left())
        except OSError:
            continue
    deadline.left()
    raise Refused(deadline.address, "", "unreachable", gettext("%(host)s can't be reached.") % {"host": host})


def _looked_up(host: str, port: int, deadline: Deadline, network: Network) -> list[str]:
    """The addresses of the host. The system's resolver knows no deadline, so it is left behind where it passes it."""
    found: list[str] = []

    def look() -> None:
        try:
            found.extend(network.resolve(host, port))
        except (OSError, UnicodeError):
            return

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    looking.join(deadline.left())
    deadline.left()
    return list(found)


class Wire:
    """A connection as `http.client` uses one, where each wait ends by the deadline: a drip does not prolong it.

    Who opened the connection closes it: the client would do so before the answer is read.
    """

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self.connection, self.deadline = connection, deadline

    def makefile(self, *_: Any, **__: Any) -> io.BufferedReader:
        return io.BufferedReader(_Incoming(self.connection, self.deadline))

    def sendall(self, content: bytes) -> None:
        self.connection.settimeout(self.deadline.left())
        self.connection.sendall(content)

    def close(self) -> None:
        """Nothing."""


class _Incoming(io.RawIOBase):
    """What comes over a connection."""

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        super().__init__()
        self.connection, self.deadline = connection, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self.connection.settimeout(self.deadline.left())
        return self.connection.recv_into(buffer)
