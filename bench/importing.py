"""Import: articles through API and worker beside psql's COPY of the very same rows into the same tables."""

from __future__ import annotations

import csv
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from annotations.models import Project
from bench.jobs import asked, awaited
from bench.postgres import program, where
from bench.project import Built, Say
from bench.server import Server
from bench.texts import texts

BOUNDARY: Final = "bench-d41d8cd98f00b204"
COPIED: Final = {
    "annotations_article": """
        SELECT md5(id || 'copy')::uuid AS id, {project} AS project_id, title, url, outlet, author, published_on,
               language, direction, body, sha256, length, archived, created_at
        FROM annotations_article WHERE project_id = {imported}""",
    "annotations_sentence": """
        SELECT md5(article_id || 'copy')::uuid AS article_id, start, "end", search
        FROM annotations_sentence
        WHERE article_id IN (SELECT id FROM annotations_article WHERE project_id = {imported})""",
}
"""What the import made, by table, as the rows of another project."""

OF_PROJECTS: Final = "IN (SELECT id FROM {} WHERE project_id = ANY(%s))"
FORGOTTEN: Final = (
    f"DELETE FROM annotations_sentence WHERE article_id {OF_PROJECTS.format('annotations_article')}",
    "DELETE FROM annotations_article WHERE project_id = ANY(%s)",
    "DELETE FROM annotations_event WHERE project_id = ANY(%s)",
    f"DELETE FROM annotations_importfile WHERE of_id {OF_PROJECTS.format('annotations_import')}",
    f"DELETE FROM annotations_reporteditem WHERE of_id {OF_PROJECTS.format('annotations_import')}",
    "DELETE FROM annotations_import WHERE project_id = ANY(%s)",
    "DELETE FROM annotations_membership WHERE project_id = ANY(%s)",
    "DELETE FROM annotations_project WHERE id = ANY(%s)",
)


@dataclass(frozen=True, slots=True)
class Imported:
    """Seconds from the first byte sent until the worker is done, and those of psql; growth of both processes."""

    articles: int
    seconds: float
    psql: float
    worker: int
    web: int


def measure(built: Built, server: Server, say: Say) -> Imported:
    """Imports as many articles as the project has into a new one, and copies the rows into another."""
    path = Path(settings.DATA_DIR) / "articles.csv"
    _write(path, built.articles)
    with transaction.atomic():
        imported = Project.objects.start(by=built.manager, slug="bench-imported", name="Imported")
        copied = Project.objects.start(by=built.manager, slug="bench-copied", name="Copied")
    try:
        worker, before = server.worker(), (server.worker().resident(), server.memory.resident())
        for memory in (worker, server.memory):
            memory.forget_peak()
        say("  through the API and the worker …")
        begun = time.perf_counter()
        answer = awaited(server, built, f"imports/{_sent(server, built, path)}/")
        assert answer["made"]["articles"] == built.articles, answer
        seconds = time.perf_counter() - begun
        growth = [memory.peak() - was for memory, was in zip((worker, server.memory), before, strict=True)]
        say("  by COPY …")
        return Imported(built.articles, seconds, _copied(imported, copied), *growth)
    finally:
        path.unlink()
        _forget([imported.pk, copied.pk])


def _write(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["title", "body", "outlet", "language"])
        for text in texts(count):
            table.writerow([text.title, text.body, "The Daily Bench", "en"])


def _sent(server: Server, built: Built, path: Path) -> str:
    """The id of the import that the file became."""
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="format"\r\n\r\ncsv\r\n--{BOUNDARY}\r\n'
        f'Content-Disposition: form-data; name="file"; filename="{path.name}"\r\nContent-Type: text/csv\r\n\r\n'
    ).encode()
    tail = f"\r\n--{BOUNDARY}--\r\n".encode()

    def body() -> Iterator[bytes]:
        yield head
        with path.open("rb") as file:
            while part := file.read(256 * 1024):
                yield part
        yield tail

    headers = {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Content-Length": f"{len(head) + path.stat().st_size + len(tail)}",
    }
    status, answer = asked(server, built, "POST", "projects/bench-imported/imports/", body(), headers)
    assert status == 202, answer
    return str(answer["id"])


def _copied(imported: Project, copied: Project) -> float:
    """Seconds that psql takes to copy the rows in."""
    seconds = 0.0
    for table, query in COPIED.items():
        path = Path(settings.DATA_DIR) / f"{table}.copy"
        wanted = " ".join(query.format(project=copied.pk, imported=imported.pk).split())
        try:
            _psql(f"\\copy ({wanted}) TO '{path}'")
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM ({wanted}) AS rows LIMIT 0")
                columns = ", ".join(f'"{column.name}"' for column in cursor.description)
            begun = time.perf_counter()
            _psql(f"\\copy {table} ({columns}) FROM '{path}'")
            seconds += time.perf_counter() - begun
        finally:
            path.unlink(missing_ok=True)
    return seconds


def _psql(command: str) -> None:
    options = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]
    subprocess.run([program("psql"), *options, "--command", command, *where()], check=True)


def _forget(projects: list[int]) -> None:
    """Takes out what was made here, as nobody but the benchmark's own superuser could."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in FORGOTTEN:
            cursor.execute(statement, [projects])
