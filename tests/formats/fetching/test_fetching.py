"""Fetching addresses: what is fetched, and what never is."""

from __future__ import annotations

import socket
import ssl
import threading
import time
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest

from annotations.bounded import OutOfTime, Process
from annotations.formats.fetching.network import Network, is_public
from annotations.formats.fetching.page import Fetched, fetch
from annotations.formats.pages.url import URL, read
from annotations.formats.reading.records import Options, Refused
from annotations.formats.reading.sources import Source
from tests.formats.fetching.site import PAGE, PUBLIC, SENTENCES, Site, serving
from tests.formats.reading import a_file, codes, documents


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    settings.FETCHING = True
    with serving() as site:
        yield site


def got(site: Site, address: str, **options: Any) -> Fetched:
    """The page at a path of the site, or at an address."""
    url = address if "://" in address else f"http://news.example.org{address}"
    return fetch(url, network=site.network(), **options)


def refused(site: Site, address: str, **options: Any) -> str:
    """The code with which an address is refused."""
    with pytest.raises(Refused) as refusal:
        got(site, address, **options)
    assert refusal.value.refusal.detail
    return refusal.value.refusal.code


def test_a_page_comes_as_it_is_with_when_and_from_where(site: Site) -> None:
    fetched = got(site, "/moved")

    assert fetched.file.read() == PAGE.encode()
    assert (fetched.url, fetched.final_url) == ("http://news.example.org/moved", "http://news.example.org/page")
    assert (fetched.media_type, fetched.charset) == ("text/html", "utf-8")
    assert abs(fetched.at.timestamp() - time.time()) < 5


def test_the_name_is_told_to_the_server_and_nothing_of_the_person(site: Site) -> None:
    got(site, "http://Büro.example.org:8080/page#part")

    [(host, path, headers)] = site.asked
    assert (host, path) == ("xn--bro-hoa.example.org:8080", "/page")
    assert set(headers) == {"Host", "Accept", "Accept-Encoding", "Connection", "User-Agent"}
    assert site.connected == [(PUBLIC, 8080)]


def test_a_packed_page_is_unpacked(site: Site) -> None:
    assert got(site, "/packed").file.read() == PAGE.encode()


def test_it_is_off_by_default(settings: Any) -> None:
    assert settings.FETCHING is False
    with pytest.raises(Refused) as refusal:
        fetch("http://news.example.org/", network=Network(resolve=not_to_be_called))
    assert refusal.value.refusal.code == "fetching_off"


def not_to_be_called(*_: object) -> list[str]:
    raise AssertionError("the network was asked")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "//news.example.org/",
        "ftp://news.example.org/",
        "file:///etc/passwd",
        "gopher://x/",
        "http://",
        "http:///page",
        "http://[::1/",
        "http://a b/",
        "http://news.example.org:25/",
        "http://news.example.org:99999/",
        "http://news.example.org\\@127.0.0.1/",
        "http://news\n.org/",
        "http://user:secret@news.example.org/",
        "javascript:alert(1)",
        "news.example.org",
        f"http://{'a' * 70}.org/",
        "http://news.example.org/" + "x" * 2000,
    ],
)
def test_what_is_no_address_to_fetch_is_refused_before_anything_is_asked(site: Site, address: str) -> None:
    with pytest.raises(Refused) as refusal:
        fetch(address, network=site.network())

    assert refusal.value.refusal.code == "address_invalid"
    assert site.looked_up == []


INSIDE = """
    127.0.0.1 127.9.9.9 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1
    192.0.0.8 192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1
    255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:93.184.216.34 ::127.0.0.1 64:ff9b::7f00:1
    64:ff9b::5db8:d822 64:ff9b:1::1 100::1 2001::1 2001:10::1 2001:db8::1 2002:7f00:1:: 3fff::1 5f00::1
    fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 localhost
"""


@pytest.mark.parametrize("address", ["", *INSIDE.split()])
def test_addresses_that_are_not_of_the_public_internet_are_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", [PUBLIC, "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::200e"]
)
def test_addresses_of_the_public_internet_are_known(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0"])
def test_the_machine_itself_is_refused_however_it_is_written(site: Site, host: str) -> None:
    with pytest.raises(Refused) as refusal:
        fetch(f"http://{host}:{site.port}/page")

    assert refusal.value.refusal.code in ("address_inside", "address_unknown")
    assert site.asked == []


@pytest.mark.parametrize("answer", [["10.0.0.5"], [PUBLIC, "10.0.0.5"], ["fd00::1", PUBLIC]])
def test_a_name_that_leads_inside_is_never_connected_to(site: Site, answer: list[str]) -> None:
    site.names["news.example.org"] = [answer]

    assert refused(site, "/page") == "address_inside"
    assert site.connected == []


@pytest.mark.parametrize("path", ["/inside", "/loopback"])
def test_a_redirect_to_the_inside_is_refused(site: Site, path: str) -> None:
    site.names |= {"inside.example.org": [["192.168.0.1"]], "127.0.0.1": [["127.0.0.1"]]}

    assert refused(site, path) == "address_inside"
    assert [asked for _, asked, _ in site.asked] == [path]
    assert site.connected == [(PUBLIC, 80)]


def test_a_name_that_changes_its_mind_gains_nothing(site: Site) -> None:
    site.names["news.example.org"] = [[PUBLIC], ["127.0.0.1"]]

    got(site, "/page")

    assert site.looked_up == ["news.example.org"]
    assert site.connected == [(PUBLIC, 80)]


def test_a_redirect_looks_the_name_up_and_at_it_again(site: Site) -> None:
    site.names["news.example.org"] = [[PUBLIC], ["127.0.0.1"]]

    assert refused(site, "/moved") == "address_inside"
    assert site.connected == [(PUBLIC, 80)]


def test_five_redirects_are_followed_and_no_more(site: Site) -> None:
    assert got(site, "/5").final_url.endswith("/page")
    assert refused(site, "/round") == "too_many_redirects"
    assert len([path for _, path, _ in site.asked if path == "/round"]) == 6
    assert refused(site, "/file") == "address_invalid"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/missing", "status"), ("/picture", "media_type"), ("/untyped", "media_type"), ("/brotli", "content_encoding"),
        ("/broken-gzip", "broken_answer"), ("/half-gzip", "broken_answer"), ("/short", "broken_answer"),
        ("/large", "too_large"), ("/bomb", "too_large"),
    ],
)  # fmt: skip
def test_what_is_no_page_that_can_be_read_is_refused(site: Site, path: str, code: str) -> None:
    assert refused(site, path) == code


