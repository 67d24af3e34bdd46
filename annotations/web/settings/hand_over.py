"""Handing over somebody's drafts and returned verdicts to another annotator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from annotations.models import Project, Role, User
from annotations.operations.hand_over import HandedOver, hand_over, unfinished_work
from annotations.permissions import Action
from annotations.rules import RuleBroken
from annotations.web.page import PageRequest, project_page, show
from annotations.web.text.isolation import isolated
from annotations.web.wording import counted


@project_page("GET", "POST", may=Action.MANAGE)
def hand_over_page(request: PageRequest, project: Project) -> HttpResponse:
    """A form that says whose verdicts go to whom; what cannot go is listed with the reason."""
    sent = request.POST if request.method == "POST" else None
    form = HandOverForm(sent, project=project, initial={"from": request.GET.get("from", "")})
    done: HandedOver | None = None
    if form.is_valid():
        giver, receiver = form.people["from"], form.people["to"]
        try:
            done = hand_over(project, giver=giver, receiver=receiver, by=request.user)
        except RuleBroken as error:
            form.add_error("to", error.detail)
        else:
            if done.moved:
                moved = counted(len(done.moved), "verdict")
                messages.success(request, f"{moved} handed over to {isolated(str(receiver))}.")
            if not done.left and not done.more:
                if not done.moved:
                    messages.info(request, f"{isolated(str(giver))} holds nothing that can be handed over.")
                return redirect("members", project.slug)
            form = HandOverForm(None, project=project, initial={"from": giver.pk})
    status = 400 if form.errors else 200
    return show(request, "settings/hand_over.html", project, "members", status, form=form, done=done)


def held_in_words(drafts: int, returned: int) -> str:
    """What somebody holds, in words: ``2 drafts, 1 returned verdict``."""
    found = {"draft": drafts, "returned verdict": returned}
    return ", ".join(counted(count, thing) for thing, count in found.items() if count)


class HandOverForm(forms.Form):
    """From whom, of those who hold something, and to whom, of the annotators."""

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = unfinished_work(project)
        self.people: dict[str, User] = {}
        self.known: dict[str, dict[str, User]] = {
            "from": _by_id(User.objects.filter(pk__in=held)),
            "to": _by_id(
                User.objects.filter(
                    is_active=True, memberships__project=project, memberships__roles__contains=[Role.ANNOTATOR]
                )
            ),
        }
        self.nobody = not held
        names = {
            "from": [
                (key, f"{who.name or who.email} ({held_in_words(*held[who.pk])})")
                for key, who in self.known["from"].items()
            ],
            "to": [(key, f"{who} ({who.email})") for key, who in self.known["to"].items()],
        }
        choose = [("", "Choose…")]
        self.fields["from"] = _person("From", "Choose whose work to hand over.", choose + names["from"])
        self.fields["to"] = _person("To", "Choose an annotator.", choose + names["to"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.people = {name: self.known[name][key] for name, key in values.items()}
        if len(self.people) == 2 and self.people["from"] == self.people["to"]:
            self.add_error("to", "Choose somebody else than the person who holds the work now.")
        return values


def _person(label: str, needed: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    errors = {"required": needed, "invalid_choice": needed}
    return forms.ChoiceField(label=label, choices=choices, error_messages=errors)


def _by_id(people: Any) -> dict[str, User]:
    return {str(who.pk): who for who in people.order_by("name", "email")}
