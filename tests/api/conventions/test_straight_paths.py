"""How many files a request runs through, from the router to the database."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Final

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string
from rest_framework.views import APIView

from annotations.models import Span
from tests.api.conventions.test_queries import counted
from tests.cast import CRACKS, SAFE, Api, Cast

APP: Final = Path(apps.get_app_config("annotations").path)


def hooks() -> set[str]:
    """The files of what settings name: authentication, throttles, parsers, permissions."""
    values = [value if isinstance(value, list) else [value] for value in settings.REST_FRAMEWORK.values()]
    named = [str(name) for names in values for name in names if str(name).startswith("annotations.")]
    return {str(sys.modules[import_string(name).__module__].__file__) for name in named}


class Files:
    """The files of ours that are run between the router's call of a view and the first INSERT."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.counting = False
        self.hooks = hooks()
        self.hook: FrameType | None = None

    def heard(self, frame: FrameType, event: str, _: Any) -> None:
        """Told of each call and return."""
        code = frame.f_code
        if event == "return" and frame is self.hook:
            self.hook = None
        if event != "call":
            return
        if code is APIView.dispatch.__code__:
            self.counting = True
        if not self.counting or self.hook or not code.co_filename.startswith(str(APP)):
            return
        caller = frame.f_back.f_code.co_filename if frame.f_back else ""
        if code.co_filename in self.hooks and not caller.startswith(str(APP)):
            self.hook = frame  # And what it calls is its own.
            return
        self.seen.add(str(Path(code.co_filename).relative_to(APP)))

    def statement(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """Ends the count at the INSERT."""
        if "INSERT INTO annotations_span" in sql:
            self.counting = False
        return execute(sql, *rest)


@contextmanager
def files_run() -> Iterator[set[str]]:
    """The files that a request of the block runs through."""
    files = Files()
    with connection.execute_wrapper(files.statement):
        sys.setprofile(files.heard)
        try:
            yield files.seen
        finally:
            sys.setprofile(None)


@pytest.mark.django_db(transaction=True)
def test_a_put_that_makes_a_span_runs_through_7_files_and_3_statements_at_most(cast: Cast) -> None:
    api = Api(cast.annotator)
    api.put_span(cast.article, SAFE)

    with counted() as statements, files_run() as files:
        assert api.put_span(cast.article, CRACKS, "fact", fields={"reference": "r"}, note="n").status_code == 201

    assert Span.objects.count() == 2
    assert len(statements) <= 3, statements
    assert len(files) <= 7, sorted(files)
