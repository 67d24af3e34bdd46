"""`claimreview`: schema.org ClaimReview in JSON-LD, by itself, in a feed, or in the pages that publish it.

A review becomes an article whose text is the claim, who made it and who reviewed it; its address is where the claim
appeared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext, gettext_lazy

from annotations.formats.claims.claim_article import CLAIM, ClaimArticle, declared
from annotations.formats.claims.claimreview.rating import Rated
from annotations.formats.reading.decoding import decoded
from annotations.formats.reading.importer import Importer
from annotations.formats.reading.json_ld import (
    FARTHEST,
    MOST_OF_ONE,
    Node,
    Nodes,
    Properties,
    Text,
    id_of,
    is_address,
    is_reference,
    types_of,
    unique,
)
from annotations.formats.reading.json_values import Found, lines, value_in, values
from annotations.formats.reading.records import (
    ArticleRecord,
    Item,
    LinkRecord,
    Options,
    Refusal,
    Refused,
    VerdictRecord,
    name_people,
)
from annotations.formats.reading.sources import File, Source
from annotations.project_settings import starting_scale

FEEDS: Final = ("dataFeedElement", "@graph")
"""The members of a feed that hold its items, which are read one at a time."""

ITEM: Final = "itemReviewed"
SPEAKER: Final = f"{ITEM}.author"

PAGES: Final = (".html", ".htm", ".xhtml", ".txt")
SCRIPT: Final = re.compile("<script", re.IGNORECASE)
SCRIPT_ENDS: Final = re.compile("</script>", re.IGNORECASE)

FIELDS: Final = {
    **declared(
        "claim",
        ("review_url", "Address of the review"),
        ("review_author", "Reviewed by"),
        ("reviewed_by", "Reviewed by (person)"),
        ("review_rating", "Rating of the review"),
        ("appearances", "Further appearances"),
        review_date=("date", "Reviewed on"),
    ),
    **declared("attribution"),
}
SOURCE_TYPES: Final = {"Person": "person", "Organization": "organisation"}


def read(source: Source, options: Options) -> Iterator[Item]:
    """Each review of each file a document."""
    for file in source.files:
        yield from _read(file, options)


def _read(file: File, options: Options) -> Iterator[Item]:
    # What may be referred to from anywhere in the file. Lines are read each by itself: names such as #author recur.
    elsewhere = Nodes(
        lambda: (
            one[1] for one in (_values(file) if file.extension != ".jsonl" else ()) if not isinstance(one, Refusal)
        )
    )
    is_cut = False
    for number, found in enumerate(_values(file)):
        if isinstance(found, Refusal):
            yield found
            continue
        location, value = found
        own = Nodes.of(value)
        scopes = [own, elsewhere]
        reviews = list(_reviews(location, value))
        is_rest_of_feed = number > 0 and location == ""
        if not reviews and not is_rest_of_feed:
            yield Refusal(file.path, location, "no_claimreview", gettext("There is no ClaimReview in this file."))
        for within, review in reviews:
            # One that only refers to a review is read where that is written.
            if not is_reference(review) or not any(
                "ClaimReview" in types_of(one) for scope in scopes for one in scope.named(id_of(review))
            ):
                yield from _Review(file.path, within, review, scopes, options).read()
        is_cut |= own.is_cut
    if is_cut or elsewhere.is_cut:
        words = gettext(
            "The file has too many objects with an @id, or more than %(most)s with the same one, so some references "
            "were not resolved."
        ) % {"most": MOST_OF_ONE}
        yield Refusal(file.path, "", "too_many_nodes", words)


def _values(file: File) -> Iterator[Found]:
    if file.extension in PAGES:
        return _embedded(file)
    return lines(file) if file.extension == ".jsonl" else values(file, FEEDS)


def _embedded(file: File) -> Iterator[Found]:
    """What a page's scripts hold."""
    try:
        text = decoded(file.read(), file=file.path)
    except Refused as error:
        yield error.refusal
        return
    scripts = list(_scripts(text))
    if not scripts:
        yield Refusal(file.path, "", "no_claimreview", gettext("There is no JSON-LD in this page."))
    for number, script in enumerate(scripts, 1):
        try:
            yield f"script {number}", value_in(script.encode(), file.path, f"script {number}")
        except Refused as error:
            yield error.refusal


