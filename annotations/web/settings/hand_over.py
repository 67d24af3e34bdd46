"""Handing over somebody's drafts and returned verdicts to another annotator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.models import Project, Role, User
from annotations.operations.hand_over import HandedOver, hand_over, unfinished_work
from annotations.permissions import Action
from annotations.rules import RuleBroken
from annotations.web.page import PageRequest, project_page, show
from annotations.web.text.isolation import isolated
from annotations.web.wording import counted, thousands


@project_page("GET", "POST", may=Action.MANAGE)
def hand_over_page(request: PageRequest, project: Project) -> HttpResponse:
    """A form that says whose verdicts to hand over to whom; what can't be handed over is listed with the reason."""
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
                text = ngettext(
                    "%(number)s verdict handed over to %(person)s.",
                    "%(number)s verdicts handed over to %(person)s.",
                    len(done.moved),
                )
                named = {"number": thousands(len(done.moved)), "person": isolated(str(receiver))}
                messages.success(request, text % named)
            if not done.left and not done.more:
                if not done.moved:
                    messages.info(request, _("%(person)s has nothing to hand over.") % {"person": isolated(str(giver))})
                return redirect("members", project.slug)
            form = HandOverForm(None, project=project, initial={"from": giver.pk})
    status = 400 if form.errors else 200
    return show(request, "settings/hand_over.html", project, "members", status, form=form, done=done)


def held_in_words(drafts: int, returned: int) -> str:
    """Somebody's unfinished work, in words: ``2 drafts, 1 returned verdict``."""
    found = {"draft": drafts, "returned verdict": returned}
    return ", ".join(counted(count, thing) for thing, count in found.items() if count)


class HandOverForm(forms.Form):
    """From whom (everybody with unfinished work) and to whom (the annotators)."""

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
        choose = [("", _("Choose…"))]
        self.fields["from"] = _person(_("From"), _("Choose whose work to hand over."), choose + names["from"])
        self.fields["to"] = _person(_("To"), _("Choose an annotator."), choose + names["to"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.people = {name: self.known[name][key] for name, key in values.items()}
        if len(self.people) == 2 and self.people["from"] == self.people["to"]:
            self.add_error("to", _("Choose a different person."))
        return values


def _person(label: str, needed: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    errors = {"required": needed, "invalid_choice": needed}
    return forms.ChoiceField(label=label, choices=choices, error_messages=errors)


def _by_id(people: Any) -> dict[str, User]:
    return {str(who.pk): who for who in people.order_by("name", "email")}
