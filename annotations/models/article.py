"""Articles and their sentences."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self, cast

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import URLValidator
from django.db import connection, models
from django.db.models import Value
from django.db.models.functions import Coalesce, Lower, Now
from django.utils.translation import gettext_lazy

from annotations.models.base.identifiers import LONGEST_EXTERNAL_ID, new_id
from annotations.models.base.lookup_columns import FROM_PARENT, ArrayOf, ParentByDatabase, Probed, sets_lookup_columns
from annotations.models.event import NEVER_EMPTIED, acting, recorded
from annotations.rules import ARCHIVE_ONLY, ARCHIVED, BODY_IMMUTABLE, DUPLICATE_ARTICLE
from annotations.text.sentences import sentence_ranges

if TYPE_CHECKING:
    from uuid import UUID

    from annotations.models.assignment import Assignment
    from annotations.models.people.user import User
    from annotations.models.project import Project

LONGEST_BODY = 2_000_000
"""The longest body, in code points."""


PUBLISHED: Final = Coalesce("published_on", Value(date.min))
"""The day by which articles are sorted; those without one are the oldest."""

SEARCHED: Final = 200_000
"""Code points of a text that the article's own index holds; the rest of it is found by its sentences alone."""

WAYS: Final = """
    ways AS (
        (SELECT language, coalesce(folded, false) AS folded FROM annotations_article
         WHERE project_id = {project} ORDER BY language, coalesce(folded, false) LIMIT 1)
        UNION ALL
        SELECT following.* FROM ways, LATERAL (
            SELECT a.language, coalesce(a.folded, false) FROM annotations_article a
            WHERE a.project_id = {project} AND (a.language, coalesce(a.folded, false)) > (ways.language, ways.folded)
            ORDER BY a.language, coalesce(a.folded, false) LIMIT 1) following
    ), indexed AS (
        SELECT factcheck_text_search(language) AS configuration, folded, array_agg(language) AS languages
        FROM ways GROUP BY configuration, folded
    )
"""
"""SQL of the ways in which the texts of a project are indexed. It goes from one to the next in the index, since there
are few of them and many articles. It stands in WITH RECURSIVE."""

_AS_INDEXED: Final = "a.language = ANY(q.languages) AND coalesce(a.folded, false) = q.folded"

IN_ARTICLES: Final = f"""
    WITH RECURSIVE {WAYS.format(project="%s")}, queries AS MATERIALIZED (
        SELECT folded, languages, websearch_to_tsquery(configuration, factcheck_searchable(%s, folded)) AS query
        FROM indexed
    )
    SELECT a.id FROM queries q CROSS JOIN LATERAL (
        SELECT id, language, folded FROM annotations_article
        WHERE search @@ q.query AND ARRAY[project_id] @> ARRAY[%s::bigint] OFFSET 0) a
    WHERE {_AS_INDEXED}
    UNION
    SELECT a.id FROM queries q
"""

LONG_TEXTS: Final = f"""
    JOIN annotations_article a ON a.project_id = %s AND a.length > {SEARCHED} AND {_AS_INDEXED}
    JOIN annotations_sentence s ON s.article_id = a.id AND s.search @@ q.query
"""

ALL_TEXTS: Final = f"""
    CROSS JOIN LATERAL (
        SELECT article_id FROM annotations_sentence
        WHERE search @@ q.query AND ARRAY[project_id] @> ARRAY[%s::bigint] OFFSET 0) s
    JOIN annotations_article a ON a.id = s.article_id AND {_AS_INDEXED}
"""
"""Where a word must not stand, it is a sentence that it must not stand in."""

MATCHING: Final = f"{IN_ARTICLES} {{sentences}}"
"""Ids of articles. One query for each way in which texts are indexed, and `OFFSET 0`, so that the indexes serve it: a
query that is made for each row reads every row, and so does a plan that looks for the way first."""


