"""Previews that real workers make, and who waits for them at a real server."""

from __future__ import annotations

import http.client
import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from annotations.bounded import Process
from annotations.imports.proposal import make_preview
from annotations.imports.uploads import receive
from annotations.jobs.addresses import ask, is_being_fetched
from annotations.jobs.imports import preview_of
from annotations.models import Import, ImportPreview
from tests.cast import Cast, make_cast
from tests.serving import serving
from tests.working import PATIENCE, wait_until, working

pytestmark = pytest.mark.django_db(transaction=True)

IMPATIENT: Final = """
import os, sys
import django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
django.setup()
from annotations.imports import proposal
from annotations.bounded import Limits
proposal.LIMITS = Limits(processor_seconds=3, seconds=150, memory=1024**3)
sys.argv = ["manage.py", "worker", "--nice", "0"]
import manage
manage.main()
"""
"""A worker that gives a preview three seconds of a processor."""


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[str]:
    """Where test, server and worker keep their files."""
    with override_settings(MEDIA_ROOT=tmp_path / "files"):
        yield str(tmp_path)


def proposed(cast: Cast, name: str, content: str) -> Import:
    one: Import = receive(cast.project, cast.manager, [(name, io.BytesIO(content.encode()))])
    return one


def is_made(one: Import) -> bool:
    return ImportPreview.objects.filter(of=one, seen__isnull=False).exists()


def test_a_page_that_is_slow_to_read_is_given_up_and_the_next_preview_is_made(cast: Cast, place: str) -> None:
    slow = proposed(cast, "slow.html", "<html><body><table><tr>" + "<td>one two three</td>" * 190_000)
    preview_of(slow)
    with working(script=IMPATIENT, DATA_DIR=place):
        wait_until(lambda: is_made(slow), 3 * PATIENCE)
        quick = proposed(cast, "quick.txt", "The dam broke.")
        preview_of(quick)
        wait_until(lambda: is_made(quick), 3 * PATIENCE)
    given_up, made = ImportPreview.objects.get(of=slow), ImportPreview.objects.get(of=quick)
    assert given_up.failure == "OutOfTime"
    assert (given_up.seen or {})["format"] == "html"
    assert (made.seen or {})["article"]["text"] == "The dam broke."


def test_who_waits_for_a_preview_is_answered_when_it_is_made(
    cast: Cast, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = proposed(cast, "quick.txt", "The dam broke.")
    asked = preview_of(one)
    client = Client()
    client.force_login(cast.manager)
    cookie = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"}
    with (
        serving(DATA_DIR=place) as port,
        closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as asking,
    ):
        asking.request("GET", reverse("import-preview", args=[cast.project.slug, one.pk]), headers=cookie)
        answer = asking.getresponse()
        assert answer.status == 200
        monkeypatch.setattr(Process, "is_within", True)  # so that it is this process that reads
        make_preview(one.pk, asked.key)
        assert answer.read() == b"ready\n"


def test_an_address_that_a_killed_worker_left_is_fetched_by_another_in_a_process_of_its_own(
    cast: Cast, place: str
) -> None:
    asked = ask(cast.project, cast.manager, "http://127.0.0.1:8080/")
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute')"
            "              RETURNING id) "
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = dead.id FROM dead"
        )
    with working(DATA_DIR=place, FETCHING="on"):
        wait_until(lambda: not is_being_fetched(asked.pk), 3 * PATIENCE)
    asked.refresh_from_db()
    assert "leads to this machine or to a private network" in asked.refused


def test_a_worker_that_may_not_fetch_says_so(cast: Cast, place: str) -> None:
    asked = ask(cast.project, cast.manager, "http://127.0.0.1:8080/")
    with working(DATA_DIR=place, FETCHING="off"):
        wait_until(lambda: not is_being_fetched(asked.pk), 3 * PATIENCE)
    asked.refresh_from_db()
    assert "This server doesn't fetch" in asked.refused
