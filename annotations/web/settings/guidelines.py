"""The guidelines of a project."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Event, Project, acting
from annotations.permissions import Action
from annotations.web.page import PageRequest, project_page, show
from annotations.web.text.guidelines import rendered


@project_page()
def guidelines(request: PageRequest, project: Project) -> HttpResponse:
    """The guidelines to read, and when they last changed."""
    edits = Event.objects.of(project.pk, "project", project.pk).filter(what=Event.What.UPDATED)
    edits = edits.filter(after__guidelines=project.guidelines).exclude(before__guidelines=project.guidelines)
    return show(
        request,
        "settings/guidelines.html",
        project,
        "guidelines",
        html=rendered(project.guidelines),
        markdown=project.guidelines,
        changed=edits.first(),
    )


@project_page("GET", "POST", may=Action.MANAGE)
def edit(request: PageRequest, project: Project) -> HttpResponse:
    """The guidelines to write, with a preview."""
    form = GuidelinesForm(request.POST or None, initial={"guidelines": project.guidelines})
    if request.method == "POST" and form.is_valid() and request.POST.get("step") != "preview":
        project.guidelines = form.cleaned_data["guidelines"]
        with acting(request.user):
            project.save(update_fields=["guidelines"])
        messages.success(request, _("Guidelines saved."))
        return redirect("guidelines", project.slug)
    shown = form.cleaned_data.get("guidelines", "") if form.is_bound and form.is_valid() else project.guidelines
    return show(
        request, "settings/guidelines_edit.html", project, "guidelines", 400 if form.errors else 200,
        form=form, html=rendered(shown), markdown=shown,
    )  # fmt: skip


class GuidelinesForm(forms.Form):
    """The guidelines as Markdown."""

    guidelines = forms.CharField(
        label=gettext_lazy("Guidelines"),
        required=False,
        strip=False,
        max_length=200_000,
        widget=forms.Textarea({"rows": 28, "dir": "auto"}),
        error_messages={"max_length": gettext_lazy("Guidelines can have up to 200,000 characters.")},
    )

    def clean_guidelines(self) -> str:
        return str(self.cleaned_data["guidelines"]).replace("\r\n", "\n")
