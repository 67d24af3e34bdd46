"""One page by its address."""

from __future__ import annotations

import io
import re
import ssl
import time
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext, gettext_noop

from annotations.bounded import Limits, OutOfMemory, OutOfTime, Process
from annotations.formats.fetching.network import Deadline, Network, Wire, opened
from annotations.formats.reading.records import Refused
from annotations.formats.reading.sources import File, shown

SECONDS: Final = 10.0
"""From the first look-up to the last byte, redirects and all."""

LARGEST: Final = 10 * 1024**2
"""Bytes of a page, as they come and as they unpack."""

TOO_LARGE: Final = gettext_noop("A page can have at most %(size)s MB, packed and unpacked.")
LIMITS: Final = Limits(processor_seconds=5, seconds=SECONDS + 5, memory=256 * 1024**2)
"""Of the process that fetches one; what it waits for it gives up itself after `SECONDS`."""

REDIRECTS: Final = 5
LONGEST_ADDRESS: Final = 2000
PART: Final = 64 * 1024
MEDIA_TYPES: Final = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt"}
PORTS: Final = {"http": 80, "https": 443}
HEADERS: Final = {
    "Accept": "text/html, application/xhtml+xml, text/plain",
    "Accept-Encoding": "gzip",
    "Connection": "close",
    "User-Agent": "Mozilla/5.0 (compatible; Factcheck)",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: `url` was asked for, `final_url` answered; `charset` is what its header says, or nothing."""

    path: str
    content: bytes
    url: str
    final_url: str
    at: datetime
    media_type: str
    charset: str

    @property
    def file(self) -> File:
        """The page as a file that an importer reads."""
        return File(self.path, len(self.content), lambda: io.BytesIO(self.content))


@dataclass(frozen=True, slots=True)
class _Content:
    """What an address answered."""

    content: bytes
    media_type: str
    charset: str


@dataclass(frozen=True, slots=True)
class _Address:
    """The parts of an address, fit to be sent."""

    url: str
    tls: bool
    host: str
    port: int
    target: str

    @property
    def host_header(self) -> str:
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return shown if self.port == PORTS["https" if self.tls else "http"] else f"{shown}:{self.port}"


def fetch(url: str, *, seconds: float = SECONDS, network: Network | None = None) -> Fetched:
    """The page at an address. Raises Refused with its code where the operator, the guards or the page say no."""
    if not settings.FETCHING:
        detail = gettext(
            "This server doesn't fetch pages from URLs, because its administrator has not turned "
            "this on. Save the page and import the file."
        )
        raise Refused(url[:LONGEST_ADDRESS], "", "fetching_off", detail)
    deadline = Deadline(time.monotonic() + seconds, url[:LONGEST_ADDRESS])
    asked = url
    for _ in range(REDIRECTS + 1):
        address = _parsed(asked, url)
        answer = _asked(address, deadline, network or Network())
        if isinstance(answer, _Content):
            name = (address.host + urlsplit(address.url).path).rstrip("/") + MEDIA_TYPES[answer.media_type]
            at = datetime.now(UTC)
            return Fetched(shown(name[-200:]), answer.content, url, address.url, at, answer.media_type, answer.charset)
        asked = urljoin(address.url, answer)
    raise Refused(
        deadline.address,
        "",
        "too_many_redirects",
        gettext("The URL was redirected more than %(redirects)s times.") % {"redirects": REDIRECTS},
    )


def fetch_bounded(url: str, process: Process, network: Network | None = None) -> Fetched:
    """As `fetch`, in a process that is killed where it takes more than `LIMITS`. Raises bounded.Stopped too."""
    try:
        return process.call(partial(fetch, network=network), url)
    except OutOfTime as error:
        raise Refused(url[:LONGEST_ADDRESS], "", "too_slow", gettext("The server didn't answer in time.")) from error
    except OutOfMemory as error:
        raise Refused(
            url[:LONGEST_ADDRESS], "", "too_large", gettext(TOO_LARGE) % {"size": LARGEST // 1024**2}
        ) from error


def check_address(url: str) -> None:
    """Raises Refused (`address_invalid`) where nothing can be fetched at it, before anybody is asked."""
    _parsed(url, url)


def _parsed(url: str, asked: str) -> _Address:
    """Raises Refused where it is no address that may be fetched."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
        host = (parts.hostname or "").encode("idna").decode() if ":" not in (parts.hostname or "") else parts.hostname
    except (ValueError, UnicodeError):
        parts, port, host = urlsplit(""), 0, None
    if (
        not host
        or parts.scheme not in PORTS
        or parts.username is not None
        or (port not in PORTS.values() and port < 1024)
        or len(url) > LONGEST_ADDRESS
        or re.search(r"[\x00-\x20\x7f\\]", url)
    ):
        detail = gettext(
            "A URL must start with http:// or https://, name a host, and have no password and no unusual port."
        )
        raise Refused(asked[:LONGEST_ADDRESS], "", "address_invalid", detail)
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?") if parts.query else ""
    )
    return _Address(parts._replace(fragment="").geturl(), parts.scheme == "https", host, port, target)


