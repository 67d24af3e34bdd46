"""`claimreview`: schema.org ClaimReview in JSON-LD, by itself, in a feed, or in the pages that publish it.

A review becomes an article whose text is the claim, who made it and who reviewed it; its address is where the claim
appeared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from annotations.importers.checked.rated import Rated
from annotations.importers.checked.sheet import CLAIM, Sheet, declared
from annotations.importers.importer import Importer
from annotations.importers.items import Document, Item, Judgement, Options, Refusal, Refused, Tie
from annotations.importers.json_values import Found, lines, value_in, values
from annotations.importers.sources import File, Source
from annotations.importers.texts import decoded, with_line_feeds
from annotations.models.columns.schemes import starting_scale

FEEDS: Final = ("dataFeedElement", "@graph")
"""The members of a feed that hold its items, which are read one at a time."""

PAGES: Final = (".html", ".htm", ".xhtml", ".txt")
SCRIPT: Final = re.compile(r"<script[^>]*application/ld\+json[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)

FIELDS: Final = {
    **declared(
        "claim",
        ("review_url", "Address of the review"),
        ("review_author", "Reviewed by"),
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
        for number, found in enumerate(_values(file)):
            if isinstance(found, Refusal):
                yield found
                continue
            reviews = list(_reviews(*found))
            is_rest_of_feed = number > 0 and found[0] == ""
            if not reviews and not is_rest_of_feed:
                yield Refusal(file.path, found[0], "no_claimreview", "There is no ClaimReview in this.")
            for place, review in reviews:
                yield from _Review(file.path, place, review, options).read()


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
    scripts = SCRIPT.findall(text)
    if not scripts:
        yield Refusal(file.path, "", "no_claimreview", "There is no JSON-LD in this page.")
    for number, script in enumerate(scripts, 1):
        try:
            yield f"script {number}", value_in(script.encode(), file.path, f"script {number}")
        except Refused as error:
            yield error.refusal


def _reviews(place: str, value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The reviews in a value, wherever in it they are."""
    if isinstance(value, Mapping):
        if "ClaimReview" in types_of(value):
            yield place, value
            return
        inner = [(f"{place}.{name}".lstrip("."), one) for name, one in value.items()]
    else:
        inner = [(f"{place}[{number}]", one) for number, one in enumerate(value)] if isinstance(value, list) else []
    for within, one in inner:
        if isinstance(one, Mapping | list):
            yield from _reviews(within, one)


def types_of(node: Mapping[str, Any]) -> list[str]:
    """The types that a node has, without the vocabulary's address."""
    found = node.get("@type", node.get("type"))
    named = found if isinstance(found, list) else [found]
    return [one.rpartition("/")[2] for one in named if isinstance(one, str)]


def nodes(value: Any) -> list[Mapping[str, Any]]:
    """One thing or several, of which some are only named or addressed by a text."""
    several = value if isinstance(value, list) else [value]
    plain = [{"url" if "://" in one else "name": one} if isinstance(one, str) else one for one in several]
    return [one for one in plain if isinstance(one, Mapping)]


