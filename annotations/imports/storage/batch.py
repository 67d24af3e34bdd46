"""Storing one batch, in the transaction of whoever calls: texts with their passages, then ties, then judgements."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from annotations.formats.reading.records import Document, Judgement, Marks, Passage, Refusal, Tie
from annotations.imports.authors import MOST_KEPT
from annotations.imports.batches import Batch
from annotations.imports.context import Ground, Part, Placed, remember, remembered
from annotations.imports.storage.annotations import in_their_articles
from annotations.imports.storage.articles import store_articles
from annotations.imports.storage.links import store_links
from annotations.imports.storage.ratings import register_ratings, without_conflicts
from annotations.imports.storage.references import clear_ties, give_ids, keep_ids, spans_named, without_used_ids
from annotations.imports.storage.spans import refuse_other_fields, store_passes, store_spans
from annotations.imports.storage.verdicts import store_verdicts
from annotations.models import Project
from annotations.project_settings import complaints_about_label_fields

DOCUMENTS, LINKS, VERDICTS, MARKS = range(4)
IN_ORDER: Final = (DOCUMENTS, MARKS, LINKS, VERDICTS)
"""The phases. An import whose documents do not refer to one another has the first alone, and only one whose items name
articles from elsewhere has marks on those.
"""
TOO_MANY: Final = f"The files name more than {MOST_KEPT:,} people. Choose for the others who they are."
NAMED_TWICE: Final = "Another item of this import has the same name, and links to it would mean either."


def store(ground: Ground, phase: int, batch: Batch) -> None:
    """Stores what of the batch belongs to the phase."""
    if phase == DOCUMENTS:
        _store_documents(ground, batch)
    elif phase == MARKS:
        _store_marks(ground, batch)
    elif phase == LINKS:
        _store_crossing_links(ground, batch)
    else:
        _store_crossing_verdicts(ground, batch)


def _store_documents(ground: Ground, batch: Batch) -> None:
    ground.refused += batch.refusals
    documents = without_used_ids(ground, batch.documents) if ground.refers else batch.documents
    add_label_fields(ground.project, (one for _, one in batch.saying))
    found = store_articles(ground, [document for _, document in documents])
    articles = {number: key for (number, _), key in zip(documents, found, strict=True) if key is not None}
    stored = [(number, document) for number, document in documents if number in articles]
    if ground.refers:
        give_ids(ground, stored, articles)
    ties, judgements = _ties(stored), _judgements(stored)
    _meet(ground, stored)
    passages = _of_known(ground, _unlike(ground, _passages(stored)), "annotator")
    spans = store_spans(ground, passages, articles)
    looked = [Placed(part, document, number) for number, document in stored for part in document.passes]
    store_passes(ground, _of_known(ground, looked, "annotator"), articles)
    _refuse_dependents(ground, stored, {id(one.part) for one in passages if one.name(ground, one.part.key) in spans})
    ground.count("done", len(batch.documents))
    ground.count("ties", len(ties))
    ground.count("judgements", len(judgements))
    remember(ground, "span", spans)
    if ground.refers:
        shared = _passages(stored)
        known = remembered(ground, "span", {one.part.key for one in shared})
        keep_ids(ground, shared, known)
        refuse_other_fields(ground, shared, known)
    if not ground.crosses:
        links = store_links(ground, _of_known(ground, ties, "annotator"), spans)
        store_verdicts(ground, _of_known(ground, judgements, "author", "reviewer"), spans, links)


def _store_marks(ground: Ground, batch: Batch) -> None:
    """Stores the spans of rows in articles that these name; all of those are in by now."""
    marks = batch.marks
    _meet(ground, marks)
    ground.count("done", len(marks))
    ground.count("ties", len(_ties(marks)))
    ground.count("judgements", len(_judgements(marks)))
    passages = _passages(marks)
    shared = _unlike(ground, [one for one in passages if one.part.is_shared])
    for placed, articles in in_their_articles(ground, [*(one for one in passages if not one.part.is_shared), *shared]):
        spans = store_spans(ground, placed, articles)
        remember(ground, "span", spans)
        keep_ids(ground, placed, spans)


def _store_crossing_links(ground: Ground, batch: Batch) -> None:
    _meet(ground, batch.saying)
    ties = _of_known(ground, _ties(batch.saying), "annotator")
    named = spans_named(ground, {key for one in ties for key in (one.part.source, one.part.target)})
    remember(ground, "link", store_links(ground, list(clear_ties(ground, ties, named.unclear)), named.spans))
    if ground.refers:
        judgements = _judgements(batch.saying)
        claims = spans_named(ground, {one.part.claim for one in judgements}, claims=True)
        register_ratings(ground, judgements, claims.spans)


def _store_crossing_verdicts(ground: Ground, batch: Batch) -> None:
    _meet(ground, batch.saying)
    judgements = _of_known(ground, _judgements(batch.saying), "author", "reviewer")
    spans = spans_named(ground, {one.part.claim for one in judgements}, claims=True).spans
    if ground.refers:
        judgements = list(without_conflicts(ground, judgements, spans))
    named = {key for one in judgements for grounds in one.part.grounds for key in grounds.ties}
    store_verdicts(ground, judgements, spans, remembered(ground, "link", named))


def _passages(documents: Iterable[tuple[int, Document | Marks]]) -> list[Placed[Passage]]:
    return [Placed(part, document, number) for number, document in documents for part in document.passages]


def _ties(documents: Iterable[tuple[int, Document | Marks]]) -> list[Placed[Tie]]:
    return [Placed(part, document, number) for number, document in documents for part in document.ties]


def _judgements(documents: Iterable[tuple[int, Document | Marks]]) -> list[Placed[Judgement]]:
    return [Placed(part, document, number) for number, document in documents for part in document.judgements]


def _unlike(ground: Ground, passages: list[Placed[Passage]]) -> list[Placed[Passage]]:
    """Passages of different names; one that has another's name is refused."""
    known: Mapping[tuple[int, str], UUID] = {}
    if ground.crosses:
        known = remembered(ground, "span", {one.part.key for one in passages})
    seen: set[tuple[int, str]] = set(known)
    unlike = []
    for one in passages:
        name = one.name(ground, one.part.key)
        if name in seen:
            if not one.part.is_shared:
                ground.refuse(one, "duplicate_key", NAMED_TWICE)
            continue
        seen.add(name)
        unlike.append(one)
    return unlike