def _scripts(page: str) -> Iterator[str]:
    """The scripts of a page that are JSON-LD. One expression for them would look to the end from every open tag."""
    at = 0
    while opened := SCRIPT.search(page, at):
        inside = page.find(">", opened.end()) + 1
        if not inside:
            return
        at = inside
        if "application/ld+json" in page[opened.end() : inside].lower():
            closed = SCRIPT_ENDS.search(page, inside)
            if closed is None:
                return
            yield page[inside : closed.start()]
            at = closed.end()


def _reviews(location: str, value: Any) -> Iterator[tuple[str, Node]]:
    """The reviews in a value, wherever in it they are."""
    if isinstance(value, Mapping):
        if "ClaimReview" in types_of(value):
            yield location, value
            return
        inner = [(f"{location}.{name}".lstrip("."), one) for name, one in value.items()]
    else:
        inner = [(f"{location}[{number}]", one) for number, one in enumerate(value)] if isinstance(value, list) else []
    for within, one in inner:
        if isinstance(one, Mapping | list):
            yield from _reviews(within, one)


class _Review:
    """One ClaimReview."""

    def __init__(self, file: str, location: str, value: Node, scopes: Sequence[Nodes], options: Options) -> None:
        # Where feeds are put together their reviews may have one name; what one does not say is not another's.
        self.value = {name: one for name, one in value.items() if name not in ("@id", "id")}
        self.options = options
        self.article = ClaimArticle(file, location)
        self.properties = Properties(scopes, self.article.refuse)
        self.item: Node = self.properties.node(value, ITEM, ITEM) or {}
        self.is_claim = "Claim" in self.properties.types(self.item)
        self.appeared = self._appearances()

    def read(self) -> Iterator[Item]:
        try:
            yield self._document()
        except Refused as error:
            yield error.refusal
        yield from self.article.refused

    def _document(self) -> ArticleRecord:
        article, value = self.article, self.value
        [claim, *others] = self.properties.texts(value, "claimReviewed", "claimReviewed") or [Text("")]
        for number, other in enumerate(others, 1):
            self.properties.refuse_further(f"claimReviewed[{number}]", other.value)
        rated = Rated(value, self.properties, self.options.scale or starting_scale(), self.options.types)
        # The organisations and the persons who reviewed it: by name, else by address.
        found: tuple[list[str], list[str]] = [], []
        for node in self.properties.nodes(self.value, "author", "author"):
            name = self.properties.text(node, "name", "author.name").strip() or self._address(node, "author")
            if not name:
                self.article.refuse("author", "name_missing", gettext("The reviewer of the claim has no name."))
            else:
                found["Person" in self.properties.types(node)].append(name)
        organisations, persons = found
        fields = {
            "date": self._date(self.item, f"{ITEM}.datePublished") if self.is_claim else "",
            "review_url": self.properties.address(value, "url", "url", is_relative=True),
            "review_author": ", ".join(organisations),
            "reviewed_by": ", ".join(persons),
            "review_date": self._date(value, "datePublished"),
            "review_rating": rated.words,
            "appearances": "\n".join(self._further()),
        }
        article.claim(claim.value, fields, "claimReviewed")
        links = self._speakers()
        # A person may become one of ours, and is then under a pseudonym: the text never says who it is.
        by = fields["review_author"] or "somebody"
        article.write(" ".join(filter(None, ["Reviewed by", by, fields["review_url"]])), "\n\n")
        document = article.document(self._said(claim.language), self.options.metadata, FIELDS)
        document.links = links
        body = self.properties.text(value, "reviewBody", "reviewBody")
        document.verdicts = [
            VerdictRecord(
                claim=CLAIM,
                rating=rated.key,
                rationale=body,
                author=", ".join(organisations + persons) or None,
                location=article.location,
            )
        ]
        if self.options.person_field:
            name_people(document, self.options.person_in(value))
        return document

    def _date(self, of: Node, location: str) -> str:
        return self.article.day(self.properties.text(of, "datePublished", location), location)

    def _speakers(self) -> list[LinkRecord]:
        """Who made the claim, each an attribution."""
        links = []
        for speaker in self.properties.nodes(self.item, "author", SPEAKER):
            name = self.properties.text(speaker, "name", f"{SPEAKER}.name").strip()
            if name:
                kinds = [SOURCE_TYPES[kind] for kind in self.properties.types(speaker) if kind in SOURCE_TYPES]
                links.append(self.article.speaker(name, {"source_type": kinds[0] if kinds else ""}, SPEAKER))
            else:
                self.article.refuse(
                    SPEAKER, "name_missing", gettext("The person or organisation that made the claim has no name.")
                )
        return links

    def _appearances(self) -> list[tuple[str, Node]]:
        """Where the claim appeared, each with its place, the first first: what is reviewed, unless it is the claim."""
        appearances = [
            (f"{ITEM}.{name}" + (f"[{number}]" if number else ""), one)
            for name in ("firstAppearance", "appearance")
            for number, one in enumerate(self.properties.nodes(self.item, name, f"{ITEM}.{name}"))
        ]
        return appearances if self.is_claim or not self.item else [(ITEM, self.item), *appearances]

    def _said(self, language: str) -> dict[str, Any]:
        """What is known of the first appearance, as the columns of an article."""
        location, first = self.appeared[0] if self.appeared else ("", {})
        read = self.properties
        publisher = read.node(first, "publisher", f"{location}.publisher") or {}
        return {
            "title": read.text(first, "name", f"{location}.name")
            or read.text(first, "headline", f"{location}.headline"),
            "url": self._address(first, location),
            "outlet": read.text(publisher, "name", f"{location}.publisher.name"),
            "published_on": read.text(first, "datePublished", f"{location}.datePublished"),
            "language": self._language(first, f"{location}.inLanguage")
            or self._language(self.value, "inLanguage")
            or language,
        }

    def _language(self, of: Node, location: str) -> str:
        """The tag of a language: by itself, or what a Language is called."""
        found = []
        for one in self.properties.nodes(of, "inLanguage", location):
            tag = self.properties.text(one, "alternateName", location) or self.properties.text(one, "name", location)
            found.append(tag)
            if not tag:
                self.article.refuse(location, "language", gettext("A language must be a tag such as en or pt-BR."))
        return self.properties.only(unique(filter(None, found)), location)

    def _further(self) -> Iterator[str]:
        for location, one in self.appeared[1:]:
            if address := self._address(one, location):
                yield address
            else:
                self.article.refuse(location, "url", gettext("This appearance has no URL."))

    def _address(self, node: Node, location: str) -> str:
        """The address of a thing, under one of the names that are in use for it, else of what it is a part of."""
        for _ in range(FARTHEST):
            for name in ("url", "mainEntityOfPage"):
                if found := self.properties.address(node, name, f"{location}.{name}"):
                    return found
            if is_address(id_of(node)):
                return id_of(node)
            location = f"{location}.isPartOf"
            if (within := self.properties.node(node, "isPartOf", location)) is None:
                break
            node = within
        return ""


