"""Articles by their address: the page is fetched, kept as an import of one file, and looked at as a file is."""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import Final

from django.conf import settings
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from annotations.acts.importing.receiving import receive
from annotations.importers.fetching.page import Fetched, fetch
from annotations.importers.items import Refused
from annotations.importers.pages import html
from annotations.models import Import, Project
from annotations.permissions import Action
from annotations.rules import broken_rule
from annotations.web.imports.entrance import AddressForm, entered
from annotations.web.page import PageRequest, project_page

FETCHES: Final = BoundedSemaphore(2)
"""Fetches of this process at once: each holds a thread for clicks for seconds, if the other side likes."""


@project_page("POST", may=Action.MANAGE)
def address(request: PageRequest, project: Project) -> HttpResponse:
    """Fetches a page, and leads on to the look at it."""
    if not settings.FETCHING:
        raise Http404
    if project.archived:
        return entered(request, project, 409)
    form = AddressForm(request.POST)
    if form.is_valid() and not FETCHES.acquire(blocking=False):
        form.add_error("address", "Other pages are being fetched. Try again in a few seconds.")
    elif form.is_valid():
        try:
            kept = _kept(project, request, fetch(form.cleaned_data["address"]))
        except Refused as error:
            form.add_error("address", error.refusal.detail)
        except IntegrityError as error:
            if (rule := broken_rule(error)) is None:
                raise
            form.add_error("address", rule.says)
        else:
            return redirect("import-one", project.slug, kept.pk)
        finally:
            FETCHES.release()
    return entered(request, project, 400, address=form)


def _kept(project: Project, request: PageRequest, fetched: Fetched) -> Import:
    """The proposed import that the fetched page is, with what its header said of it."""
    content = fetched.file.read()
    options = {
        "encoding": html.declared(content, fetched.charset) if fetched.charset else "",
        "fetched_from": fetched.final_url,
        "fetched_at": fetched.at.isoformat(),
    }
    name = "txt" if fetched.media_type == "text/plain" else "html"
    return receive(project, request.user, [(fetched.file.path, fetched.file.open())], format=name, options=options)
