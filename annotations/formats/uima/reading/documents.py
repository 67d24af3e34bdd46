"""From a CAS to a document for each of its texts, with its metadata and verdicts."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Final

from cassis.typesystem import FeatureStructure, is_annotation
from django.utils.translation import gettext as _

from annotations.formats.reading.decoding import UNSTORABLE
from annotations.formats.reading.records import (
    ArticleRecord,
    EvidenceSetRecord,
    Item,
    Options,
    Refusal,
    Refused,
    VerdictRecord,
)
from annotations.formats.uima.layers import ARTICLE, EVIDENCE_SET, LABELS, LINK_FROM_ELSEWHERE, PART, VERDICT
from annotations.formats.uima.reading.loader import Loaded
from annotations.formats.uima.reading.relations import (
    is_relation,
    refuse_chain,
    take_link_from_elsewhere,
    take_relation,
    take_slots,
)
from annotations.formats.uima.reading.spans import take_parts, take_span
from annotations.formats.uima.reading.type_systems import UNREADABLE
from annotations.formats.uima.reading.types import LAID_OUT, label_of, names_of
from annotations.formats.uima.reading.view import Offsets, Origin, Reading, uuid_in

INITIAL = "_InitialView"
METADATA = "uima.tcas.DocumentAnnotation"


def documents(loaded: Loaded, origin: Origin, options: Options) -> Iterator[Item]:
    """A document for each view with a text, each after what of it was refused."""
    for view in loaded.case.views:
        name = "" if view.sofa.sofaID == INITIAL else view.sofa.sofaID
        text = view.sofa.sofaString
        if not isinstance(text, str):
            if not name and len(loaded.case.views) > 1:
                continue  # cassis makes this view also where the file has others only
            yield Refusal(origin.file, name, "no_text", _("The CAS has no text."))
        elif found := UNSTORABLE.search(text):
            where = f"character {found.start()}"
            yield Refusal(
                origin.file, where, "unstorable", _("The text has a character that is not allowed in a text.")
            )
        else:
            offsets = Offsets(text, origin.file)
            document = ArticleRecord(
                file=origin.file, location=name and f"view {name}", text=offsets.text, is_further=origin.is_further
            )
            reading = Reading(loaded, origin, name, offsets, options, document)
            try:
                _read(reading, sorted(view.get_all_fs(), key=lambda fs: fs.xmiID))
            except UNREADABLE as error:  # a type system may make anything of any feature
                detail = _("The content of the CAS doesn't match its types: %(error)s, %(message)s.") % {
                    "error": type(error).__name__,
                    "message": str(error)[:200],
                }
                yield Refusal(origin.file, name, "broken_cas", detail)
                continue
            yield from reading.refused
            yield reading.document


def _read(reading: Reading, structures: list[FeatureStructure]) -> None:
    """Fills the document: spans first, since what joins them needs them."""
    reading.left_out.update(reading.loaded.left_out)
    rooms = _sorted(reading, structures)
    for fs in rooms["span"]:
        _taken(reading, fs, lambda fs: take_span(reading, fs, label_of_fs(reading, fs)))
    take_parts(reading, rooms[PART])
    for fs in rooms["span"]:
        if fs.xmiID in reading.spans:
            _taken(reading, fs, lambda fs: take_slots(reading, fs))
    for fs in rooms["relation"]:
        _taken(reading, fs, lambda fs: take_relation(reading, fs))
    for fs in rooms[LINK_FROM_ELSEWHERE]:
        _taken(reading, fs, lambda fs: take_link_from_elsewhere(reading, fs))
    take_verdicts(reading, rooms[VERDICT], rooms[EVIDENCE_SET])
    for fs in rooms["chain"]:
        _taken(reading, fs, lambda fs: refuse_chain(reading, fs))
    for fs in rooms[ARTICLE]:
        take_article(reading, fs)
    for fs in rooms[METADATA]:
        take_metadata(reading, fs)
    if "title" not in reading.document.metadata:
        reading.document.metadata["title"] = reading.document.file_title = reading.origin.title
    _say_what_was_left_out(reading)


def _taken(reading: Reading, fs: Any, take: Callable[[Any], None]) -> None:
    try:
        take(fs)
    except Refused as refused:
        reading.refused.append(refused.refusal)


def _sorted(reading: Reading, structures: list[FeatureStructure]) -> dict[str, list[Any]]:
    ours = (ARTICLE, EVIDENCE_SET, LINK_FROM_ELSEWHERE, PART, VERDICT)
    rooms: dict[str, list[Any]] = {room: [] for room in (*ours, "span", "relation", "chain", METADATA)}
    unknown: Counter[str] = Counter()
    for fs in structures:
        name = reading.type_of(fs)
        if own := next((one for one in ours if reading.is_made_here(fs, one)), None):
            rooms[own].append(fs)
        elif METADATA in _above(fs):
            rooms[METADATA].append(fs)
        elif name in LAID_OUT and not any(one in reading.options.types for one in names_of(name, {})):
            continue
        elif fs.xmiID in reading.loaded.undescribed and label_of(name, {}, reading.options.types):
            unknown[name] += 1
        elif is_relation(fs):
            rooms["relation"].append(fs)
        elif is_annotation(fs) and label_of_fs(reading, fs):
            rooms["span"].append(fs)
        elif getattr(fs, "first", None) is not None and label_of(name, {}, reading.options.types):
            rooms["chain"].append(fs)
        else:
            reading.left_out[name] += 1
    for name, count in sorted(unknown.items()):
        detail = _(
            "No type system describes %(name)s (%(count)s). Add the TypeSystem.xml that belongs to the file."
        ) % {"name": name, "count": count}
        reading.refused.append(Refusal(reading.origin.file, reading.view, "type_unknown", detail))
    return rooms


def _above(fs: FeatureStructure) -> Iterator[str]:
    """The names of its type and of those above it."""
    kind = fs.type
    while kind is not None:
        yield kind.name
        kind = kind.supertype


def label_of_fs(reading: Reading, fs: Any) -> str:
    """The label of an annotation, or an empty text where it is left out."""
    name = reading.type_of(fs)
    ours = name in LABELS and reading.is_made_here(fs, name)
    values = {one.name: fs[one.name] for one in fs.type.all_features if isinstance(fs[one.name], str) and not ours}
    return label_of(name, values, reading.options.types)


def _say_what_was_left_out(reading: Reading) -> None:
    if reading.left_out:
        listed = ", ".join(f"{name} ({count})" for name, count in sorted(reading.left_out.items()))
        detail = _("Skipped because no label or relation is chosen for: %(listed)s.") % {"listed": listed}
        reading.refused.append(Refusal(reading.origin.file, reading.view, "type_left_out", detail))
    chained = any(refusal.code == "chain" for refusal in reading.refused)
    listed = ", ".join(
        f"{name}:{feature}"
        for name, feature in sorted(reading.features | reading.loaded.features)
        if name not in LAID_OUT and label_of(name, {}, reading.options.types) and not (chained and feature == "next")
    )
    if listed:
        detail = _("Skipped because they are not described or refer to something else: %(listed)s.") % {
            "listed": listed
        }
        reading.refused.append(Refusal(reading.origin.file, reading.view, "feature_left_out", detail))


FILE_NAME: Final = re.compile(r"\S+|.*\.[A-Za-z][A-Za-z0-9]{1,4}", re.DOTALL)
"""What files are called: one word, or something with an extension."""


def take_article(reading: Reading, fs: Any) -> None:
    """Our own layer: all that an export knows of an article."""
    document = reading.document
    for name in ("title", "url", "outlet", "author", "language"):
        if value := getattr(fs, name):
            document.metadata[name] = value
    try:
        if fs.published_on:
            document.metadata["published_on"] = date.fromisoformat(fs.published_on)
    except ValueError:
        reading.refuse(fs, "date", _("%(value)s is not a date.") % {"value": f"{fs.published_on!r:.60}"})
    unchanged = fs.sha256 == hashlib.sha256(document.text.encode()).hexdigest()
    if unchanged and not reading.origin.annotator:
        document.id = uuid_in(fs.identifier or "")


def take_metadata(reading: Reading, fs: Any) -> None:
    """DKPro's metadata, where our own layer did not say it.

    INCEpTION writes there the name of the file that somebody uploaded, and as the id the user whose work it is.
    """
    metadata = reading.document.metadata
    title, key = _text(fs, "documentTitle"), _text(fs, "documentId")
    if (title or key) and "title" not in metadata:
        metadata["title"] = title or key
        if not title or FILE_NAME.fullmatch(title):
            reading.document.file_title = metadata["title"]
    address = _text(fs, "documentUri")
    if address.startswith(("http://", "https://")):
        metadata.setdefault("url", address)
    language = _text(fs, "language")
    if language and language != "x-unspecified":
        metadata.setdefault("language", language)


def _text(fs: Any, name: str) -> str:
    value = getattr(fs, name, None)
    return value if isinstance(value, str) else ""


def take_verdicts(reading: Reading, verdicts: Iterable[Any], sets: Iterable[Any]) -> None:
    """The verdicts with their sets, in the order of their numbers."""
    by_verdict: dict[str, list[Any]] = {}
    for fs in sets:
        by_verdict.setdefault(fs.verdict or "", []).append(fs)
    for fs in verdicts:
        if not fs.claim:
            reading.refuse(fs, "claim_missing", _("A verdict needs the id of its claim."))
            continue
        own = sorted(by_verdict.pop(fs.identifier or "", []), key=lambda one: one.number or 0)
        reading.document.verdicts.append(_verdict(reading, fs, own))
    for fs in (one for left in by_verdict.values() for one in left):
        reading.refuse(fs, "verdict_missing", _("This belongs to a verdict that was not imported."))


def _verdict(reading: Reading, fs: Any, sets: Iterable[Any]) -> VerdictRecord:
    return VerdictRecord(
        claim=reading.origin.key(fs.claim),
        rating=fs.rating,
        rationale=fs.rationale or "",
        confidence=fs.confidence,
        state=fs.state or "draft",
        author=reading.origin.annotator or fs.author,
        reviewer=fs.reviewer,
        approved_at=reading.time(fs, fs.approved_at),
        evidence_sets=[
            EvidenceSetRecord(
                question=one.question,
                answer=one.answer,
                links=[reading.origin.key(key) for key in (one.links or "").split()],
            )
            for one in sets
        ],
        location=reading.where(fs),
        id=None if reading.origin.annotator else uuid_in(fs.identifier or ""),
        created_at=reading.time(fs, fs.created_at),
        updated_at=reading.time(fs, fs.updated_at),
    )
