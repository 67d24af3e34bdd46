"""My work: what there is to do for the person who signed in, in each project; and the page for a new project."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Article, Invitation, Project, Span, User, Verdict
from annotations.permissions import Action, can, may_start_projects
from annotations.web.page import PageRequest, page, show
from annotations.web.work.inbox import inbox_of

MOST_INVITATIONS = 20
SHOWN = 4
"""How many of each kind a desk shows; the rest is behind a link."""
MOST_RETURNED = 50
"""How many returned verdicts it shows."""


@dataclass(slots=True)
class Desk:
    """What there is to do for one person in one project. Lists are cut to what is shown; the numbers count all."""

    project: Project
    annotates: bool
    reviews: bool
    articles: list[Article] = field(default_factory=list)
    returned: list[Verdict] = field(default_factory=list)
    handed: list[Verdict] = field(default_factory=list)
    to_review: list[Verdict] = field(default_factory=list)

    @property
    def articles_waiting(self) -> int:
        return _counted(self.articles)

    @property
    def returned_waiting(self) -> int:
        return _counted(self.returned)

    @property
    def handed_waiting(self) -> int:
        return _counted(self.handed)

    @property
    def reviews_waiting(self) -> int:
        return _counted(self.to_review)


@page()
def work(request: PageRequest) -> HttpResponse:
    """The invitations, the inbox and the desks of the person, and the span they last worked on."""
    user = request.user
    inbox = inbox_of(user, request.GET)
    # The next ones follow once these are answered.
    invited = Invitation.objects.addressed_to(user).waiting().order_by("-id")[:MOST_INVITATIONS]
    desks, stopped = desks_of(user), last_span(user)
    return show(request, "work/work.html", desks=desks, stopped=stopped, inbox=inbox, invitations=invited)


@page("GET", "POST")
def new_project(request: PageRequest) -> HttpResponse:
    """A form that creates a project, for those who may; whoever sends it becomes its manager."""
    if not may_start_projects(request.user):
        raise PermissionDenied(_("You can't create projects. Ask an administrator of this site for permission."))
    form = NewProjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        project = Project.objects.start(by=request.user, **form.cleaned_data)
        return redirect("dashboard", project.slug)
    return show(request, "work/new_project.html", form=form, status=400 if form.errors else 200)


class NewProjectForm(forms.ModelForm[Project]):
    """What a new project needs; the rest is in its settings."""

    slug = forms.RegexField(
        r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z",
        label=gettext_lazy("URL name"),
        required=False,
        max_length=60,
        help_text=gettext_lazy(
            "The part of the project's URL that names it, such as raqqa-2017. It can't be changed later. Leave it "
            "empty to generate it from the name."
        ),
        error_messages={
            "invalid": gettext_lazy(
                "Use lower-case letters and digits with single hyphens between them, such as raqqa-2017."
            ),
            "unique": gettext_lazy("That URL name is taken. Choose a different one."),
        },
    )

    class Meta:
        model = Project
        fields: ClassVar[list[str]] = ["name", "slug", "mode"]
        error_messages: ClassVar[dict[str, Any]] = {
            "name": {"required": gettext_lazy("Enter a name for the project.")},
        }

    def clean_slug(self) -> str:
        """The URL name, generated from the name where none was entered."""
        name = self.cleaned_data.get("name", "").replace("_", " ")
        slug = self.cleaned_data["slug"] or slugify(name)[:60].strip("-")
        if not slug and self.cleaned_data.get("name"):
            raise forms.ValidationError(
                _("No URL name can be generated from this name. Enter one, such as raqqa-2017."), "required"
            )
        return str(slug)


def desks_of(user: User) -> list[Desk]:
    """The desks in the person's projects, in a number of queries that does not grow with them."""
    desks = {
        place.project_id: Desk(
            place.project,
            annotates=can(user, Action.ANNOTATE, place.project),
            reviews=can(user, Action.REVIEW, place.project),
        )
        for place in user.places.values()
        if not place.project.archived
    }
    annotated = [desk.project for desk in desks.values() if desk.annotates]
    reviewed = [desk.project for desk in desks.values() if desk.reviews]
    for article in _first_of_each(
        Article.objects.waiting_for(user, *annotated).without_text(), "project", ["-begun", "created_at", "pk"]
    ):
        desks[article.project_id].articles.append(article)
    verdicts = Verdict.objects.visible_to(user).select_related("claim__article", "author")
    returned = verdicts.returned_to(user).in_projects(annotated).with_last_review().order_by()
    for verdict in _first_of_each(returned, "project", ["-updated_at", "pk"], MOST_RETURNED):
        desks[verdict.project_id].returned.append(verdict)
    drafts = verdicts.handed_to(user).in_projects(annotated).order_by()
    for verdict in _first_of_each(drafts, "project", ["-updated_at", "pk"]):
        desks[verdict.project_id].handed.append(verdict)
    queue = verdicts.awaiting_review().for_reviewer(user).in_projects(reviewed)
    for verdict in _first_of_each(queue, "project", ["submitted_at", "pk"]):
        desks[verdict.project_id].to_review.append(verdict)
    return sorted(desks.values(), key=lambda desk: desk.project.name.casefold())


def last_span(user: User) -> Span | None:
    """The span that the person last added or changed, if they may still read it."""
    spans = Span.objects.visible_to(user).filter(assignment__assignee=user, article__archived=False)
    found: Span | None = spans.select_related("article__project").defer("article__body").order_by("-updated_at").first()
    return found


def _first_of_each(rows: Any, partition: str, order: list[str], most: int = SHOWN) -> list[Any]:
    """The first rows of each project, each with `waiting`, the number of all of them there."""
    ordered = [F(name[1:]).desc() if name.startswith("-") else F(name).asc() for name in order]
    return list(
        rows.annotate(
            place=Window(RowNumber(), partition_by=partition, order_by=ordered),
            waiting=Window(Count("pk"), partition_by=partition),
        ).filter(place__lte=most)
    )


def _counted(rows: list[Any]) -> int:
    return rows[0].waiting if rows else 0