class ArticleQuerySet(models.QuerySet["Article"]):
    """Reads of articles."""

    def visible_to(self, user: User) -> Self:
        """Articles of the projects that `user` is a member of."""
        return self.filter(project_id__in=list(user.places))

    def current(self) -> Self:
        """Articles that are not archived."""
        return self.filter(archived=False)

    def taking_nothing_new(self) -> Self:
        """Articles that are archived themselves or with their project."""
        return self.filter(models.Q(archived=True) | models.Q(project__archived=True))

    def without_text(self) -> Self:
        """The same articles without their large columns."""
        return self.defer("body", "source", "search")

    def matching(self, words: str, project: Project) -> Self:
        """Articles of the project that hold these words in their metadata or text."""
        key = project.pk
        statement = MATCHING.format(sentences=ALL_TEXTS if re.search(r"(^|\s)-\w", words) else LONG_TEXTS)
        matching: Any = self.extra(  # noqa: S610 - the words are parameters
            where=[f"annotations_article.id = ANY(ARRAY({statement}))"], params=[key, key, words, key, key]
        )
        return cast(Self, matching)

    def waiting_for(self, user: User, *projects: Project) -> Self:
        """What `user` can annotate next: articles begun by them, then those that want annotators."""
        from annotations.models.assignment import Assignment

        annotating = Assignment.objects.filter(article=models.OuterRef("pk"), kind=Assignment.Kind.ANNOTATE)
        mine = annotating.filter(assignee=user)
        count = annotating.order_by().values("article").annotate(n=models.Count("pk")).values("n")
        places = annotating.taking_a_place().order_by().values("article").annotate(n=models.Count("pk")).values("n")
        return (
            self.current()
            .filter(project__in=projects)
            .annotate(
                begun=models.Exists(mine.filter(state=Assignment.State.OPEN)),
                done=models.Exists(mine.filter(state=Assignment.State.SUBMITTED)),
                annotators=models.Case(
                    models.When(
                        project__mode="independent", then=models.functions.Coalesce(models.Subquery(places), 0)
                    ),
                    default=models.functions.Coalesce(models.Subquery(count), 0),
                ),
            )
            .filter(
                models.Q(begun=True) | models.Q(done=False, annotators__lt=models.F("project__annotators_per_article"))
            )
            .order_by("-begun", "created_at", "pk")
        )

    def first_waiting_for(self, user: User, project: Project) -> UUID | None:
        """The first of these articles that waits for `user`, without a look at all of them."""
        from annotations.models.assignment import Assignment

        annotating = Assignment.objects.filter(kind=Assignment.Kind.ANNOTATE)
        begun = annotating.filter(assignee=user, state="open", project=project, article__in=self.current())
        of_article = annotating.filter(article=models.OuterRef("pk")).order_by()
        others = self.current().filter(project=project).exclude(Probed(of_article.filter(assignee=user)))
        counted = of_article.taking_a_place() if project.mode == "independent" else of_article
        count = counted.values("article").annotate(n=models.Count("pk")).values("n")
        wanting = others.annotate(annotators=Coalesce(models.Subquery(count), 0))
        wanting = wanting.filter(annotators__lt=project.annotators_per_article).order_by("created_at", "pk")
        first = Coalesce(
            models.Subquery(begun.order_by("article__created_at", "article").values("article")[:1]),
            models.Subquery(wanting.values("pk")[:1]),
            output_field=models.UUIDField(),
        )
        found: UUID | None = type(project).objects.filter(pk=project.pk).values_list(first, flat=True).get()
        return found


class ArticleManager(models.Manager.from_queryset(ArticleQuerySet)):  # type: ignore[misc]
    """Adds articles."""

    def add(self, project: Project, body: str, *, by: User | None, **metadata: Any) -> Article:
        """A new article with its sentences.

        Raises IntegrityError (`duplicate_article`) where the project already has one with this text.
        """
        with acting(by):
            article: Article = self.create(project=project, body=body, **metadata)
            Sentence.objects.split(article)
        return article