def test_a_bomb_is_refused_before_it_is_held(site: Site) -> None:
    tracemalloc.start()
    try:
        assert refused(site, "/bomb") == "too_large"
        assert tracemalloc.get_traced_memory()[1] < 25 * 1024**2
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("path", ["/drip", "/drip-headers"])
def test_a_slow_drip_is_cut_off(site: Site, path: str) -> None:
    begun = time.monotonic()

    assert refused(site, path, seconds=0.6) == "too_slow"
    assert time.monotonic() - begun < 3


def test_a_name_that_is_looked_up_for_ever_is_given_up(site: Site) -> None:
    ended = threading.Event()
    network = Network(resolve=lambda host, port: [str(ended.wait(20))], connect=site.network().connect)

    with pytest.raises(Refused) as refusal:
        fetch("http://news.example.org/page", seconds=0.3, network=network)
    ended.set()

    assert refusal.value.refusal.code == "too_slow"


def test_a_host_that_is_not_there_is_said_so(site: Site) -> None:
    def nobody(*_: object) -> Any:
        raise OSError

    for network, code in ((Network(resolve=nobody), "address_unknown"),
                          (Network(resolve=lambda *_: [PUBLIC], connect=nobody), "unreachable")):  # fmt: skip
        with pytest.raises(Refused) as refusal:
            fetch("https://news.example.org/", network=network)
        assert refusal.value.refusal.code == code


def test_without_a_certificate_nothing_is_read(site: Site) -> None:
    assert refused(site, "https://news.example.org/page") in ("tls", "broken_answer")
    assert site.asked == []


def test_the_name_is_what_the_certificate_has_to_be_for(site: Site) -> None:
    asked: list[str] = []

    class Context(ssl.SSLContext):
        def wrap_socket(self, sock: socket.socket, *_: Any, server_hostname: Any = None, **__: Any) -> Any:
            asked.append(server_hostname)
            raise ssl.SSLCertVerificationError

    network = Network(
        resolve=lambda *_: [PUBLIC], connect=site.network().connect, tls=lambda: Context(ssl.PROTOCOL_TLS_CLIENT)
    )
    with pytest.raises(Refused) as refusal:
        fetch("https://news.example.org/page", network=network)

    assert (asked, refusal.value.refusal.code) == (["news.example.org"], "tls")


def test_the_real_context_checks_certificates_and_names() -> None:
    context = Network().tls()

    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process, which knows the network of the test."""
    monkeypatch.setattr(Process, "is_within", True)


@pytest.mark.usefixtures("read_here")
def test_addresses_come_in_as_articles_that_say_where_they_are_from(site: Site) -> None:
    addresses = "".join(f"http://news.example.org/{path}\n" for path in ("page", "latin", "text", "missing"))

    items = list(read(Source([a_file("a.url", addresses)]), Options(), site.network()))

    assert codes(items) == [("http://news.example.org/missing", "status")]
    for document, path in zip(documents(items), ("page", "latin", "text"), strict=True):
        assert SENTENCES in document.text
        assert document.location == document.metadata["fetched_from"] == f"http://news.example.org/{path}"
        assert document.metadata["fetched_at"].tzinfo
    assert documents(items)[0].source == PAGE.encode()


@pytest.mark.usefixtures("read_here")
def test_an_import_fetches_so_many_addresses_and_names_the_first_that_is_left_out(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotations.formats.pages.url.MOST_ADDRESSES", 3)
    one, other = (a_file(name, f"http://news.example.org/text?{name}\n" * 2) for name in ("a.url", "b.url"))

    items = list(read(Source([one, other]), Options(), site.network()))

    assert codes(items)[-1] == ("http://news.example.org/text?b.url", "too_many_addresses")
    assert len(site.asked) == 3


def test_addresses_of_an_import_are_fetched_in_a_process_that_can_be_killed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise OutOfTime

    monkeypatch.setattr(Process, "call", killed)

    items = list(read(Source([a_file("a.url", "http://news.example.org/page")]), Options()))

    assert codes(items) == [("http://news.example.org/page", "too_slow")]


@pytest.mark.usefixtures("read_here")
def test_shortcuts_and_lists_of_addresses_are_recognised(site: Site) -> None:
    shortcut = "[InternetShortcut]\r\nIDList=\r\nURL=http://news.example.org/page\r\n"

    assert URL.recognises(Source([a_file("pasted.txt", "https://a.example.org/ \n http://b.example.org/x?y")]))
    assert not URL.recognises(Source([a_file("pasted.txt", "See https://a.example.org/")]))
    assert len(documents(list(read(Source([a_file("a.url", shortcut)]), Options(), site.network())))) == 1
