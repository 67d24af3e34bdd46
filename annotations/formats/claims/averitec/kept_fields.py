"""What a record of AVeriTeC has otherwise than it would be written from here, for the field that keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from annotations.formats.claims.averitec.vocabulary import LEFT_OUT, kept_line
from annotations.formats.claims.claim_article import ClaimArticle
from annotations.formats.reading.records import SpanRecord
from annotations.formats.writing.provenance import AVERITEC_LINES


class Kept:
    """The lines that one span keeps."""

    def __init__(self, article: ClaimArticle) -> None:
        self.article = article
        self.lines: list[str] = []

    def keep(self, name: str, own: object, *was: object) -> bool:
        """Keeps what the file `was` where this is written now; whether a line can hold it."""
        line = kept_line(name, own, *was)
        if line is not None:
            self.lines.append(line)
        return line is not None

    def differences(self, raw: Mapping[str, Any], own: Mapping[str, Any], location: str = "", path: str = "") -> None:
        """Keeps what is written as `own` and was otherwise in the file. What did not come in at all is not kept."""
        for name, value in own.items():
            was = [raw[name]] if name in raw else []
            if is_same(was, [] if value is None and name in LEFT_OUT else [value]):
                continue
            if is_empty(value) == is_empty(raw.get(name)) and not self.keep(path + name, value, *was):
                self.article.refuse(
                    f"{location}.{name}".strip("."),
                    "not_kept",
                    _("%(name)s was imported, but not in its original form.") % {"name": name},
                )

    def unknown(self, raw: Mapping[str, Any], known: Mapping[str, Any], location: str = "") -> None:
        """Keeps what has no place, and says so; what no line can hold is refused."""
        for name, value in raw.items():
            if name in known:
                continue
            where = f"{location}.{name}".strip(".")
            if "/" in name or not self.keep(name, None, value):
                self.article.refuse(where, "unknown_field", _("%(name)s can't be imported.") % {"name": name})
            elif not is_empty(value):
                field = AVERITEC_LINES["key"]
                words = _(
                    "%(name)s has no field of its own. It is kept in the field %(field)s and written back by "
                    "the export."
                ) % {"name": name, "field": field}
                self.article.refuse(where, "kept_in_field", words)

    def put_in(self, span: SpanRecord, part: str) -> None:
        """Puts the lines into the span's field."""
        if self.lines:
            span.fields |= self.article.fitting({AVERITEC_LINES["key"]: "\n".join(self.lines)}, part)


def is_empty(value: Any) -> bool:
    """Whether a value says nothing: none, false, white space, or a list of nothing."""
    if isinstance(value, str):
        return not value.strip()
    return all(is_empty(one) for one in value) if isinstance(value, list) else value is None or value is False


def is_same(one: Any, other: Any) -> bool:
    """Whether two values are the same in JSON, in which true is not 1."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return type(one) is type(other) and bool(one == other)
