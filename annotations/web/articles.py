"""The articles of a project, what is known about one, and the workbench with its text: the rest it asks of the API."""

from __future__ import annotations

from typing import Any, ClassVar, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from annotations.models import Article, Assignment, Comment, Project, Span, User
from annotations.models.article import PUBLISHED
from annotations.models.base.lookup_columns import Probed
from annotations.paging import page_of
from annotations.permissions import Action
from annotations.web.lists.filters import ListFilters
from annotations.web.lists.values import ANNOTATOR, LANGUAGE, OUTLET, SERIAL
from annotations.web.page import PageRequest, allow, page, project_page, show
from annotations.web.text.paragraphs import paragraphs

FIRST_SCREENS: Final = 5_000
"""Code points: more than any screen shows."""
MOST_FIRST_SPANS: Final = 1_000
LANGUAGE_TAG: Final = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z"
SORTS: Final = {
    "newest": ("Added last", ["-created_at", "-id"]),
    "oldest": ("Added first", ["created_at", "id"]),
    "published": ("Published last", ["-published", "-id"]),
    "title": ("Title", ["sort_title", "id"]),
    "outlet": ("Outlet", ["sort_outlet", "sort_title", "id"]),
}
STATES: Final = {
    "": "All",
    "new": "Not started",
    "open": "In progress",
    "submitted": "Submitted",
    "archived": "Archived",
}


@project_page()
def articles(request: PageRequest, project: Project) -> HttpResponse:
    """The list, searched, filtered and sorted as the address says."""
    form = ArticleFilters(request.GET, project=project)
    if asked := form.found_for(request):
        return show(request, "layout/options.html", field=asked)
    form.is_valid()
    chosen = SORTS.get(form.cleaned_data.get("sort") or "newest", SORTS["newest"])
    rows = filtered(Article.objects.visible_to(request.user).filter(project=project), form.cleaned_data, project)
    found = page_of(described(rows, request.user), chosen[1], request.GET)
    return show(
        request,
        "articles/listing.html" if request.htmx else "articles/articles.html",
        project,
        "articles",
        form=form,
        found=found,
        filtered=form.narrows,
    )


@page("GET", "POST")
def details(request: PageRequest, article_id: UUID) -> HttpResponse:
    """The metadata of an article, corrected; who annotates it; and its archiving. The text itself never changes."""
    article = get_object_or_404(Article.objects.visible_to(request.user).select_related("project"), pk=article_id)
    allow(request.user, Action.MANAGE, article)
    form = ArticleForm(request.POST or None, initial=model_to_dict(article, ArticleForm.Meta.fields))
    passes = article.assignments.select_related("assignee").order_by("pk")
    if request.method == "POST" and "reopen" in request.POST:
        wanted = request.POST["reopen"]
        reopened = get_object_or_404(passes, pk=int(wanted) if SERIAL.fullmatch(wanted) else 0)
        reopened.reopen(by=request.user)
        messages.success(request, f"{reopened.assignee} can work on this article again.")
        return redirect("article-details", article.pk)
    if request.method == "POST" and "archived" in request.POST:
        article.describe(by=request.user, archived=request.POST["archived"] == "yes")
        messages.success(
            request, "The article is archived." if article.archived else "The article is back in the lists."
        )
        return redirect("article-details", article.pk)
    if request.method == "POST" and form.is_valid():
        article.describe(by=request.user, **{name: form.cleaned_data[name] for name in form.changed_data})
        messages.success(request, "Saved.")
        return redirect("article-details", article.pk)
    return show(
        request, "articles/details.html", article.project, "articles", 400 if form.errors else 200,
        article=article, form=form, passed=passes.count(),
        passes=page_of(passes, ["id"], request.GET, name="annotators"),
    )  # fmt: skip


