"""How far an import has come, in words, and waiting for what a worker makes on the event loop: it holds no thread."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections, connection
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.imports.proposal import is_waited_for
from annotations.live.hub import HUB
from annotations.models import Import, Project, Release
from annotations.permissions import Action
from annotations.web.page import PageRequest, project_page

GOING: Final = (Import.State.WAITING, Import.State.RUNNING)
HEADINGS: Final[dict[str, Promise]] = {
    Import.State.WAITING: gettext_lazy("Import queued"),
    Import.State.RUNNING: gettext_lazy("Importing"),
    Import.State.DONE: gettext_lazy("Import finished"),
    Import.State.FAILED: gettext_lazy("Import failed"),
    Import.State.CANCELLED: gettext_lazy("Import cancelled"),
}
LONG_WAIT: Final = timedelta(minutes=1)
"""After this somebody should look whether a worker is there at all."""
SECONDS: Final = 20.0
"""After which the answer is that it is not there yet, and the page asks again."""
HEADERS: Final = {"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"}
READY: Final = b"ready\n"
WAITING: Final = b"waiting\n"


def time_left(running: Import | Release) -> str:
    """How long it will still take at the pace so far, or nothing where that cannot be told yet."""
    if not running.total or not running.done or running.started_at is None:
        return ""
    so_far = (timezone.now() - running.started_at).total_seconds()
    if so_far < 2:
        return ""
    seconds = so_far * max(running.total - running.done, 0) / running.done
    if seconds < 50:
        return _("about %(seconds)s seconds left") % {"seconds": max(5, round(seconds / 5) * 5)}
    minutes = round(seconds / 60)
    if minutes < 60:
        left = ngettext("about %(minutes)s minute left", "about %(minutes)s minutes left", minutes)
        return left % {"minutes": minutes}
    hours, minutes = divmod(minutes, 60)
    return _("about %(hours)s h %(minutes)s min left") % {"hours": hours, "minutes": f"{minutes:02}"}


def waits_long(waiting: Import | Release) -> bool:
    """Whether it waits so long that no worker may be there."""
    return waiting.state == Import.State.WAITING and timezone.now() - waiting.created_at > LONG_WAIT


@project_page(may=Action.MANAGE)
def previewed(request: PageRequest, project: Project, import_id: UUID) -> HttpResponseBase:
    """Answers ``ready`` as soon as the preview is there, and ``waiting`` where it is not there in time."""
    one = get_object_or_404(Import.objects.visible_to(request.user).filter(project=project), pk=import_id)
    return wait_answer(request, one.pk, is_waited_for)


def wait_answer(request: PageRequest, key: UUID, is_waited_for: Callable[[UUID], bool]) -> HttpResponseBase:
    """The answer to somebody who waits for what a worker makes and then tells by its key (`previews.tell`)."""
    if not isinstance(request, ASGIRequest):
        # A server that can only answer whole.
        return HttpResponse(WAITING if is_waited_for(key) else READY, content_type="text/plain", headers=HEADERS)
    # What waits reads through another connection. This request's would else be held until the last byte.
    if not connection.in_atomic_block:
        close_old_connections()
    return StreamingHttpResponse(_answer(key, is_waited_for), content_type="text/plain", headers=HEADERS)


async def _answer(key: UUID, is_waited_for: Callable[[UUID], bool]) -> AsyncIterator[bytes]:
    yield READY if await HUB.is_previewed(key, lambda: is_waited_for(key), SECONDS) else WAITING
