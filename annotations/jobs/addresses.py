"""Addresses of pages: the task that fetches one in a process of its own, and the function that asks for it."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext, gettext_noop

from annotations.bounded import Process, Stopped
from annotations.formats.fetching.page import LIMITS, Fetched, check_address, fetch_bounded
from annotations.formats.pages import html
from annotations.formats.reading.records import Refused
from annotations.formats.reading.sources import shown
from annotations.imports.proposal import tell
from annotations.imports.uploads import receive
from annotations.jobs.imports import PREVIEWS, preview_of
from annotations.jobs.job import Stopping, job
from annotations.models import AddressFetch, Import, Project, User
from annotations.models.transfer.addresses import LONGEST_REFUSAL, WAITS
from annotations.rules import ARCHIVED, RuleBroken, broken_rule

KEPT: Final = 20
"""Addresses of one person in one project that are over and still lead to what came of them."""
BROKEN: Final = gettext_noop("The page couldn't be fetched because of a server error. See the worker's log.")


def _give_up(_why: str, fetch_id: str) -> None:
    _refuse(UUID(fetch_id), gettext(BROKEN))


@job("fetch_address", give_up=_give_up, queue=PREVIEWS)
def fetch_address(stopping: Stopping, fetch_id: str) -> bool:
    """Fetches the page, which then is an import of one file, unless that was done or given up before."""
    try:
        fetch_and_keep(UUID(fetch_id), stopping=stopping)
    except Stopped:
        return False
    return True


def ask(project: Project, by: User, address: str) -> AddressFetch:
    """Asks a worker to fetch the address; one that this person already waits for is not asked for again.

    Raises Refused where it is no address to fetch, RuleBroken (`archived`), and IntegrityError (`fetches_waiting`)
    where too many wait.
    """
    check_address(address)
    if project.archived:
        raise RuleBroken(ARCHIVED)
    own = AddressFetch.objects.filter(project=project, by=by)
    with transaction.atomic():
        over = own.exclude(WAITS).values_list("pk", flat=True)
        own.filter(pk__in=list(over[KEPT:])).delete()
        asked, is_new = own.filter(WAITS).get_or_create(
            address=address, defaults={"project": project, "by": by, "address": address}
        )
        if is_new:
            # Like their previews, one person's addresses are fetched one after another.
            fetch_address.configure(lock=f"previews of {by.pk}").defer(fetch_id=str(asked.pk))
    return asked


def is_being_fetched(fetch_id: UUID) -> bool:
    """Whether a worker has yet to fetch it."""
    return AddressFetch.objects.filter(WAITS, pk=fetch_id).exists()


def fetch_and_keep(fetch_id: UUID, *, stopping: Stopping = lambda: False) -> None:
    """Fetches the address where it waits, and makes its page an import whose preview is asked for.

    Raises bounded.Stopped where `stopping` asks for a break; it then still waits.
    """
    asked = AddressFetch.objects.filter(WAITS, pk=fetch_id).first()
    if asked is None:
        return
    try:
        with Process(LIMITS, stopping) as process:
            fetched = fetch_bounded(asked.address, process)
        with transaction.atomic():
            held = AddressFetch.objects.select_for_update(of=("self",)).select_related("project", "by")
            asked = held.filter(WAITS, pk=fetch_id).first()
            if asked is None:  # cancelled meanwhile, or fetched by another worker
                return
            asked.made = _kept(asked, fetched)
            asked.save(update_fields=["made"])
            preview_of(asked.made)
            tell(fetch_id)
    except Refused as error:
        _refuse(fetch_id, error.refusal.detail)
    except RuleBroken as error:
        _refuse(fetch_id, error.rule.message)
    except IntegrityError as error:
        if (rule := broken_rule(error)) is None:
            raise
        _refuse(fetch_id, rule.message)


def _refuse(fetch_id: UUID, why: str) -> None:
    with transaction.atomic():
        AddressFetch.objects.filter(WAITS, pk=fetch_id).update(refused=shown(why)[:LONGEST_REFUSAL])
        tell(fetch_id)


def _kept(asked: AddressFetch, fetched: Fetched) -> Import:
    """The proposed import that the fetched page is, with what its header said of it."""
    options = {
        "encoding": html.declared(fetched.content, fetched.charset) if fetched.charset else "",
        "fetched_from": fetched.final_url,
        "fetched_at": fetched.at.isoformat(),
    }
    name = "txt" if fetched.media_type == "text/plain" else "html"
    return receive(asked.project, asked.by, [(fetched.path, fetched.file.open())], format=name, options=options)
