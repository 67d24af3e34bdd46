"""The history: one append-only row for every change, written by the database in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

import pgtrigger
from django.db import connection, models, transaction
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from annotations.rules import HISTORY_APPEND_ONLY, ID_USED

if TYPE_CHECKING:
    from annotations.models.people.user import User

CHANGED: Final = "factcheck_changed"
"""The channel on which the database says, at a commit, which project changed."""


@contextmanager
def acting(user: User | None) -> Iterator[None]:
    """A transaction whose changes the history ascribes to `user`. Within another one it is a savepoint of it."""
    nested = connection.in_atomic_block
    outer: str = getattr(connection, "factcheck_actor", "") if nested else ""
    actor = str(user.pk) if user else ""
    with transaction.atomic():
        if actor != outer:
            set_actor(actor)
        try:
            yield
        finally:
            connection.factcheck_actor = outer  # type: ignore[attr-defined]
        if nested and actor != outer:
            set_actor(outer)


def set_actor(actor: str) -> None:
    """Ascribes what follows in this transaction to the user with this id; an empty one stands for nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('factcheck.actor', %s, true)", [actor])
    connection.factcheck_actor = actor  # type: ignore[attr-defined]


def history_of_another(kind: str, *, key: str, project: str, row: str, owner: str = "") -> str:
    """An SQL condition: an id has history in another project, or of a row with another owner.

    `key`, `project` and `row` are SQL expressions for the id, its project's id and the new row as jsonb; `owner` is
    the column that names whose a row is, where not everybody who sees the new row may read of the old one.
    """
    others = f"OR coalesce(e.before, e.after) -> '{owner}' IS DISTINCT FROM {row} -> '{owner}'" if owner else ""
    return f"""EXISTS (
        SELECT FROM annotations_event e WHERE e.kind = '{kind}' AND e.object_id = {key}::text
          AND (e.project_id IS DISTINCT FROM {project} {others}))"""


OWNERS: Final = {
    "article": "",
    "span": "assignment_id",
    "link": "author_id",
    "verdict": "author_id",
    "comment": "author_id",
}
"""The kinds whose ids clients choose, each with the column that names whose a row is."""


def recorded(kind: str, *, project: str, without: tuple[str, ...] = ()) -> pgtrigger.Trigger:
    """A trigger that writes an event for every change of a row.

    `project` is an SQL expression over the record `entry` that gives its project's id; `without` names columns that the
    history leaves out because they are secret, or large and unchanging. A row whose id has the history of another one
    is refused: whoever may read the row reads that history.
    """
    dropped = "".join(f" - '{column}'" for column in without)
    used = history_of_another(kind, key="entry.id", project="project", row="later", owner=OWNERS.get(kind, ""))
    new_id = f"IF TG_OP = 'INSERT' AND {used} THEN {ID_USED.refuse()} END IF;" if kind in OWNERS else ""
    return pgtrigger.Trigger(
        name="recorded",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("entry", "record"), ("earlier", "jsonb"), ("later", "jsonb"), ("project", "bigint")],
        func=f"""
            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD){dropped}; entry := OLD; END IF;
            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW){dropped}; entry := NEW; END IF;
            IF earlier = later THEN RETURN NULL; END IF;
            project := {project};
            {new_id}
            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)
            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, '{kind}',
                    entry.id::text, project,
                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,
                    earlier, later, factcheck_xid());
            RETURN NULL;
        """,
    )


class TransactionId(models.Field):  # type: ignore[type-arg]
    """A 64-bit transaction id as `annotations.models.epoch` counts them, by which a reader can follow events in the
    order they were committed.
    """

    def db_type(self, connection: Any) -> str:
        return "xid8"


NEVER_EMPTIED = pgtrigger.Trigger(
    name="never_emptied",
    when=pgtrigger.Before,
    level=pgtrigger.Statement,
    operation=pgtrigger.Truncate,
    func=f"{HISTORY_APPEND_ONLY.refuse(unless_removal=True)} RETURN NULL;",
)
"""Refuses TRUNCATE, which would empty a table without an event for each row."""


ENDED_AT: Final = Coalesce(KeyTextTransform("target_id", "after"), KeyTextTransform("target_id", "before"))
"""Where the link that an event is about ends, or ended."""


class EventQuerySet(models.QuerySet["Event"]):
    """Reads of the history. Each names its project: an id alone may have been used in another one."""

    def of(self, project_id: int | None, kind: str, object_id: object) -> Self:
        """What happened to one thing, newest first."""
        things = self.filter(project_id=project_id, kind=kind, object_id=str(object_id))
        return things.select_related("by").order_by("-id")

    def of_links_to(self, project_id: int, span_id: object) -> Self:
        """What happened to the links that end, or ended, at a span, oldest first."""
        links = self.alias(ended_at=ENDED_AT).filter(project_id=project_id, kind="link", ended_at=str(span_id))
        return links.order_by("id")

    def creation_of(self, project_id: int, kind: str, object_id: object) -> Event | None:
        """How a thing came to be; its latest creation, where it was restored."""
        return self.of(project_id, kind, object_id).filter(what=Event.What.CREATED).first()

    def last_deletion(self, projects: Iterable[int], kind: str, object_id: object) -> Event | None:
        """The deletion of a thing that is gone, or None; also None where a legal removal emptied it."""
        things = self.filter(project__in=list(projects), kind=kind, object_id=str(object_id))
        return things.filter(what=Event.What.DELETED, before__isnull=False).order_by("-id").first()


class Event(models.Model):
    """One change: who, when, and the row before and after it."""

    class What(models.TextChoices):
        CREATED = "created", gettext_lazy("Created")
        UPDATED = "updated", gettext_lazy("Updated")
        DELETED = "deleted", gettext_lazy("Deleted")
        REMOVED = "removed", gettext_lazy("Removed")

    at = models.DateTimeField()
    by = models.ForeignKey(
        "annotations.User",
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    kind = models.CharField(max_length=20)
    object_id = models.CharField(max_length=40)
    project = models.ForeignKey(
        "annotations.Project",
        models.DO_NOTHING,
        null=True,
        related_name="events",
        db_constraint=False,
        db_index=False,
    )
    what = models.CharField(max_length=10, choices=What.choices)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    xid = TransactionId()

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "object_id", "id"], name="event_of_object"),
            models.Index(fields=["project", "id"], name="event_in_project"),
            models.Index(fields=["xid", "id"], name="event_in_transaction"),
            models.Index(ENDED_AT, name="event_of_links_to", condition=models.Q(kind="link")),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="append_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"{HISTORY_APPEND_ONLY.refuse(unless_removal=True)} "
                "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
            ),
            NEVER_EMPTIED,
            pgtrigger.Trigger(
                name="told_at_once",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__project__isnull=False),
                # Said once in a transaction, however often: PostgreSQL leaves out what is the same.
                func=f"PERFORM pg_notify('{CHANGED}', NEW.project_id::text); RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.what}"

    def made_with(self, values: Mapping[str, Any]) -> bool:
        """Whether the row was left with these values."""
        return self.after is not None and all(self.after.get(name) == value for name, value in values.items())
