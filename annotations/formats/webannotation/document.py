"""One text of a file of Web Annotations, and what is marked in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.formats.jsonl.embedded import is_uuid, verdict_of
from annotations.formats.jsonl.reader import fields_of
from annotations.formats.reading.decoding import with_line_feeds
from annotations.formats.reading.json_ld import scalar
from annotations.formats.reading.metadata import particulars, title_of
from annotations.formats.reading.records import ArticleRecord, Item, LinkRecord, Options, SpanRecord
from annotations.formats.reading.regions import LONGEST_TYPE, declare
from annotations.formats.webannotation.annotation import Annotation, end_of, iri_of, key_of, listed, name_in
from annotations.strict_json import value_of
from annotations.vocabulary import LABELS, RELATIONS

SAID_AS: Final = {
    "title": ("schema:headline", "http://schema.org/headline", "https://schema.org/headline"),
    "url": ("schema:url", "http://schema.org/url", "https://schema.org/url"),
    "outlet": ("schema:publisher", "http://schema.org/publisher", "https://schema.org/publisher"),
    "author": ("schema:author", "http://schema.org/author", "https://schema.org/author"),
    "published_on": ("schema:datePublished", "http://schema.org/datePublished", "https://schema.org/datePublished"),
    "language": ("language",),
}
NOTES: Final = ("commenting", "describing", "replying", "questioning", "editing", "moderating", "assessing")


class Placing:
    """A document as it grows; `source` is the IRI of its text."""

    def __init__(self, annotation: Annotation, options: Options) -> None:
        """Raises Refused where there is no text in it."""
        brought = annotation.text
        if brought is None or not brought[1]["value"].strip():
            raise annotation.refused("body", "no_text", _("The text is empty."))
        self.source, body = brought
        self.options, self.types, self.keys = options, options.types, set[str]()
        self.text = with_line_feeds(body["value"])
        target = annotation.targets[0] if isinstance(annotation.targets[0], dict) else {}
        said = {name: _said(annotation, (target, body), name, terms) for name, terms in SAID_AS.items()}
        known, refused = particulars(said, annotation.file, annotation.location)
        self.refused = annotation.told + refused
        known.setdefault("title", title_of(self.text.value, annotation.file))
        self.document = ArticleRecord(
            file=annotation.file,
            location=annotation.location,
            text=self.text.value,
            metadata={**options.metadata, **known},
            id=_uuid(key_of(self.source)),
        )

    def done(self) -> Iterator[Item]:
        """What was refused of it, and the document."""
        yield from self.refused
        self.document.fields = fields_of(self.document.spans)
        for span in self.document.spans:
            if "imported_type" in span.fields:
                declare(self.document, span.label)
        yield self.document

    def holds(self, annotation: Annotation) -> bool:
        """Whether the annotation is about this text, or about what is marked in it."""
        return self.source in annotation.sources or end_of(annotation.targets[0]) in self.keys

    def add(self, annotation: Annotation) -> None:
        """Puts in what the annotation marks, joins or judges. Raises Refused where it does not come in."""
        if "linking" in annotation.motivations:
            self._link(annotation)
        elif "assessing" in annotation.motivations and end_of(annotation.targets[0]) in self.keys:
            self._judge(annotation)
        else:
            self._take_span(annotation)
        self.refused += annotation.told

    def _take_span(self, annotation: Annotation) -> None:
        ranges, quote = annotation.ranges()
        named = annotation.only(list(annotation.texts("classifying", "tagging", "identifying")), "body")
        kind = named or next(iter(annotation.motivations), "annotation")
        chosen = self.types.get(kind, kind)
        if chosen == "":
            raise annotation.refused(
                "body", "type_left_out", _("The type %(kind)s was skipped, as chosen.") % {"kind": kind}
            )
        label = chosen if chosen in LABELS else "fact"
        fields: dict[str, Any] = {}
        for one in annotation.texts("describing", form="application/json"):
            fields.update(_object(one, annotation))
        if kind.lower() != label and kind not in self.types:
            fields["imported_type"] = kind[:LONGEST_TYPE]
        self._others(annotation)
        self.keys.add(annotation.key)
        self.document.spans.append(
            SpanRecord(
                key=annotation.key,
                label=label,
                fragments=[(self.text.offset_of(start), self.text.offset_of(end)) for start, end in ranges],
                quote=with_line_feeds(quote).value if quote is not None else None,
                fields=fields,
                note="\n".join(annotation.texts(*NOTES)),
                annotator=self._annotator(annotation),
                location=annotation.location,
                id=_uuid(annotation.key),
                created_at=annotation.time("created"),
                updated_at=annotation.time("modified"),
            )
        )

    def _annotator(self, annotation: Annotation) -> str | None:
        return self.options.person_in(annotation.value) if self.options.person_field else annotation.creator

    def _link(self, annotation: Annotation) -> None:
        sources, targets = {end_of(one) for one in annotation.others()}, annotation.ends()
        source, target = next(iter(sources), None), next(iter(targets))
        if len(sources) != 1 or len(targets) != 1 or not source or not target:
            words = _("A link must have one body and one target, which name the annotations that it joins.")
            raise annotation.refused("", "malformed", words)
        name = annotation.only(list(annotation.texts("tagging", "classifying", "identifying")), "body") or ""
        relation = self.types.get(name, name)
        if name and relation == "":
            raise annotation.refused(
                "body", "type_left_out", _("The relation %(name)s was skipped, as chosen.") % {"name": name}
            )
        if relation not in RELATIONS:
            words = (
                _("Choose which relation %(name)s is: %(relations)s.")
                if name
                else _("Choose which relation a link without a tag is: %(relations)s.")
            ) % {"name": name[:60], "relations": ", ".join(RELATIONS)}
            raise annotation.refused("body", "relation_unknown", words)
        self.document.links.append(
            LinkRecord(
                key=annotation.key,
                relation=relation,
                source=source,
                target=target,
                note="\n".join(annotation.texts(*NOTES)),
                annotator=self._annotator(annotation),
                location=annotation.location,
                id=_uuid(annotation.key),
                created_at=annotation.time("created"),
                updated_at=annotation.time("modified"),
            )
        )

    def _judge(self, annotation: Annotation) -> None:
        more: dict[str, Any] = {}
        for one in annotation.texts("describing", form="application/json"):
            more.update(_object(one, annotation))
        self._others(annotation)
        said = {
            **more,
            "rating": annotation.only(list(annotation.texts("assessing")), "body"),
            "rationale": "\n".join(annotation.texts("commenting", "describing", "replying")),
            "author": self._annotator(annotation),
        }
        claim = str(end_of(annotation.targets[0]))
        verdict = verdict_of(said, claim, self.document.links, annotation.file, annotation.location)
        verdict.id = _uuid(annotation.key)
        verdict.created_at, verdict.updated_at = annotation.time("created"), annotation.time("modified")
        self.document.verdicts.append(verdict)

    def _others(self, annotation: Annotation) -> None:
        for body in annotation.others():
            name = (iri_of(body) or "one")[:200]
            words = _("A body that is not text was skipped: %(name)s.") % {"name": name}
            self.refused.append(annotation.refused("body", "body_left_out", words).refusal)


def _object(text: str, annotation: Annotation) -> dict[str, Any]:
    try:
        value = value_of(text)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise annotation.refused("body", "malformed", _("The JSON in the body is not an object."))
    return value


def _uuid(key: str) -> UUID | None:
    return UUID(key) if is_uuid(key) else None


def _said(annotation: Annotation, nodes: Sequence[dict[str, Any]], name: str, terms: Sequence[str]) -> Any:
    """What the first of these nodes says of its text: a value, or the name or else the IRI of an object."""
    for node in nodes:
        values = [one for term in terms for one in listed(node.get(term))]
        found = [str(words) for one in values if (words := _words_of(annotation, one)) is not None]
        if len(found) < len(values):
            words = _("The %(name)s must be a text, or an object with a name.") % {"name": name}
            annotation.told.append(annotation.refused(name, "not_text", words).refusal)
        if found:
            return annotation.only(found, name)
    return None


def _words_of(annotation: Annotation, value: Any) -> Any:
    if not isinstance(value, dict) or "@value" in value:
        return scalar(value)
    iri = iri_of(value)
    return name_in(value) or next(filter(None, map(name_in, annotation.elsewhere.named(iri) if iri else ())), iri)
