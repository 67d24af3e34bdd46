"""The keys of one's own: what each does, and another in its place."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from annotations.shortcuts import ACTIONS, SCREENS, keys_of
from annotations.web.page import PageRequest, page, show


@page()
def keys(request: PageRequest) -> HttpResponse:
    """All keys by screen and group. They are changed through `PATCH me/`."""
    own = request.user.keys
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for action in ACTIONS:
        row = {"action": action, "keys": keys_of(action, own), "changed": action.name in own}
        groups.setdefault((SCREENS[action.screen], action.group), []).append(row)
    starting = {action.name: action.keys for action in ACTIONS}
    return show(
        request,
        "account/keys.html",
        groups=[{"screen": screen, "name": name, "rows": rows} for (screen, name), rows in groups.items()],
        single=request.user.single_keys,
        table={"own": own, "starting": starting},
    )