def recognises(source: Source) -> bool:
    """Whether all files are JSON that speaks of reviews of claims."""
    return bool(source.files) and all(
        file.extension in (".json", ".jsonl", ".jsonld") and b"ClaimReview" in file.head() for file in source.files
    )


CLAIMREVIEW: Final = Importer(
    name="claimreview",
    title=gettext_lazy("ClaimReview: reviews of claims in JSON-LD"),
    extensions=(".json", ".jsonl", ".jsonld", *PAGES),
    takes=(
        "Each ClaimReview becomes an article: the claim, who made it (an attribution) and who reviewed it; "
        "alone, in a list, in a feed or in the JSON-LD of a page. A reviewer who is a Person is in the "
        "field `reviewed_by` and not in the text. URL, title, outlet and day of the article are those of "
        "the claim's first appearance; further URLs are a field of the claim, as are the review's URL, "
        "author, date and rating in its own words. The verdict is a draft with `reviewBody` as its "
        "rationale. Its rating is the one of the project's scale with the name `alternateName` (else "
        "`name`), or the best or worst for *true* and *false*; only without words, the one at the position "
        "of `ratingValue`. Values are read alone, in lists, in `@list`, `@set` and `@value`, and by the "
        "`@id` of an object elsewhere in the file; HTML entities in texts are decoded once. The language "
        "is that of the appearance, else of the review, else of the claim's words. Pictures, logos, job "
        "titles, keywords and the like are not imported. Refused: `claim_missing`, `no_claimreview`; and "
        "alone, while the review is imported: `rating_unknown`, `rating_value` (not on a scale, such as -1 "
        "of -1 to -1), `rating_missing`, `rating_contradicts_itself`, `type_left_out`, `several_values` "
        "(all but the first, and all of several ratings), `reference_missing`, `too_many_nodes`, "
        "`name_missing`, `date`, `published_on`, `url`, `language`, `too_long`, `not_text`, `not_a_node`."
    ),
    recognises=recognises,
    read=read,
    rates=True,
)
