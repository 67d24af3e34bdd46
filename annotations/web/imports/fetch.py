"""Articles by their address: a worker fetches the page, which is kept as an import of one file."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.formats.fetching.page import LIMITS
from annotations.formats.reading.records import Refused
from annotations.jobs.addresses import ask, is_being_fetched
from annotations.models import AddressFetch, Project
from annotations.permissions import Action
from annotations.rules import broken_rule
from annotations.web.imports.start import AddressForm, entered
from annotations.web.imports.status import LONG_WAIT, wait_answer
from annotations.web.page import PageRequest, project_page, show


@project_page("POST", may=Action.MANAGE)
def address(request: PageRequest, project: Project) -> HttpResponse:
    """Has a page fetched, and leads on to where that is waited for."""
    if not settings.FETCHING:
        raise Http404
    if project.archived:
        return entered(request, project, 409)
    form = AddressForm(request.POST)
    if form.is_valid():
        try:
            asked = ask(project, request.user, form.cleaned_data["address"])
        except Refused as error:
            form.add_error("address", error.refusal.detail)
        except IntegrityError as error:
            if (rule := broken_rule(error)) is None:
                raise
            form.add_error("address", rule.message)
        else:
            return redirect("import-fetch", project.slug, asked.pk)
    return entered(request, project, 400, address=form)


@project_page("GET", "POST", may=Action.MANAGE)
def fetching(request: PageRequest, project: Project, fetch_id: UUID) -> HttpResponse:
    """Waits until the page is fetched, then leads on to its preview, or says at the field why there is none."""
    one = _own(request, project, fetch_id)
    if request.method == "POST":
        AddressFetch.objects.filter(pk=one.pk, made=None).delete()
        messages.info(request, _("The URL was discarded. Nothing was kept."))
        return redirect("import", project.slug)
    if one.made_id:
        return redirect("import-one", project.slug, one.made_id)
    if one.refused:
        form = AddressForm({"address": one.address})
        form.add_error("address", one.refused)
        return entered(request, project, address=form)
    return show(
        request, "imports/fetching.html", project, "articles",
        one=one, long=timezone.now() - one.asked_at > LONG_WAIT, limits=LIMITS,
    )  # fmt: skip


@project_page(may=Action.MANAGE)
def fetched(request: PageRequest, project: Project, fetch_id: UUID) -> HttpResponseBase:
    """Answers ``ready`` as soon as it is fetched or refused, and ``waiting`` where that takes longer."""
    return wait_answer(request, _own(request, project, fetch_id).pk, is_being_fetched)


def _own(request: PageRequest, project: Project, fetch_id: UUID) -> AddressFetch:
    return get_object_or_404(AddressFetch, pk=fetch_id, project=project, by=request.user)
