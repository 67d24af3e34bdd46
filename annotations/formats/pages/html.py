"""`html`: a page of the web as it was saved. trafilatura finds the article in it; nothing is ever fetched."""

from __future__ import annotations

import re
from codecs import lookup
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any, Final

from django.utils.translation import gettext, gettext_lazy, gettext_noop

from annotations.bounded import Limits, OutOfBounds, Process
from annotations.formats.reading.boilerplate import boilerplate_lines, proposed_language, without_lines
from annotations.formats.reading.decoding import BOMS, UNSTORABLE, decoded, with_line_feeds
from annotations.formats.reading.importer import Importer
from annotations.formats.reading.metadata import storable, title_of
from annotations.formats.reading.records import ArticleRecord, Item, Options, Refused
from annotations.formats.reading.sources import File, Source

EXTENSIONS: Final = (".html", ".htm", ".xhtml")
PROLOGUE: Final = 8192
"""Bytes in which a page says its encoding."""

DECLARED: Final = re.compile(
    rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+) | <\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE | re.VERBOSE,
)
BEGINNING: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
TAG: Final = re.compile(r"<[a-zA-Z!]")
COMMENT: Final = re.compile(rb"<!--.*?-->", re.DOTALL)
MEANT: Final = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
    "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8",
}  # fmt: skip
"""What browsers read where a page names these encodings (https://encoding.spec.whatwg.org/#names-and-labels)."""

MOST_TAGS: Final = 400_000
"""Of a page, closing ones included; an article with very many comments has a tenth of that."""
LIMITS: Final = Limits(processor_seconds=20, seconds=120, memory=1024**3)
"""For one page. Its size is not all: a table may take trafilatura time by the square of its cells."""
TOO_COMPLEX: Final = gettext_noop(
    "This page has more than %(tags)s tags, or its article can’t be found within %(seconds)s seconds and %(memory)s GB "
    "of memory. Save the article as plain text and import that."
)
BOUNDS: Final = {"tags": f"{MOST_TAGS:,}", "seconds": LIMITS.processor_seconds, "memory": LIMITS.memory // 1024**3}
"""What `TOO_COMPLEX` says."""

PARSER: Final[dict[str, Any]] = {"remove_comments": True, "remove_pis": True, "collect_ids": False}
DATES: Final = {"original_date": True, "extensive_search": False}
"""The date that the page names for its publication; none that merely stands somewhere in it."""


def read(source: Source, options: Options) -> Iterator[Item]:
    """Each page a document."""
    with Process(LIMITS) as pages:
        for file in source.files:
            try:
                yield document(file, options, pages=pages)
            except Refused as error:
                yield error.refusal


def document(file: File, options: Options, charset: str = "", *, pages: Process | None = None) -> ArticleRecord:
    """The article of the page; `charset` is what its HTTP header said. `pages` reads it, else a process of its own.

    Raises Refused where its encoding is not what it says, there is no article in it, or reading it takes too much.
    """
    content = file.read()
    try:
        with nullcontext(pages) if pages is not None else Process(LIMITS) as reading:
            text, metadata = reading.call(_read, file.path, file.stem, content, options, charset)
    except OutOfBounds as error:
        raise Refused(file.path, "", "too_complex", gettext(TOO_COMPLEX) % BOUNDS) from error
    return ArticleRecord(file=file.path, location="", text=text, metadata=metadata, source=content)


def _read(path: str, stem: str, content: bytes, options: Options, charset: str) -> tuple[str, dict[str, Any]]:
    """The text and the metadata of a page. Raises Refused."""
    page = decoded(content, file=path, encoding=options.encoding or declared(content, charset))
    text, found = article(page, path)
    if options.without_boilerplate:
        text = without_lines(text, boilerplate_lines(text))
    if not text.strip():
        raise Refused(path, "", "no_text", gettext("No article was found in this page. Paste its text instead."))
    guessed = {"title": title_of(text, stem), "language": proposed_language(text)}
    return text, {**guessed, **options.metadata, **found}


def declared(content: bytes, charset: str = "") -> str:
    """The encoding that a page's header or the page names, or nothing where it is marked or plainly UTF-8.

    A page that names another but is valid UTF-8 was saved anew, or its server says the same of all that it has.
    """
    if any(content.startswith(mark) for mark, _ in BOMS) or _is_utf8(content):
        return ""
    name = charset
    if not name and (named := DECLARED.search(COMMENT.sub(b"", content[:PROLOGUE]))):
        name = (named[1] or named[2]).decode("ascii", "replace")
    try:
        return MEANT.get(lookup(name).name, name)
    except LookupError:
        return name


def article(page: str, file: str) -> tuple[str, dict[str, Any]]:
    """The text of the article in a page, and what the page says about it by Article's columns."""
    # Not before a page is read: these take a while to load, which the site's start need not wait for.
    import lxml.html
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction

    if not TAG.search(page):
        raise Refused(file, "", "no_html", gettext("This file has no HTML."))
    if page.count("<") > MOST_TAGS:
        raise Refused(file, "", "too_complex", gettext(TOO_COMPLEX) % BOUNDS)
    try:
        # A tree rather than text: text that looks like an address would be taken for one and fetched.
        tree = lxml.html.document_fromstring(page.encode(), parser=lxml.html.HTMLParser(encoding="utf-8", **PARSER))
        languages = tree.xpath("/html/@lang | /html/@xml:lang")
        found: Any = bare_extraction(tree, with_metadata=True, include_comments=False, date_extraction_params=DATES)
    except (LxmlError, RecursionError, ValueError) as error:
        raise Refused(file, "", "no_html", gettext("This page can't be read.")) from error
    if found is None or not found.text:
        return "", {}
    text = with_line_feeds(found.text).value
    if UNSTORABLE.search(text):
        raise Refused(file, "", "unstorable", gettext("The text contains NUL or half of a surrogate pair."))
    said = {
        "title": found.title, "author": found.author, "outlet": found.sitename, "url": found.url,
        "published_on": found.date, "language": (found.language or next(iter(languages), "")).strip(),
    }  # fmt: skip
    return text, storable(said)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return not content.isascii()


def recognises(source: Source) -> bool:
    """Whether all files are called pages, or begin as one."""
    return bool(source.files) and all(
        file.extension in EXTENSIONS or BEGINNING.match(file.head()) for file in source.files
    )


HTML: Final = Importer(
    name="html",
    title=gettext_lazy("Web pages (HTML)"),
    extensions=EXTENSIONS,
    takes=(
        "Each file is a page with one article. Text, title, author, outlet, URL, date and language are "
        "what trafilatura finds; nothing that the page refers to is fetched, and the original page is "
        "kept. The encoding is that of the byte order mark, else the one that the page names, else UTF-8, "
        "else the most likely one. Skipped: pictures, links, readers' comments. Refused: `no_text` if no "
        "article is found, `no_html`, `encoding`, `unstorable`, `too_large`, and `too_complex` if a page "
        f"has more than {MOST_TAGS:,} tags or takes more than {LIMITS.processor_seconds} seconds to read."
    ),
    recognises=recognises,
    read=read,
    annotated=False,
)
