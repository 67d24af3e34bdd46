"""The settings of a project: general, label fields, verdict scale, archive."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.jobs.indexing import save_settings
from annotations.models import Project, acting
from annotations.permissions import Action
from annotations.project_settings import COLOURS, complaints_about_label_fields, complaints_about_scale
from annotations.rules import broken_rule
from annotations.vocabulary import FIELD_KINDS, LABELS, Label
from annotations.web.page import PageRequest, project_page, show
from annotations.web.settings.editors import Complaints, by_place, choices_text, fields_from, scale_from

BLANK_ROWS: Final = 1
NEEDS_WORDS: Final = {
    "": gettext_lazy("None"),
    "corroborating": gettext_lazy("Corroborating evidence"),
    "contradicting": gettext_lazy("Contradicting evidence"),
    "both": gettext_lazy("Both"),
}
COLOUR_NAMES: Final = {
    "green": gettext_lazy("Green"),
    "red": gettext_lazy("Red"),
    "grey": gettext_lazy("Grey"),
    "amber": gettext_lazy("Amber"),
    "blue": gettext_lazy("Blue"),
}
KIND_WORDS: Final = {kind: about.words for kind, about in FIELD_KINDS.items()}


@project_page("GET", "POST", may=Action.MANAGE)
def general(request: PageRequest, project: Project) -> HttpResponse:
    """Name, mode, and how many annotate each article."""
    form = GeneralForm(request.POST or None, instance=project)
    if request.method == "POST" and form.is_valid():
        return _saved(request, project, "settings", form.changed_data)
    return show(
        request, "settings/settings.html", project, "settings", 400 if form.errors else 200, form=form, part="general"
    )


class GeneralForm(forms.ModelForm[Project]):
    """The settings that are one value each."""

    class Meta:
        model = Project
        fields: ClassVar[list[str]] = ["name", "mode", "annotators_per_article", "fold_diacritics"]
        error_messages: ClassVar[dict[str, Any]] = {
            "name": {"required": gettext_lazy("Enter a name for the project.")},
            "annotators_per_article": {
                "required": gettext_lazy("Enter the number of people who annotate each article."),
                "invalid": gettext_lazy("Enter a whole number from 1 to 100."),
            },
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "mode": gettext_lazy(
                "You can change the mode at any time; it takes effect immediately. In an independent project, the "
                "spans of a submitted article are locked, and after two annotators have submitted it, only a manager "
                "can reopen it."
            ),
            "annotators_per_article": gettext_lazy(
                "Number of people who annotate each article. In an independent project, nobody else can start an "
                "article after this number is reached; those who have started can continue. Imported work doesn't "
                "count."
            ),
            "fold_diacritics": gettext_lazy(
                "“Zurich” also finds “Zürich”. After a change, the articles are indexed again in the background. Until "
                "then, search uses the previous index."
            ),
        }


@project_page("GET", "POST", may=Action.MANAGE)
def label_fields(request: PageRequest, project: Project) -> HttpResponse:
    """The fields of each label."""
    fields: dict[str, list[dict[str, Any]]] = project.label_fields
    complaints: Complaints = {}
    if request.method == "POST" and not any(f"{label}-row" in request.POST for label in LABELS):
        complaints = {"": [_("The form was incomplete, so nothing was saved. Reload the page and try again.")]}
    elif request.method == "POST":
        fields = fields_from(request.POST)
        complaints = by_place(complaints_about_label_fields(fields)) or _keep(request, project, label_fields=fields)
        if not complaints:
            return redirect("settings-fields", project.slug)
    return show(
        request, "settings/label_fields.html", project, "settings", 400 if complaints else 200,
        part="fields", kinds=KIND_WORDS.items(), wrong=complaints.get("", []),
        editors=[(label, label.label, _field_rows(label, fields.get(label, []), complaints)) for label in Label],
    )  # fmt: skip


@project_page("GET", "POST", may=Action.MANAGE)
def scale(request: PageRequest, project: Project) -> HttpResponse:
    """The ratings that a verdict may give, in their order."""
    ratings: list[dict[str, Any]] = project.scale
    complaints: Complaints = {}
    if request.method == "POST":
        ratings = scale_from(request.POST)
        complaints = by_place(complaints_about_scale(ratings)) or _keep(request, project, scale=ratings)
        if not complaints:
            return redirect("settings-scale", project.slug)
    blank = {"key": "", "name": "", "meaning": "", "needs": "", "value": None, "colour": "grey", "new": True}
    rows = [
        {**rating, "number": number, "wrong": _wrong(complaints, f"{number}")}
        for number, rating in enumerate([*ratings, *[blank] * BLANK_ROWS])
    ]
    return show(
        request, "settings/scale.html", project, "settings", 400 if complaints else 200,
        part="scale", rows=rows, needs=NEEDS_WORDS.items(),
        colours=[(colour, COLOUR_NAMES[colour]) for colour in COLOURS], wrong=complaints.get("", []),
    )  # fmt: skip


@project_page("GET", "POST", may=Action.MANAGE)
def archive(request: PageRequest, project: Project) -> HttpResponse:
    """Archives the project, or restores it."""
    if request.method == "POST":
        project.archived = request.POST.get("archived") == "yes"
        return _saved(request, project, "settings-archive", ["archived"])
    return show(request, "settings/archive.html", project, "settings", part="archive")


def _saved(request: PageRequest, project: Project, place: str, fields: list[str]) -> HttpResponse:
    save_settings(project, fields, by=request.user)
    messages.success(request, _("Saved."))
    return redirect(place, project.slug)


def _keep(request: PageRequest, project: Project, **values: Any) -> Complaints:
    """Stores label fields or a scale; returns the rule that forbids it, if one does."""
    before = {name: getattr(project, name) for name in values}
    try:
        for name, value in values.items():
            setattr(project, name, value)
        with acting(request.user):
            project.save(update_fields=list(values))
    except IntegrityError as error:
        rule = broken_rule(error)
        if rule is None:
            raise
        for name, value in before.items():
            setattr(project, name, value)
        return {"": [rule.message]}
    messages.success(request, _("Saved."))
    return {}


def _field_rows(label: str, fields: list[dict[str, Any]], complaints: Complaints) -> list[dict[str, Any]]:
    blank = {"key": "", "name": "", "kind": "text", "new": True}
    return [
        {
            **field,
            "number": number,
            "choices": choices_text(field.get("choices", [])),
            "wrong": _wrong(complaints, f"{label}.{number}"),
        }
        for number, field in enumerate([*fields, *[blank] * BLANK_ROWS])
    ]


def _wrong(complaints: Complaints, row: str) -> list[str]:
    """What is wrong in a row."""
    return [
        words for place, said in complaints.items() if place == row or place.startswith(f"{row}.") for words in said
    ]
