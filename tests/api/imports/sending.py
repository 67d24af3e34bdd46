"""Imports as programs send them."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.imports.run import run
from annotations.models import Import, User
from tests.cast import Api, Cast


def send(cast: Cast, by: User | None = None, *, files: dict[str, bytes] | None = None, **fields: Any) -> Any:
    """The answer to a form with these files and fields."""
    parts = [SimpleUploadedFile(name, content) for name, content in (files or {}).items()]
    return Api(by or cast.manager).post(f"/api/v1/projects/{cast.project.slug}/imports/", {"file": parts, **fields})


def send_json(cast: Cast, **body: Any) -> Any:
    """The answer to a JSON body."""
    return Api(cast.manager).call("post", f"projects/{cast.project.slug}/imports/", body)


def report(cast: Cast, answer: Any) -> dict[str, Any]:
    """What the API says of the import after a worker has done it."""
    assert answer.status_code == 202, answer.content
    run(Import.objects.get(pk=answer.json()["id"]).pk, stopping=lambda: False)
    told = Api(cast.manager).call("get", f"imports/{answer.json()['id']}/")
    assert told.status_code == 200
    found: dict[str, Any] = json.loads(told.content)
    return found
