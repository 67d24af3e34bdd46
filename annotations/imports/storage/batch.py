"""Storing one batch, in the transaction of whoever calls: texts with their spans, then links, then verdicts."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from annotations.formats.reading.records import ArticleRecord, LinkRecord, Refusal, RowRecord, SpanRecord, VerdictRecord
from annotations.imports.authors import MOST_KEPT
from annotations.imports.batches import Batch
from annotations.imports.context import ImportContext, Numbered, Part, remember, remembered
from annotations.imports.storage.annotations import in_their_articles
from annotations.imports.storage.articles import store_articles
from annotations.imports.storage.links import store_links
from annotations.imports.storage.ratings import register_ratings, without_conflicts
from annotations.imports.storage.references import clear_links, give_ids, keep_ids, spans_named, without_used_ids
from annotations.imports.storage.spans import refuse_other_fields, store_passes, store_spans
from annotations.imports.storage.verdicts import store_verdicts
from annotations.models import Project
from annotations.project_settings import complaints_about_label_fields

DOCUMENTS, LINKS, VERDICTS, ROWS = range(4)
IN_ORDER: Final = (DOCUMENTS, ROWS, LINKS, VERDICTS)
"""The phases. An import whose documents do not refer to one another has the first alone, and only one whose items name
articles from elsewhere has marks on those.
"""
TOO_MANY: Final = gettext_noop("The files name more than %(most)s people. Choose who the others are.")
NAMED_TWICE: Final = gettext_noop("Another item of this import has the same name, so links to it are ambiguous.")


def store(context: ImportContext, phase: int, batch: Batch) -> None:
    """Stores what of the batch belongs to the phase."""
    if phase == DOCUMENTS:
        _store_documents(context, batch)
    elif phase == ROWS:
        _store_rows(context, batch)
    elif phase == LINKS:
        _store_crossing_links(context, batch)
    else:
        _store_crossing_verdicts(context, batch)


def _store_documents(context: ImportContext, batch: Batch) -> None:
    context.refused += batch.refusals
    documents = without_used_ids(context, batch.documents) if context.refers else batch.documents
    add_label_fields(context.project, (one for _, one in batch.saying))
    found = store_articles(context, [document for _, document in documents])
    articles = {number: key for (number, _), key in zip(documents, found, strict=True) if key is not None}
    stored = [(number, document) for number, document in documents if number in articles]
    if context.refers:
        give_ids(context, stored, articles)
    links, verdicts = _links(stored), _verdicts(stored)
    _meet(context, stored)
    spans = _of_known(context, _unlike(context, _spans(stored)), "annotator")
    span_ids = store_spans(context, spans, articles)
    looked = [Numbered(part, document, number) for number, document in stored for part in document.passes]
    store_passes(context, _of_known(context, looked, "annotator"), articles)
    _refuse_dependents(context, stored, {id(one.part) for one in spans if one.name(context, one.part.key) in span_ids})
    context.count("done", len(batch.documents))
    context.count("links_read", len(links))
    context.count("verdicts_read", len(verdicts))
    remember(context, "span", span_ids)
    if context.refers:
        shared = _spans(stored)
        known = remembered(context, "span", {one.part.key for one in shared})
        keep_ids(context, shared, known)
        refuse_other_fields(context, shared, known)
    if not context.crosses:
        link_ids = store_links(context, _of_known(context, links, "annotator"), span_ids)
        store_verdicts(context, _of_known(context, verdicts, "author", "reviewer"), span_ids, link_ids)


def _store_rows(context: ImportContext, batch: Batch) -> None:
    """Stores the spans of rows in articles that these name; all of those are in by now."""
    rows = batch.rows
    _meet(context, rows)
    context.count("done", len(rows))
    context.count("links_read", len(_links(rows)))
    context.count("verdicts_read", len(_verdicts(rows)))
    spans = _spans(rows)
    shared = _unlike(context, [one for one in spans if one.part.is_shared])
    for numbered, articles in in_their_articles(context, [*(one for one in spans if not one.part.is_shared), *shared]):
        span_ids = store_spans(context, numbered, articles)
        remember(context, "span", span_ids)
        keep_ids(context, numbered, span_ids)


def _store_crossing_links(context: ImportContext, batch: Batch) -> None:
    _meet(context, batch.saying)
    links = _of_known(context, _links(batch.saying), "annotator")
    named = spans_named(context, {key for one in links for key in (one.part.source, one.part.target)})
    remember(context, "link", store_links(context, list(clear_links(context, links, named.unclear)), named.span_ids))
    if context.refers:
        verdicts = _verdicts(batch.saying)
        claims = spans_named(context, {one.part.claim for one in verdicts}, claims=True)
        register_ratings(context, verdicts, claims.span_ids)


def _store_crossing_verdicts(context: ImportContext, batch: Batch) -> None:
    _meet(context, batch.saying)
    verdicts = _of_known(context, _verdicts(batch.saying), "author", "reviewer")
    span_ids = spans_named(context, {one.part.claim for one in verdicts}, claims=True).span_ids
    if context.refers:
        verdicts = list(without_conflicts(context, verdicts, span_ids))
    named = {key for one in verdicts for evidence_set in one.part.evidence_sets for key in evidence_set.links}
    store_verdicts(context, verdicts, span_ids, remembered(context, "link", named))


def _spans(documents: Iterable[tuple[int, ArticleRecord | RowRecord]]) -> list[Numbered[SpanRecord]]:
    return [Numbered(part, document, number) for number, document in documents for part in document.spans]


def _links(documents: Iterable[tuple[int, ArticleRecord | RowRecord]]) -> list[Numbered[LinkRecord]]:
    return [Numbered(part, document, number) for number, document in documents for part in document.links]


def _verdicts(documents: Iterable[tuple[int, ArticleRecord | RowRecord]]) -> list[Numbered[VerdictRecord]]:
    return [Numbered(part, document, number) for number, document in documents for part in document.verdicts]


def _unlike(context: ImportContext, spans: list[Numbered[SpanRecord]]) -> list[Numbered[SpanRecord]]:
    """Spans of different names; one that has another's name is refused."""
    known: Mapping[tuple[int, str], UUID] = {}
    if context.crosses:
        known = remembered(context, "span", {one.part.key for one in spans})
    seen: set[tuple[int, str]] = set(known)
    unlike = []
    for one in spans:
        name = one.name(context, one.part.key)
        if name in seen:
            if not one.part.is_shared:
                context.refuse(one, "duplicate_key", gettext(NAMED_TWICE))
            continue
        seen.add(name)
        unlike.append(one)
    return unlike


