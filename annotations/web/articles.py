"""The articles of a project, the details of one, and the workbench with its text; the API gives it the rest."""

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
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Article, Assignment, Comment, Project, Span, User
from annotations.models.article import PUBLISHED
from annotations.models.base.lookup_columns import Probed
from annotations.paging import page_of
from annotations.permissions import Action
from annotations.web.lists.filters import ListFilters
from annotations.web.lists.values import ANNOTATOR, LANGUAGE, OUTLET, SERIAL
from annotations.web.page import PageRequest, allow, page, project_page, show
from annotations.web.text.isolation import isolated
from annotations.web.text.paragraphs import paragraphs

FIRST_SCREENS: Final = 5_000
"""Code points: more than a screen shows."""
MOST_FIRST_SPANS: Final = 1_000
LANGUAGE_TAG: Final = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z"
SORTS: Final = {
    "newest": (gettext_lazy("Newest"), ["-created_at", "-id"]),
    "oldest": (gettext_lazy("Oldest"), ["created_at", "id"]),
    "published": (gettext_lazy("Recently published"), ["-published", "-id"]),
    "title": (gettext_lazy("Title"), ["sort_title", "id"]),
    "outlet": (gettext_lazy("Outlet"), ["sort_outlet", "sort_title", "id"]),
}
STATES: Final = {
    "": gettext_lazy("All"),
    "new": gettext_lazy("Not started"),
    "open": gettext_lazy("In progress"),
    "submitted": gettext_lazy("Submitted"),
    "archived": gettext_lazy("Archived"),
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
    """Edits the metadata of an article, reopens or archives it. The text itself can't be edited."""
    article = get_object_or_404(Article.objects.visible_to(request.user).select_related("project"), pk=article_id)
    allow(request.user, Action.MANAGE, article)
    form = ArticleForm(request.POST or None, initial=model_to_dict(article, ArticleForm.Meta.fields))
    passes = article.assignments.select_related("assignee").order_by("pk")
    if request.method == "POST" and "reopen" in request.POST:
        wanted = request.POST["reopen"]
        reopened = get_object_or_404(passes, pk=int(wanted) if SERIAL.fullmatch(wanted) else 0)
        reopened.reopen(by=request.user)
        messages.success(
            request, _("%(person)s can work on this article again.") % {"person": isolated(str(reopened.assignee))}
        )
        return redirect("article-details", article.pk)
    if request.method == "POST" and "archived" in request.POST:
        article.describe(by=request.user, archived=request.POST["archived"] == "yes")
        messages.success(request, _("Article archived.") if article.archived else _("Article restored."))
        return redirect("article-details", article.pk)
    if request.method == "POST" and form.is_valid():
        article.describe(by=request.user, **{name: form.cleaned_data[name] for name in form.changed_data})
        messages.success(request, _("Saved."))
        return redirect("article-details", article.pk)
    return show(
        request, "articles/details.html", article.project, "articles", 400 if form.errors else 200,
        article=article, form=form, passed=passes.count(),
        passes=page_of(passes, ["id"], request.GET, name="annotators"),
    )  # fmt: skip


class ArticleFilters(ListFilters):
    """What the list can be narrowed to."""

    page = "articles"
    q = forms.CharField(label=gettext_lazy("Search in titles and texts"), required=False, max_length=300)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=list(STATES.items()))
    outlet = forms.ChoiceField(label=gettext_lazy("Outlet"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    annotator = forms.ChoiceField(label=gettext_lazy("Annotator"), required=False)
    published_after = forms.DateField(label=gettext_lazy("Published from"), required=False)
    published_before = forms.DateField(label=gettext_lazy("Published until"), required=False)
    sort = forms.ChoiceField(
        label=gettext_lazy("Sort by"),
        required=False,
        choices=[(key, words) for key, (words, _columns) in SORTS.items()],
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, values in (("outlet", OUTLET), ("language", LANGUAGE), ("annotator", ANNOTATOR)):
            self.offer_first(name, values, project)
        for name in ("published_after", "published_before"):
            self.fields[name].widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        self.fields["q"].widget = forms.TextInput({"type": "search"})


class ArticleForm(forms.ModelForm[Article]):
    """The details of an article."""

    language = forms.RegexField(
        LANGUAGE_TAG,
        label=gettext_lazy("Language"),
        required=False,
        max_length=35,
        help_text=gettext_lazy("A code such as en, de, ar or pt-BR. Search depends on it."),
        error_messages={"invalid": gettext_lazy("Enter a language code such as en, de or pt-BR, or leave it empty.")},
    )

    class Meta:
        model = Article
        fields: ClassVar[list[str]] = ["title", "outlet", "author", "published_on", "url", "language", "direction"]
        labels: ClassVar[dict[str, Any]] = {"url": gettext_lazy("URL"), "direction": gettext_lazy("Text direction")}
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "published_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "title": forms.TextInput({"maxlength": 500}),
        }
        error_messages: ClassVar[dict[str, Any]] = {
            "title": {"required": gettext_lazy("Enter a title.")},
            "published_on": {"invalid": gettext_lazy("Enter the publication date as YYYY-MM-DD, or leave it empty.")},
            "url": {
                "invalid": gettext_lazy(
                    "Enter the complete URL, beginning with http:// or https://, or leave it empty."
                )
            },
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
    """The rows with each article's assignments, and the number of spans and open threads that `user` may see."""
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
    """The article to read and to annotate."""
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
    """The spans on the first screens, painted together with the text: label, nest level and fragments."""
    spans = Span.objects.visible_to(user).filter(article=article, start__lt=FIRST_SCREENS).in_reading_order()
    marks = []
    ends: list[int] = []
    for label, start, end, fragments in spans.values_list("label", "start", "end", "fragments")[:MOST_FIRST_SPANS]:
        # The smallest level without a span that reaches this far, as in span-index.js.
        level = next((number for number, reached in enumerate(ends) if reached <= start), len(ends))
        ends[level : level + 1] = [end]
        marks.append((label, level, fragments))
    return marks