def _refuse_dependents(ground: Ground, documents: Iterable[tuple[int, Document]], came: Container[int]) -> None:
    """Refuses what depends on passages that did not come in, each once; `came` are the identities of those that did."""
    for _, document in documents:
        told: set[str] = set()
        waiting = [(one.key, one.place) for one in document.passages if id(one) not in came]
        while waiting:
            gone, cause = waiting.pop()
            for one in document.dependents.get(gone, ()):
                if one.name in told:
                    continue
                told.add(one.name)
                waiting.append((one.name, cause))
                if one.what:
                    detail = f"{one.what} depends on the span on {cause}, which was refused."
                    ground.refused.append(Refusal(document.file, one.place, "span_refused", detail))


def _meet(ground: Ground, documents: Iterable[tuple[int, Document | Marks]]) -> None:
    """Gets to know everybody whom the documents name."""
    names: set[str | None] = set()
    reviewers: set[str | None] = set()
    for _, document in documents:
        names.update(part.annotator for part in document.parts)
        names.update(said.author for said in document.judgements)
        reviewers.update(said.reviewer for said in document.judgements)
    ground.people.meet(names, reviewers)
    ground.spans_of.update(dict.fromkeys(names | reviewers, 0))


def _of_known(ground: Ground, parts: list[Placed[Part]], *makers: str) -> list[Placed[Part]]:
    """The parts that people made who are known here; those of more people than can be kept are refused."""
    known = []
    for one in parts:
        if all(ground.people.knows(getattr(one.part, maker)) for maker in makers):
            known.append(one)
        else:
            ground.refuse(one, "too_many_people", TOO_MANY)
    return known


def add_label_fields(project: Project, documents: Iterable[Document | Marks]) -> None:
    """Adds the label fields and choices that the documents need and the project lacks."""
    wanted = [document.fields for document in documents if document.fields]
    if not any(_lacking(project.label_fields, fields) for fields in wanted):
        return
    held = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    for fields in wanted:
        complete = with_fields(held.label_fields, fields)
        # What may not be a field stays out; the passages that have it are then refused, each by name.
        if not any(complaints_about_label_fields(complete)):
            held.label_fields = complete
    if held.label_fields != project.label_fields:
        held.save(update_fields=["label_fields"])
    project.label_fields = held.label_fields


def _lacking(there: Mapping[str, list[dict[str, Any]]], wanted: Mapping[str, list[dict[str, Any]]]) -> bool:
    return with_fields(there, wanted) != dict(there)


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