def _asked(address: _Address, deadline: Deadline, network: Network) -> str | _Content:
    """Where the address redirects to, or what lies there. Raises Refused."""
    with ExitStack() as stack:
        try:
            connection = stack.enter_context(opened(address.host, address.port, deadline, network))
            if address.tls:
                connection.settimeout(deadline.left())
                context = network.tls()
                connection = stack.enter_context(context.wrap_socket(connection, server_hostname=address.host))
            client = HTTPConnection(address.host, address.port)
            client.sock = Wire(connection, deadline)
            client.request("GET", address.target, headers={"Host": address.host_header, **HEADERS})
            return _answered(stack.enter_context(client.getresponse()), deadline)
        except TimeoutError as error:
            raise Refused(deadline.address, "", "too_slow", gettext("The server didn't answer in time.")) from error
        except ssl.SSLError as error:
            raise Refused(
                deadline.address,
                "",
                "tls",
                gettext("%(host)s doesn't have a valid certificate.") % {"host": address.host},
            ) from error
        except (HTTPException, OSError, zlib.error) as error:
            raise Refused(
                deadline.address, "", "broken_answer", gettext("The answer is incomplete or can't be read.")
            ) from error


def _answered(response: HTTPResponse, deadline: Deadline) -> str | _Content:
    location = response.headers.get("Location", "")
    if response.status in (301, 302, 303, 307, 308) and location:
        return location.encode("latin-1").decode("utf-8", "replace")  # as it came, whatever it was
    if response.status != 200:
        raise Refused(
            deadline.address,
            "",
            "status",
            gettext("The server answered with status %(status)s instead of 200.") % {"status": response.status},
        )
    header = Message()
    header["Content-Type"] = response.headers.get("Content-Type", "application/octet-stream")
    media_type = header.get_content_type()
    if media_type not in MEDIA_TYPES:
        detail = gettext("This is %(media_type)s. Only pages (text/html) and texts (text/plain) can be fetched.") % {
            "media_type": media_type[:80]
        }
        raise Refused(deadline.address, "", "media_type", detail)
    return _Content(b"".join(_unpacked(response, deadline)), media_type, header.get_content_charset() or "")


def _unpacked(response: HTTPResponse, deadline: Deadline) -> Iterator[bytes]:
    """The parts of the content, counted packed and unpacked. Raises HTTPException where it ends short."""
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip"):
        raise Refused(
            deadline.address,
            "",
            "content_encoding",
            gettext("The server sent an unexpected compression: %(packing)s.") % {"packing": packing[:40]},
        )
    inflating = None if packing == "identity" else zlib.decompressobj(wbits=31)
    came = made = 0
    while part := response.read1(PART):
        came += len(part)
        _refuse_large(came, deadline)
        for whole in _inflated(part, inflating) if inflating else (part,):
            made += len(whole)
            _refuse_large(made, deadline)
            yield whole
    if response.length or (inflating and (not inflating.eof or inflating.unused_data)):
        raise HTTPException(gettext("The content doesn't have the length that the server announced."))


def _inflated(part: bytes, inflating: zlib._Decompress) -> Iterator[bytes]:
    """What a part unpacks to, a piece at a time, so that a bomb is seen before it is held."""
    while (whole := inflating.decompress(part, PART)) or inflating.unconsumed_tail:
        part = inflating.unconsumed_tail
        yield whole


def _refuse_large(size: int, deadline: Deadline) -> None:
    if size > LARGEST:
        raise Refused(deadline.address, "", "too_large", gettext(TOO_LARGE) % {"size": LARGEST // 1024**2})
