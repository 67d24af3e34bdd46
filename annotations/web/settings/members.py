"""The members of a project and their roles."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.jobs.invitations import invite
from annotations.models import Invitation, Project, Role, User, acting
from annotations.operations.hand_over import unfinished_work
from annotations.paging import page_of
from annotations.permissions import Action
from annotations.rules import LAST_MANAGER, RuleBroken, broken_rule
from annotations.vocabulary import ROLE_MEANINGS, role_names
from annotations.web.page import PageRequest, project_page, show
from annotations.web.settings.hand_over import held_in_words
from annotations.web.text.isolation import isolated


@project_page("GET", "POST", may=Action.MANAGE)
def members(request: PageRequest, project: Project) -> HttpResponse:
    """All members with their roles, the open invitations, and a form to invite somebody."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = invite(project, by=request.user, **form.cleaned_data)
        except (IntegrityError, RuleBroken) as error:
            rule = error.rule if isinstance(error, RuleBroken) else broken_rule(error)
            if rule is None:
                raise
            form.add_error("email", rule.message)
        else:
            if isinstance(added, Invitation):
                text = _("%(email)s is invited by email, and becomes a member after accepting.")
                messages.success(request, text % {"email": isolated(added.email)})
            else:
                person = isolated(added.user.name or added.user.email)
                messages.success(request, _("%(person)s is now a member.") % {"person": person})
            return redirect("members", project.slug)
    found = page_of(project.memberships.select_related("user"), ["user__name", "user__email", "id"], request.GET)
    held = {person: held_in_words(*counts) for person, counts in unfinished_work(project).items()}
    former = User.objects.filter(pk__in=held).exclude(memberships__project=project)
    left = page_of(former, ["name", "email", "id"], request.GET, name="former")
    return show(
        request, "settings/members.html", project, "members", 400 if form.errors else 200,
        form=form, found=found, invitations=project.invitations.waiting().order_by("-id"),
        people=[(membership, held.get(membership.user_id)) for membership in found.rows],
        former=[(person, held[person.pk]) for person in left.rows], left=left, left_count=former.count(),
        roles=[(role, ROLE_MEANINGS[role]) for role in Role],
    )  # fmt: skip


@project_page("POST", may=Action.MANAGE)
def member(request: PageRequest, project: Project, membership_id: int) -> HttpResponse:
    """Changes somebody's roles, or removes them from the project."""
    found = get_object_or_404(project.memberships.select_related("user"), pk=membership_id)
    name, removes = isolated(str(found.user)), request.POST.get("do") == "remove"
    try:
        with acting(request.user):
            if removes:
                found.delete()
            else:
                found.roles = [role for role in Role.values if role in request.POST.getlist("roles")]
                found.save(update_fields=["roles"])
    except IntegrityError as error:
        rule = broken_rule(error)
        if rule is None:
            raise
        text = _("%(person)s: %(problem)s")
        if rule is LAST_MANAGER:
            text = _("%(person)s: %(problem)s Make somebody else a manager first.")
        messages.error(request, text % {"person": name, "problem": rule.message})
    else:
        text = _("Roles of %(person)s saved: %(roles)s.")
        if removes:
            text = _("%(person)s is no longer a member. Their annotations are kept.")
            if found.user_id in unfinished_work(project):
                text = _(
                    "%(person)s is no longer a member. Their annotations are kept. Hand over their drafts and returned "
                    "verdicts under Former members."
                )
        messages.success(request, text % {"person": name, "roles": role_names(found.roles)})
    left = found.user == request.user and removes and found.pk is None
    return redirect("work") if left else redirect("members", project.slug)


@project_page("POST", may=Action.MANAGE)
def withdraw(request: PageRequest, project: Project, invitation_id: int) -> HttpResponse:
    """Withdraws an invitation."""
    found = get_object_or_404(project.invitations, pk=invitation_id)
    try:
        found.withdraw(by=request.user)
    except RuleBroken as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, _("Invitation of %(email)s withdrawn.") % {"email": isolated(found.email)})
    return redirect("members", project.slug)


class InviteForm(forms.Form):
    """Somebody to invite, by email."""

    email = forms.EmailField(
        label=gettext_lazy("Email"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Enter the email of the person to invite."),
            "invalid": gettext_lazy("Enter a complete email address, such as name@example.org."),
        },
    )
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"),
        choices=[(role, format_lazy("{}: {}", role.label, ROLE_MEANINGS[role])) for role in Role],
        widget=forms.CheckboxSelectMultiple,
        initial=[Role.ANNOTATOR],
        error_messages={"required": gettext_lazy("Choose at least one role.")},
    )
