"""Bringing back what was deleted, from the history."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, models, transaction

from annotations.models.comment import Comment
from annotations.models.event import Event, acting
from annotations.models.evidence_set import EvidenceLink, EvidenceSet
from annotations.models.link import Link
from annotations.models.notice import Notice
from annotations.models.people.user import User
from annotations.models.span import Span
from annotations.models.verdict import Verdict
from annotations.rules import broken_rule

KINDS: Final[dict[str, type[models.Model]]] = {
    "span": Span,
    "link": Link,
    "verdict": Verdict,
    "comment": Comment,
}

ENDS: Final[dict[type[models.Model], tuple[str, ...]]] = {
    Span: ("source_id", "target_id", "claim_id", "span_id"),
    Link: ("link_id",),
    Verdict: ("verdict_id",),
    Comment: ("thread_id",),
}
"""The columns by which a row hangs on another, by what they name."""


def deleted(projects: Iterable[int], kind: str, object_id: UUID) -> Event | None:
    """The deletion of a thing of one of these projects that is still gone, or None."""
    if KINDS[kind]._default_manager.filter(pk=object_id).exists():
        return None
    return Event.objects.last_deletion(projects, kind, object_id)


def as_it_was(deletion: Event) -> Any:
    """The deleted thing as an unsaved row, to ask who may bring it back."""
    return _row(KINDS[deletion.kind], deletion.before or {})


def restore(deletion: Event, *, by: User) -> Any:
    """Brings a deleted span, link, verdict or comment back with its id, and what went with it.

    With a span come its links and its verdict, with each of these the comments on it, with the first comment of a
    thread its replies. A verdict comes back as a draft, without its reviews: those stay in the history. What of it
    cannot come back, because its other end is gone meanwhile or a rule forbids it by now, is left out. Raises
    IntegrityError where a rule forbids the thing itself.
    """
    with acting(by):
        thing = _insert(deletion)
        # The deletions that led up to this one in its transaction, since that last made or changed something.
        same = Event.objects.filter(project=deletion.project_id, xid=deletion.xid, pk__lte=deletion.pk).order_by("id")
        other = same.exclude(what=Event.What.DELETED).last()
        together = same.filter(pk__gt=other.pk if other else 0)
        if deletion.kind == "span":
            ends = models.Q(before__source_id=deletion.object_id) | models.Q(before__target_id=deletion.object_id)
            for event in together.filter(ends, kind="link"):
                if has_its_ends(event):
                    _insert_if_allowed(event)
            for event in together.filter(kind="verdict", before__claim_id=deletion.object_id):
                if _insert_if_allowed(event):
                    _insert_sets(together, event.object_id)
        elif deletion.kind == "verdict":
            _insert_sets(together, deletion.object_id)
        _insert_talk(together.exclude(object_id=deletion.object_id))
    return thing


def _insert_talk(together: models.QuerySet[Event]) -> None:
    """The comments whose place is there again, the first of a thread before its replies."""
    first = models.Q(before__thread_id=None)
    for events in (together.filter(first, kind="comment"), together.exclude(first).filter(kind="comment")):
        for event in events:
            if has_its_ends(event):
                _insert_if_allowed(event)


def _insert(event: Event) -> Any:
    row = _row(KINDS[event.kind], event.before or {})
    row.version += 1
    if isinstance(row, Verdict):
        row.state, row.submitted_at, row.reviewer_id, row.approved_at = Verdict.State.DRAFT, None, None, None
    row.save(force_insert=True)
    row.refresh_from_db()
    if isinstance(row, Comment):
        Notice.objects.tell(row)
    return row


def _insert_if_allowed(event: Event) -> bool:
    """Leaves out what a rule forbids by now. It stays in the history, and can be restored by itself later."""
    try:
        with transaction.atomic():
            _insert(event)
    except IntegrityError as error:
        if broken_rule(error) is None:
            raise
        return False
    return True


def _row(model: type[models.Model], values: dict[str, Any]) -> Any:
    columns = {field.column: field for field in model._meta.concrete_fields}
    return model(**{columns[name].attname: columns[name].to_python(value) for name, value in values.items()})


def has_its_ends(deletion: Event) -> bool:
    """Whether what a deleted link, verdict or comment belongs to is there."""
    row = deletion.before or {}
    return all(
        model._default_manager.filter(pk__in=ends).count() == len(ends)
        for model, names in ENDS.items()
        if (ends := {row[name] for name in names if row.get(name)})
    )


def _insert_sets(together: models.QuerySet[Event], verdict_id: str) -> None:
    sets = _rows(EvidenceSet, together.filter(kind="evidence_set", before__verdict_id=verdict_id))
    EvidenceSet.objects.bulk_create(sets)
    links = _rows(
        EvidenceLink,
        together.filter(kind="evidence_link", before__evidence_set_id__in=[one.pk for one in sets]),
    )
    present = set(Link.objects.filter(pk__in=[one.link_id for one in links]).values_list("pk", flat=True))
    EvidenceLink.objects.bulk_create(one for one in links if one.link_id in present)


def _rows(model: type[models.Model], events: Iterable[Event]) -> list[Any]:
    return [_row(model, event.before) for event in events if event.before is not None]
