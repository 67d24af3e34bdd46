"""One row of a table, by our columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from django.utils.translation import gettext as _

from annotations.formats.reading.decoding import UNSTORABLE, with_line_feeds
from annotations.formats.reading.records import Options, Refusal, Refused
from annotations.formats.tables.reading.mapping import MAPPED, TableMapping
from annotations.models.base.identifiers import LONGEST_EXTERNAL_ID
from annotations.project_settings import starting_scale

UNKNOWN: Final = {"label": "label_unknown", "relation": "relation_unknown", "rating": "rating_unknown"}
"""The code with which a value that is neither mapped nor known is refused."""

REFERENCE: Final = "id "
"""How the key of something that a row only names by its id begins."""

Found = TypeVar("Found")


@dataclass(slots=True)
class Row:
    """The cells of a row as text, by our columns; fields of spans as ``fields.KEY``.

    `refused` is what was found wrong or left out while the row was read: the rest of it comes in.
    """

    file: str
    location: str
    values: Mapping[str, str]
    names: Mapping[str, str]
    mapping: TableMapping
    options: Options
    refused: list[Refusal] = field(default_factory=list)

    def where(self, name: str) -> str:
        """The place of a cell, with its column's name in the file."""
        return f"{self.location}, {self.names.get(name, name)}"

    def text(self, name: str) -> str:
        r"""A cell with ``\n`` as its line ends; nothing where the table has no such column. Raises Refused."""
        value = self.values.get(name, "")
        if UNSTORABLE.search(value):
            raise self.no(name, "unstorable", _("This contains the character NUL or half of a surrogate pair."))
        return with_line_feeds(value).value

    def word(self, name: str) -> str:
        """A cell without white space around it: an id, a name, a value of a mapping. Raises Refused."""
        return self.text(name).strip()

    def needed(self, name: str) -> str:
        """The same of a cell that may not be empty. Raises Refused."""
        found = self.word(name)
        if not found:
            raise self.no(name, "value_missing", _("This cell is empty, but the row needs it."))
        return found

    def id(self, name: str = "id") -> str:
        """An id; nothing where there is none. Raises Refused."""
        found = self.word(name)
        if len(found) > LONGEST_EXTERNAL_ID:
            raise self.no(
                name, "too_long", _("An id can have at most %(longest)s characters.") % {"longest": LONGEST_EXTERNAL_ID}
            )
        return found

    def reference(self, name: str) -> str:
        """The key of what a cell names by its id. Raises Refused where it is empty."""
        self.needed(name)
        return REFERENCE + self.id(name)

    def mapped(self, name: str) -> str | None:
        """What a label, relation or rating becomes; None where it is left out, which is noted. Raises Refused."""
        value = self.word(name)
        becomes = self.mapping.values.get(name, {})
        if value in becomes:
            found = becomes[value]
            if found is None:
                words = _("“%(value)s” was skipped, as the mapping says.") % {"value": value[:80]}
                self.refused.append(Refusal(self.file, self.where(name), "value_left_out", words))
                return None
        elif value:
            found = value
        else:
            raise self.no(name, "value_missing", _("This cell is empty, but the row needs it."))
        known = self.known(name)
        if found not in known:
            words = _("“%(found)s” is neither mapped nor one of: %(known)s.") % {
                "found": found[:80],
                "known": ", ".join(sorted(known)),
            }
            raise self.no(name, UNKNOWN[name], words)
        return found

    def known(self, name: str) -> frozenset[str]:
        """What a label, relation or rating may be."""
        if name != "rating":
            return MAPPED[name]
        return frozenset(str(rating["key"]) for rating in self.options.scale or starting_scale())

    def no(self, name: str, code: str, words: str) -> Refused:
        """Why a cell, and what depends on it, does not come in."""
        return Refused(self.file, self.where(name), code, words)

    def trying(self, read: Callable[[], Found]) -> Found | None:
        """What `read` gives; None where it raises Refused, which is kept while the rest of the row comes in."""
        try:
            return read()
        except Refused as error:
            self.refused.append(error.refusal)
            return None
