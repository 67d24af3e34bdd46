"""`txt`: a text as it is, one article a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.formats.reading.boilerplate import boilerplate_lines, proposed_language, without_lines
from annotations.formats.reading.decoding import decoded, with_line_feeds
from annotations.formats.reading.importer import Importer
from annotations.formats.reading.metadata import title_of
from annotations.formats.reading.records import ArticleRecord, Item, Options, Refused
from annotations.formats.reading.sources import File, Source

EXTENSIONS: Final = (".txt", ".text", ".md")


def read(source: Source, options: Options) -> Iterator[Item]:
    """Each file a document."""
    for file in source.files:
        try:
            yield document(file, options)
        except Refused as error:
            yield error.refusal


def document(file: File, options: Options) -> ArticleRecord:
    """The article that the file is. Raises Refused where it is no text."""
    content = file.read()
    text = with_line_feeds(decoded(content, file=file.path, encoding=options.encoding)).value
    if options.without_boilerplate:
        text = without_lines(text, boilerplate_lines(text))
    if not text.strip():
        raise Refused(file.path, "", "no_text", _("This file has no text."))
    found = {"title": title_of(text, file.stem), "language": proposed_language(text)}
    return ArticleRecord(file=file.path, location="", text=text, metadata={**found, **options.metadata}, source=content)


def recognises(source: Source) -> bool:
    """Whether all files are called texts."""
    return bool(source.files) and all(file.extension in EXTENSIONS for file in source.files)


TXT: Final = Importer(
    name="txt",
    title=gettext_lazy("Plain text"),
    extensions=EXTENSIONS,
    takes=(
        "Each file is an article. Its title is its first sentence; its language is detected from its "
        "commonest words or its script. The encoding is that of the byte order mark, else UTF-8, else the "
        "most likely one. Refused: `encoding`, `unstorable` (NUL, half of a surrogate pair), `no_text`, "
        "`too_large`."
    ),
    recognises=recognises,
    read=read,
    annotated=False,
)
