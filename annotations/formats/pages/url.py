"""`url`: addresses, each fetched with its guards and read as the page or the text that lies there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext, gettext_lazy, gettext_noop

from annotations.bounded import Process
from annotations.formats.fetching.network import Network
from annotations.formats.fetching.page import LIMITS, Fetched, fetch_bounded
from annotations.formats.pages import html, txt
from annotations.formats.reading.decoding import decoded, with_line_feeds
from annotations.formats.reading.importer import Importer
from annotations.formats.reading.records import ArticleRecord, Item, Options, Refusal, Refused
from annotations.formats.reading.sources import HEAD, File, Source, shown

EXTENSIONS: Final = (".url", ".urls")
MOST_ADDRESSES: Final = 1_000
"""Of one import: each may take its ten seconds."""
TOO_MANY: Final = gettext_noop(
    "An import can fetch at most %(most)s URLs. This one and those after it were skipped. Import them separately."
)
SHORTCUT: Final = "[InternetShortcut]"


def read(source: Source, options: Options, network: Network | None = None) -> Iterator[Item]:
    """Each address an article, up to `MOST_ADDRESSES`: one a line; of a shortcut the one that it leads to."""
    left = MOST_ADDRESSES
    with Process(LIMITS) as process:
        for file in source.files:
            try:
                content = decoded(file.read(), file=file.path, encoding=options.encoding)
            except Refused as error:
                yield error.refusal
                continue
            lines = with_line_feeds(content).value.split("\n")
            if lines[0].strip() == SHORTCUT:
                lines = [line[4:] for line in lines if line.upper().startswith("URL=")]
            addresses = [line.strip() for line in lines if line.strip()]
            for address in addresses[:left]:
                location = shown(address)
                try:
                    found = document(fetch_bounded(address, process, network), options)
                    yield replace(found, file=file.path, location=location)
                except Refused as error:
                    yield Refusal(file.path, location, error.refusal.code, error.refusal.detail)
            if len(addresses) > left:
                yield Refusal(
                    file.path,
                    shown(addresses[left]),
                    "too_many_addresses",
                    gettext(TOO_MANY) % {"most": f"{MOST_ADDRESSES:,}"},
                )
            left -= min(left, len(addresses))


def document(fetched: Fetched, options: Options) -> ArticleRecord:
    """The article that was fetched, which says from where and when. Raises Refused where there is none."""
    if fetched.media_type == "text/plain":
        encoding = options.encoding or (html.declared(fetched.file.read(), fetched.charset) if fetched.charset else "")
        found = txt.document(fetched.file, replace(options, encoding=encoding))
    else:
        found = html.document(fetched.file, options, fetched.charset)
    came = {"url": fetched.final_url, "fetched_from": fetched.final_url, "fetched_at": fetched.at}
    return replace(found, metadata={**found.metadata, **came})


def recognises(source: Source) -> bool:
    """Whether all files are called addresses, or hold nothing else."""
    return bool(source.files) and all(file.extension in EXTENSIONS or _holds_addresses(file) for file in source.files)


def _holds_addresses(file: File) -> bool:
    head = file.head()
    words = head.split()
    return bool(words) and len(head) < HEAD and all(word.startswith((b"http://", b"https://")) for word in words)


URL: Final = Importer(
    name="url",
    title=gettext_lazy("URLs of web pages"),
    extensions=EXTENSIONS,
    takes=(
        "One URL per line, or a shortcut to one; each page or text there becomes an article, as in `html` "
        "and `txt`, with the URL and the time of the fetch. Only if the administrator allows it "
        "(`fetching_off`). Only http and https (`address_invalid`), only hosts of the public Internet "
        "(`address_unknown`, `address_inside`, `unreachable`, `tls`), only status 200 after at most five "
        "redirects (`status`, `too_many_redirects`), only HTML and plain text (`media_type`, "
        "`content_encoding`, `broken_answer`) of at most 10 MB (`too_large`) within 10 seconds "
        f"(`too_slow`), and at most {MOST_ADDRESSES:,} URLs (`too_many_addresses`)."
    ),
    recognises=recognises,
    read=read,
    annotated=False,
    asks_others=True,
)
