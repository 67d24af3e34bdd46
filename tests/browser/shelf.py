"""Static files for the tests' server from memory: every window is new, and fetches more than a hundred of them."""

from __future__ import annotations

import mimetypes
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders, handlers


@cache
def _file(name: str) -> tuple[list[tuple[str, str]], bytes] | None:
    found = finders.find(name)
    if not isinstance(found, str):
        return None
    content = Path(found).read_bytes()
    kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
    lasting = ("Cache-Control", "public, max-age=31536000, immutable")  # as the real server says
    return [("Content-Type", kind), ("Content-Length", str(len(content))), lasting], content


class Shelf(handlers.StaticFilesHandler):
    """Django's handler, without its looking a file up, opening and streaming it each time."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        path = environ.get("PATH_INFO", "")
        known = _file(self.file_path(path)) if self._should_handle(path) else None
        if known is None:
            return super().__call__(environ, start_response)
        headers, content = known
        start_response("200 OK", headers)
        return [content]
