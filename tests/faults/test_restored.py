"""A dump that comes to another server: its history goes on above what it brought along."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from annotations.models import Epoch
from factcheck.postgres import embedded
from tests.cast import Cast, make_supported

pytestmark = pytest.mark.django_db(transaction=True)


def program(name: str) -> str:
    return embedded._program(name)


def test_a_dump_on_a_new_server_goes_on_above_all_it_brought(cast: Cast, tmp_path: Path) -> None:
    make_supported(cast)
    here, there = connection.settings_dict, embedded.address(tmp_path)
    source = ["--host", here["HOST"], "--username", here["USER"], "--dbname", here["NAME"]]
    with connection.cursor() as cursor:
        # The server of the tests has counted far beyond a new one.
        cursor.execute("SELECT max(xid::text::bigint) FROM annotations_event")
        brought = cursor.fetchone()[0]
    environment = os.environ | {"PGPASSWORD": here["PASSWORD"] or "", "DATA_DIR": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    with embedded.running(tmp_path):
        dump = subprocess.run(
            [program("pg_dump"), *source, *(["--port", here["PORT"]] if here["PORT"] else []), "--no-owner"],
            env=environment, check=True, capture_output=True,
        ).stdout  # fmt: skip
        target = ["--host", there["HOST"], "--username", there["USER"], "--dbname", there["NAME"]]
        psql = [program("psql"), *target, "--quiet", "--set", "ON_ERROR_STOP=1"]
        subprocess.run(psql, input=dump, env=environment, check=True, capture_output=True)
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=settings.BASE_DIR, env=environment, check=True)
        with psycopg.connect(host=there["HOST"], user=there["USER"], dbname=there["NAME"]) as new:
            new.execute("UPDATE annotations_project SET name = 'Restored'")
            own, found = new.execute(
                "SELECT pg_current_xact_id()::text::bigint, (SELECT max(xid::text::bigint) FROM annotations_event)"
            ).fetchone()  # type: ignore[misc]

    assert own < brought < found


def test_readiness_says_that_a_restored_database_is_not_settled(cast: Cast, client: Client) -> None:
    before = Epoch.objects.get()
    Epoch.objects.update(server="another")
    try:
        answer = client.get("/readyz")
    finally:
        before.save()

    assert (answer.status_code, "restored" in answer.json()["reason"]) == (503, True)