def _refuse_dependents(
    context: ImportContext, documents: Iterable[tuple[int, ArticleRecord]], came: Container[int]
) -> None:
    """Refuses what depends on spans that did not come in, each once; `came` are the identities of those that did."""
    for _, document in documents:
        told: set[str] = set()
        waiting = [(one.key, one.location) for one in document.spans if id(one) not in came]
        while waiting:
            gone, cause = waiting.pop()
            for one in document.dependents.get(gone, ()):
                if one.name in told:
                    continue
                told.add(one.name)
                waiting.append((one.name, cause))
                if one.what:
                    detail = gettext("%(what)s depends on the span on %(location)s, which was refused.") % {
                        "what": one.what,
                        "location": cause,
                    }
                    context.refused.append(Refusal(document.file, one.location, "span_refused", detail))


def _meet(context: ImportContext, documents: Iterable[tuple[int, ArticleRecord | RowRecord]]) -> None:
    """Gets to know everybody whom the documents name."""
    names: set[str | None] = set()
    reviewers: set[str | None] = set()
    for _, document in documents:
        names.update(part.annotator for part in document.parts)
        names.update(said.author for said in document.verdicts)
        reviewers.update(said.reviewer for said in document.verdicts)
    context.people.meet(names, reviewers)
    context.spans_of.update(dict.fromkeys(names | reviewers, 0))


def _of_known(context: ImportContext, parts: list[Numbered[Part]], *makers: str) -> list[Numbered[Part]]:
    """The parts that people made who are known here; those of more people than can be kept are refused."""
    known = []
    for one in parts:
        if all(context.people.knows(getattr(one.part, maker)) for maker in makers):
            known.append(one)
        else:
            context.refuse(one, "too_many_people", gettext(TOO_MANY) % {"most": f"{MOST_KEPT:,}"})
    return known


def add_label_fields(project: Project, documents: Iterable[ArticleRecord | RowRecord]) -> None:
    """Adds the label fields and choices that the documents need and the project lacks."""
    wanted = [document.fields for document in documents if document.fields]
    if not any((with_fields(project.label_fields, fields) != dict(project.label_fields)) for fields in wanted):
        return
    held = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    for fields in wanted:
        complete = with_fields(held.label_fields, fields)
        # What may not be a field stays out; the spans that have it are then refused, each by name.
        if not any(complaints_about_label_fields(complete)):
            held.label_fields = complete
    if held.label_fields != project.label_fields:
        held.save(update_fields=["label_fields"])
    project.label_fields = held.label_fields


def with_fields(
    there: Mapping[str, list[dict[str, Any]]], wanted: Mapping[str, list[dict[str, Any]]]
) -> dict[str, list[dict[str, Any]]]:
    """The fields of a project with those that are wanted; a field that is there keeps its name and kind."""
    complete = {label: [dict(field) for field in fields] for label, fields in there.items()}
    for label, fields in wanted.items():
        mine = complete.setdefault(label, [])
        by_key = {field["key"]: field for field in mine}
        for field in fields:
            known = by_key.get(field["key"])
            if known is None:
                mine.append(by_key.setdefault(field["key"], dict(field)))
            elif known["kind"] == field["kind"] == "choice":
                has = {choice["key"] for choice in known["choices"]}
                known["choices"] = [
                    *known["choices"], *(choice for choice in field["choices"] if choice["key"] not in has),
                ]  # fmt: skip
    return complete