class _Review:
    """One ClaimReview."""

    def __init__(self, file: str, place: str, value: Mapping[str, Any], options: Options) -> None:
        self.value, self.options = value, options
        self.sheet = Sheet(file, place)
        self.item = next(iter(nodes(value.get("itemReviewed"))), {})
        self.appeared = self._appearances()

    def read(self) -> Iterator[Item]:
        try:
            yield self._document()
        except Refused as error:
            yield error.refusal
        yield from self.sheet.refused

    def _document(self) -> Document:
        sheet, value = self.sheet, self.value
        rated = Rated(value.get("reviewRating"), self.options.scale or starting_scale(), self.options.types)
        for code, detail in rated.refused:
            sheet.refuse("reviewRating", code, detail)
        author = self._reviewers()
        fields = {
            "date": self._date("datePublished", self.item) if "Claim" in types_of(self.item) else "",
            "review_url": sheet.words(value, "url"),
            "review_author": author,
            "review_date": self._date("datePublished", value),
            "review_rating": rated.words,
            "appearances": "\n".join(self._further()),
        }
        sheet.claim(sheet.words(value, "claimReviewed"), fields, "claimReviewed")
        ties = self._speakers()
        sheet.write(" ".join(filter(None, ["Reviewed by", author or "somebody", fields["review_url"]])), "\n\n")
        document = sheet.document(self._said(), self.options.metadata, FIELDS)
        document.ties = ties
        body = sheet.words(value, "reviewBody")
        document.judgements = [
            Judgement(claim=CLAIM, rating=rated.key, rationale=body, author=author or None, place=sheet.place)
        ]
        return document

    def _reviewers(self) -> str:
        """Who reviewed it: by name, else by address."""
        named = [one.get("name") or one.get("url") for one in nodes(self.value.get("author"))]
        return ", ".join(with_line_feeds(one).value.strip() for one in named if isinstance(one, str))

    def _date(self, name: str, of: Mapping[str, Any]) -> str:
        return self.sheet.day(self.sheet.words(of, name), name)

    def _speakers(self) -> list[Tie]:
        """Who made the claim, each an attribution."""
        ties = []
        for speaker in nodes(self.item.get("author")):
            name = self.sheet.words(speaker, "name", "itemReviewed.author").strip()
            if name:
                kinds = [SOURCE_TYPES[kind] for kind in types_of(speaker) if kind in SOURCE_TYPES]
                fields = {"source_type": kinds[0] if kinds else ""}
                ties.append(self.sheet.speaker(name, fields, "itemReviewed.author"))
            else:
                self.sheet.refuse("itemReviewed.author", "name_missing", "Whoever made the claim has no name here.")
        return ties

    def _appearances(self) -> list[Mapping[str, Any]]:
        """Where the claim appeared, the first first: what is reviewed, unless that is the claim itself."""
        named = [one for name in ("firstAppearance", "appearance") for one in nodes(self.item.get(name))]
        return named if "Claim" in types_of(self.item) else [self.item, *named]

    def _said(self) -> dict[str, Any]:
        """What is known of the first appearance, as the columns of an article."""
        first = self.appeared[0] if self.appeared else {}
        title = first.get("name") or first.get("headline")
        publisher = next(iter(nodes(first.get("publisher"))), {})
        language = first.get("inLanguage") or self.value.get("inLanguage")
        said = {
            "title": title,
            "url": _address(first),
            "outlet": publisher.get("name"),
            "published_on": first.get("datePublished"),
            "language": language,
        }
        return {column: value for column, value in said.items() if isinstance(value, str)}

    def _further(self) -> Iterator[str]:
        for number, one in enumerate(self.appeared[1:], 1):
            if address := _address(one):
                yield address
            else:
                self.sheet.refuse(f"itemReviewed.appearance {number}", "url", "This appearance has no address.")


def _address(node: Mapping[str, Any]) -> str:
    """The address of a thing, under one of the names that are in use for it."""
    for name in ("url", "mainEntityOfPage", "@id"):
        if isinstance(value := node.get(name), str) and "://" in value:
            return value
    within = node.get("isPartOf")
    return _address(within) if isinstance(within, Mapping) else ""


def recognises(source: Source) -> bool:
    """Whether all files are JSON that speaks of reviews of claims."""
    return bool(source.files) and all(
        file.extension in (".json", ".jsonl", ".jsonld") and b"ClaimReview" in file.head() for file in source.files
    )


CLAIMREVIEW: Final = Importer(
    name="claimreview",
    title="ClaimReview: reviews of claims in JSON-LD",
    extensions=(".json", ".jsonl", ".jsonld", *PAGES),
    takes=(
        "Each ClaimReview becomes an article: the claim, who made it (an attribution) and who reviewed it; by "
        "itself, in a list, in a feed or in the JSON-LD of a page. Address, title, outlet and day of the article "
        "are those of the claim's first appearance, further addresses a field of the claim, as are the review's "
        "address, author, date and rating in its own words. The verdict is a draft with `reviewBody` as its "
        "rationale. Its rating is the one of the project's scale that is called like `alternateName`, or the best "
        "or worst for *true* and *false*; without words, the one that stands where `ratingValue` does. Pictures, "
        "logos, job titles, keywords and the like do not come in. Refused: `claim_missing`, `no_claimreview`; and "
        "by itself, while the review comes in: `rating_unknown`, `rating_value` (it is on no scale, such as -1 of "
        "-1 to -1), `rating_contradicts_itself`, `type_left_out`, `name_missing`, `date`, `published_on`, `url`, "
        "`language`, `too_long`, `not_text`."
    ),
    recognises=recognises,
    read=read,
    rates=True,
)