class Article(models.Model):
    """One immutable text. Offsets into `body` are code points; `length` counts them."""

    class Direction(models.TextChoices):
        LTR = "ltr", gettext_lazy("Left to right")
        RTL = "rtl", gettext_lazy("Right to left")
        AUTO = "auto", gettext_lazy("Automatic, by paragraph")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey("annotations.Project", models.PROTECT, related_name="articles")
    title = models.CharField(gettext_lazy("title"), max_length=500)
    title_from_file = models.BooleanField(db_default=False, default=False, editable=False)
    """Whether nobody gave the title: it is the name of a file, and may be that of whoever annotated it."""
    url = models.CharField(
        gettext_lazy("URL"), max_length=2000, null=True, blank=True, validators=[URLValidator(["http", "https"])]
    )
    outlet = models.CharField(gettext_lazy("outlet"), max_length=200, blank=True)
    author = models.CharField(gettext_lazy("author"), max_length=300, null=True, blank=True)
    published_on = models.DateField(gettext_lazy("published on"), null=True, blank=True)
    language = models.CharField(gettext_lazy("language"), max_length=35, blank=True)
    direction = models.CharField(
        gettext_lazy("direction"), max_length=4, choices=Direction.choices, default=Direction.AUTO
    )
    body = models.TextField(gettext_lazy("text"))
    sha256 = models.CharField(gettext_lazy("SHA-256 of the text"), max_length=64, editable=False)
    length = models.PositiveIntegerField(gettext_lazy("length in code points"), editable=False)
    source = models.BinaryField(gettext_lazy("original source"), null=True, editable=False)
    source_sha256 = models.CharField(gettext_lazy("SHA-256 of the source"), max_length=64, null=True, editable=False)
    fetched_from = models.CharField(gettext_lazy("fetched from"), max_length=2000, null=True, editable=False)
    fetched_at = models.DateTimeField(gettext_lazy("fetched"), null=True, editable=False)
    imported_in = models.ForeignKey(
        "annotations.Import", models.SET_NULL, null=True, related_name="made_articles", editable=False
    )
    revises = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="revisions")
    archived = models.BooleanField(gettext_lazy("archived"), default=False)
    created_at = models.DateTimeField(gettext_lazy("added"), db_default=Now(), editable=False)
    search = SearchVectorField(null=True, editable=False)
    folded = models.BooleanField(null=True, editable=False)
    """Whether the text and its sentences are indexed without diacritics; null where they were never composed. While a
    project's articles are indexed anew, each is searched as it is indexed."""
    external_id = models.CharField(
        gettext_lazy("external id"), max_length=LONGEST_EXTERNAL_ID, null=True, editable=False
    )
    """The id that an imported table gave it, by which later tables name it."""

    objects: ClassVar[ArticleManager] = ArticleManager()

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "sha256"], name=DUPLICATE_ARTICLE.name),
            models.UniqueConstraint(
                fields=["project", "external_id"],
                condition=models.Q(external_id__isnull=False),
                name="article_external_id",
            ),
            models.CheckConstraint(condition=~models.Q(external_id=""), name="article_external_id_not_empty"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # The lists show current articles or archived ones, by each of their filters and in each of their orders.
            models.Index(fields=["project", "created_at", "id"], name="article_in_project"),
            models.Index(fields=["project", "archived", "created_at", "id"], name="article_current"),
            models.Index(fields=["project", "archived", "outlet", "created_at", "id"], name="article_by_outlet"),
            models.Index(fields=["project", "archived", "language", "created_at", "id"], name="article_by_language"),
            models.Index(fields=["project", "archived", "published_on"], name="article_of_days"),
            models.Index("project", "archived", PUBLISHED, "id", name="article_by_day"),
            models.Index("project", "archived", Lower("title"), "id", name="article_by_title"),
            models.Index("project", "archived", Lower("outlet"), Lower("title"), "id", name="article_by_outlet_title"),
            # Which outlets there are is found from one to the next.
            models.Index("project", Lower("outlet"), "outlet", name="article_outlets"),
            GinIndex("search", ArrayOf("project"), name="article_search"),
            models.Index("project", "language", Coalesce("folded", False), name="article_ways"),
            models.Index(fields=["project"], condition=models.Q(length__gt=SEARCHED), name="article_long"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="body_is_fixed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                    IF TG_OP = 'UPDATE' AND (NEW.body, NEW.project_id, NEW.source, NEW.sha256, NEW.length)
                       IS DISTINCT FROM (OLD.body, OLD.project_id, OLD.source, OLD.sha256, OLD.length)
                    THEN {BODY_IMMUTABLE.refuse()} END IF;
                    IF TG_OP = 'INSERT' THEN
                        NEW.sha256 := encode(sha256(convert_to(NEW.body, 'UTF8')), 'hex');
                        NEW.length := char_length(NEW.body);
                        NEW.source_sha256 := encode(sha256(NEW.source), 'hex');
                        -- FOR SHARE: whoever changes the setting waits for this article, and then indexes it anew.
                        SELECT fold_diacritics INTO NEW.folded FROM annotations_project
                        WHERE id = NEW.project_id FOR SHARE;
                    END IF;
                    NEW.search := to_tsvector(
                        factcheck_text_search(NEW.language),
                        factcheck_searchable(
                            concat_ws(' ', NEW.title, NEW.outlet, NEW.author, left(NEW.body, 200000)),
                            coalesce(NEW.folded, false)));
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="title_is_given",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__title__df=pgtrigger.F("new__title")),
                func="NEW.title_from_file := false; RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="added_to_a_current_project",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    IF EXISTS (SELECT FROM annotations_project p WHERE p.id = NEW.project_id AND p.archived)
                    THEN {ARCHIVED.refuse()} END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="archived_not_deleted",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=f"{ARCHIVE_ONLY.refuse(unless_removal=True)} RETURN OLD;",
            ),
            NEVER_EMPTIED,
            recorded(
                "article",
                project="entry.project_id",
                without=("body", "source", "search", "folded", "title_from_file"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_archived(self) -> bool:
        """Whether nothing new is added to it: it is archived, or its project is."""
        return self.archived or self.project.archived

    def assignments_of(self, user: User) -> list[Assignment]:
        """What `user` took up here or was given: an annotator's pass first, then an adjudication. Read once."""
        known: dict[int, list[Assignment]] = self.__dict__.setdefault("_assignments", {})
        if user.pk not in known:
            known[user.pk] = list(self.assignments.of(user).order_by("-kind"))
            for assignment in known[user.pk]:
                assignment.article, assignment.assignee = self, user
        return known[user.pk]

    def describe(self, *, by: User, **metadata: Any) -> None:
        """Corrects what is known about the text, or archives it. In another language it is indexed anew."""
        reindex = metadata.get("language", self.language) != self.language
        for name, value in metadata.items():
            setattr(self, name, value)
        with acting(by):
            self.save(update_fields=list(metadata))
            if reindex:
                self.sentences.all().delete()
                Sentence.objects.split(self)


class SentenceManager(models.Manager["Sentence"]):
    """Splits articles into sentences and indexes them for search."""

    def split(self, article: Article) -> None:
        """Stores the sentences of a new article, in one statement."""
        ranges = sentence_ranges(article.body)
        with connection.cursor() as cursor:
            cursor.execute(
                'INSERT INTO annotations_sentence (article_id, start, "end", search) '
                "SELECT article.id, s, e, to_tsvector(factcheck_text_search(article.language), "
                "factcheck_searchable(words, coalesce(article.folded, false))) "
                "FROM unnest(%s::int[], %s::int[], %s::text[]) AS piece(s, e, words), annotations_article article "
                "WHERE article.id = %s",
                [
                    [start for start, _ in ranges],
                    [end for _, end in ranges],
                    [article.body[start:end] for start, end in ranges],
                    article.pk,
                ],
            )

    def index(self, article: Article) -> None:
        """Indexes the sentences of an article anew, in one statement."""
        ranges = list(self.filter(article=article).values_list("start", "end"))
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE annotations_sentence sentence "
                "SET search = to_tsvector(factcheck_text_search(article.language), "
                "factcheck_searchable(words, coalesce(article.folded, false))) "
                "FROM unnest(%s::int[], %s::text[]) AS piece(s, words), annotations_article article "
                "WHERE article.id = %s AND sentence.article_id = article.id AND sentence.start = s",
                [[start for start, _ in ranges], [article.body[start:end] for start, end in ranges], article.pk],
            )


class Sentence(models.Model):
    """One sentence of an article, by code points."""

    article = models.ForeignKey("annotations.Article", models.CASCADE, related_name="sentences", db_index=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    search = SearchVectorField(null=True)
    project = ParentByDatabase("annotations.Project", **FROM_PARENT)

    objects: ClassVar[SentenceManager] = SentenceManager()

    class Meta:
        ordering: ClassVar[list[str]] = ["article", "start"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["article", "start"], name="sentence_once")
        ]
        indexes: ClassVar[list[models.Index]] = [GinIndex("search", ArrayOf("project"), name="sentence_search")]
        triggers: ClassVar[list[Any]] = [
            sets_lookup_columns(
                "NEW.project_id := (SELECT a.project_id FROM annotations_article a WHERE a.id = NEW.article_id);"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.start}–{self.end}"