class ArticleFilters(ListFilters):
    """What the list can be narrowed to."""

    page = "articles"
    q = forms.CharField(label="Search in titles and texts", required=False, max_length=300)
    state = forms.ChoiceField(label="State", required=False, choices=list(STATES.items()))
    outlet = forms.ChoiceField(label="Outlet", required=False)
    language = forms.ChoiceField(label="Language", required=False)
    annotator = forms.ChoiceField(label="Annotator", required=False)
    published_after = forms.DateField(label="From", required=False)
    published_before = forms.DateField(label="Until", required=False)
    sort = forms.ChoiceField(
        label="Sort by", required=False, choices=[(key, words) for key, (words, _) in SORTS.items()]
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, values in (("outlet", OUTLET), ("language", LANGUAGE), ("annotator", ANNOTATOR)):
            self.offer_first(name, values, project)
        for name in ("published_after", "published_before"):
            self.fields[name].widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        self.fields["q"].widget = forms.TextInput({"type": "search"})


class ArticleForm(forms.ModelForm[Article]):
    """What is known about an article."""

    language = forms.RegexField(
        LANGUAGE_TAG,
        required=False,
        max_length=35,
        help_text="As a code: en, de, ar, pt-BR. It decides how search reads the words.",
        error_messages={"invalid": "Give the language as a code such as en, de or pt-BR, or leave it empty."},
    )

    class Meta:
        model = Article
        fields: ClassVar[list[str]] = ["title", "outlet", "author", "published_on", "url", "language", "direction"]
        labels: ClassVar[dict[str, str]] = {"url": "Address", "direction": "Direction of the script"}
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "published_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "title": forms.TextInput({"maxlength": 500}),
        }
        error_messages: ClassVar[dict[str, Any]] = {
            "title": {"required": "Give the article a title."},
            "published_on": {"invalid": "Give the day it was published as YYYY-MM-DD, or leave it empty."},
            "url": {"invalid": "Give the address whole, beginning with http:// or https://, or leave it empty."},
        }


def filtered(rows: QuerySet[Article], wanted: dict[str, Any], project: Project) -> QuerySet[Article]:
    """The rows that the filters leave."""
    passes = Assignment.objects.filter(article=OuterRef("pk"))
    state = wanted.get("state")
    rows = rows.filter(archived=state == "archived")
    if words := wanted.get("q"):
        rows = rows.matching(words, project)  # type: ignore[attr-defined]
    if state == "new":
        rows = rows.filter(~Probed(passes))
    elif state in ("open", "submitted"):
        is_open = Probed(passes.filter(state="open"))
        rows = rows.filter(is_open if state == "open" else Q(Probed(passes)) & ~Q(is_open))
    if person := wanted.get("annotator"):
        rows = rows.filter(Probed(passes.filter(assignee=person)))
    narrow = {
        "outlet": wanted.get("outlet"),
        "language": wanted.get("language"),
        "published_on__gte": wanted.get("published_after"),
        "published_on__lte": wanted.get("published_before"),
    }
    return rows.filter(**{name: value for name, value in narrow.items() if value})


def described(rows: QuerySet[Article], user: User) -> QuerySet[Article]:
    """With who works on each article, how far they are, and how many spans and open threads `user` may read there."""
    spans = Span.objects.visible_to(user).filter(article=OuterRef("pk")).order_by().values("article")
    count = spans.annotate(n=Count("pk"))
    threads = Comment.objects.visible_to(user).open().filter(article=OuterRef("pk")).order_by().values("article")
    found: QuerySet[Article] = (
        rows.without_text()  # type: ignore[attr-defined]
        .annotate(
            spans_seen=Coalesce(Subquery(count.values("n")), 0),
            claims_seen=Coalesce(Subquery(count.filter(label="claim").values("n")), 0),
            open_threads=Coalesce(Subquery(threads.annotate(n=Count("pk")).values("n")), 0),
            published=PUBLISHED,
            sort_title=Lower("title"),
            sort_outlet=Lower("outlet"),
        )
        .prefetch_related("assignments__assignee")
    )
    return found


@page()
def workbench(request: PageRequest, article_id: UUID) -> HttpResponse:
    """The article to read and to mark."""
    articles = Article.objects.visible_to(request.user).select_related("project").defer("source", "search")
    article = get_object_or_404(articles, pk=article_id)
    return show(
        request,
        "workbench.html",
        article.project,
        "articles",
        article=article,
        text=paragraphs(article.body),
        first_spans=first_spans(article, request.user),
    )


def first_spans(article: Article, user: User) -> list[tuple[str, int, list[list[int]]]]:
    """What is marked on the first screens, to be painted with the text: label, nest level and fragments."""
    spans = Span.objects.visible_to(user).filter(article=article, start__lt=FIRST_SCREENS).in_reading_order()
    marks = []
    ends: list[int] = []
    for label, start, end, fragments in spans.values_list("label", "start", "end", "fragments")[:MOST_FIRST_SPANS]:
        # The smallest level that no span has which reaches this far, as span-index.js has it.
        level = next((number for number, reached in enumerate(ends) if reached <= start), len(ends))
        ends[level : level + 1] = [end]
        marks.append((label, level, fragments))
    return marks
