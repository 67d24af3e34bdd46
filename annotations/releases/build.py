"""Makes a release: every file from one moment of the database, and all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Final
from uuid import UUID

import psycopg
from django.db import OperationalError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from annotations.formats.export_registry import FORMATS
from annotations.formats.writing.format import Format
from annotations.formats.writing.selection import Selection
from annotations.formats.writing.streaming import Snapshot, connection_parameters, snapshot, written
from annotations.models import Release, ReleaseFile, acting
from annotations.models.visibility import sees_all_work
from annotations.releases import croissant, dataset_card, filters, items, manifest, splits
from annotations.releases import files as storing

ITEMS: Final = "items.tsv"
"""The file that comparisons read. Nobody downloads it: it holds more than the formats that were asked for may."""
ARCHIVE: Final = "application/zip"
TELLING: Final = 0.5
"""Seconds between two looks at whether to go on."""


class Broken(Exception):
    """The release is not to be made any further."""


class Cancelled(Broken):
    """Somebody cancelled it."""


class Stopping(Broken):
    """The worker is to end."""


def make(key: UUID, stopping: Callable[[], bool] = lambda: False) -> bool:
    """Makes the release, or begins anew where that broke off. False where it broke off again because of `stopping`."""
    with _alone(key) as alone:
        release = _begun(key) if alone else None
        if release is None:
            return True
        storing.discard(key)
        try:
            files, told = _Making(release, stopping).run()
            _finish(release, files, told)
        except Broken as why:
            storing.discard(key)
            return not isinstance(why, Stopping)
        except psycopg.OperationalError as error:
            storing.discard(key)
            raise OperationalError(str(error)) from error  # the database is away: the task begins again
        except Exception:
            storing.discard(key)
            raise
    return True


def give_up(key: UUID, why: str) -> None:
    """Marks a release that is under way as failed."""
    going = Release(pk=key).still_under_way()
    going.update(state=Release.State.FAILED, failure=why, finished_at=now())


@contextmanager
def _alone(key: UUID) -> Iterator[bool]:
    """Whether nobody else makes this release now. A worker that dies lets go by its connection."""
    with psycopg.connect(**connection_parameters(), autocommit=True) as own:
        [(free,)] = own.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 11))", [str(key)])
        yield free


def _begun(key: UUID) -> Release | None:
    """The release, marked as running; None where nothing is to be done."""
    with transaction.atomic():
        release = Release.objects.select_for_update().filter(pk=key).first()
        if release is None or not release.under_way:
            return None
        release.state, release.started_at = Release.State.RUNNING, now()
        release.done, release.total = 0, None
        with acting(release.by):
            release.save(update_fields=["state", "started_at", "done", "total"])
    if not sees_all_work(release.by, release.project_id):
        give_up(key, _("The person who requested this release no longer manages the project."))
        return None
    return Release.objects.select_related("project", "by").get(pk=key)


def _finish(release: Release, files: list[ReleaseFile], told: dict[str, Any]) -> None:
    """The files become visible all at once. Raises Cancelled where somebody was faster."""
    with acting(release.by):
        held = Release.objects.select_for_update().get(pk=release.pk)
        if held.state != Release.State.RUNNING:
            raise Cancelled
        ReleaseFile.objects.bulk_create(files)
        held.state, held.finished_at, held.done = Release.State.DONE, now(), release.total or 0
        held.total, held.manifest, held.sha256 = release.total, told, files[-1].sha256
        held.save()


@dataclass
class _Making:
    """One making of a release."""

    release: Release
    stopping: Callable[[], bool]
    files: list[ReleaseFile] = field(default_factory=list)
    done: int = 0
    looked: float = 0.0

    def run(self) -> tuple[list[ReleaseFile], dict[str, Any]]:
        """Writes every file; gives them, the manifest last, and what the manifest tells."""
        shares = filters.shares(self.release)
        tables = [f"CREATE TEMP TABLE release_{side} (id uuid PRIMARY KEY)" for side in shares]
        with snapshot(connection_parameters(), *tables) as reader:
            told = manifest.circumstances(self.release, reader)
            told["counts"] = items.counts(filters.selection(self.release), reader)
            told["splits"] = self.split(reader, shares) if shares else None
            self.count(told["counts"]["articles"])
            self.write_data(reader, list(shares), told)
        self.describe(told)
        return self.files, manifest.with_files(told, self.files[:-1])

    def split(self, reader: Snapshot, shares: dict[str, float]) -> dict[str, Any]:
        """Puts the articles of each side into its table; gives what the manifest says of it."""
        groups = splits.grouped(filters.selection(self.release), reader, self.look)
        dealt = splits.dealt(groups, shares, self.release.seed)
        for side, articles in dealt.items():
            reader.connection.execute(
                f"INSERT INTO {splits.table(side)} SELECT unnest(%s::uuid[])",
                [articles],
            )
        told = {"seed": self.release.seed, **splits.describe(dealt, groups, shares)}
        told["counts"] = {side: items.counts(self.selection(side), reader) for side in shares}
        return told

    def selection(self, side: str) -> Selection:
        """What stands on a side; everything, where there are none."""
        return filters.selection(self.release, splits.table(side) if side else "")

    def count(self, articles: int) -> None:
        """What is to do: each article once in each format, and once for comparisons."""
        self.release.total = articles * (len(self.release.formats) + 1)
        Release.objects.filter(pk=self.release.pk).update(total=self.release.total)

    def write_data(self, reader: Snapshot, split: list[str], told: dict[str, Any]) -> None:
        """The dataset in each format, on each side; then what comparisons read."""
        for name in self.release.formats:
            for side in split or [""]:
                counts = told["splits"]["counts"][side] if side else told["counts"]
                chosen, selected = FORMATS[name], self.selection(side)
                self.write(
                    ".".join(filter(None, (self.release.project.slug, side, chosen.extension))),
                    written(chosen, selected, reader),
                    chosen.media_type,
                    articles=counts["articles"],
                    format=name,
                    split=side,
                )
        whole = reader.lines(items.statement(self.selection("")))
        self.write(ITEMS, whole, "text/tab-separated-values", articles=told["counts"]["articles"], listed=False)

    def describe(self, told: dict[str, Any]) -> None:
        """What is written about the data; the manifest last, for it has the hashes of the others."""
        formats: list[Format] = [FORMATS[name] for name in self.release.formats]
        told.update(manifest.with_formats(told, formats))
        data = [file for file in self.files if file.listed]
        self.write("croissant.json", [manifest.written(croissant.described(told, data))], "application/ld+json")
        self.write("README.md", [dataset_card.written(told, data, formats).encode()], "text/markdown")
        self.write("manifest.json", [manifest.written(manifest.with_files(told, self.files))], "application/json")

    def write(self, name: str, chunks: Any, media_type: str, *, articles: int = 0, **about: Any) -> None:
        """One file. As its chunks pass, the lines in them count as articles, until it is done."""
        before = self.done

        def passed(chunk: bytes) -> None:
            if media_type != ARCHIVE:
                self.done = min(self.done + chunk.count(b"\n"), before + articles)
            self.look()

        stored = storing.store(f"{storing.folder(self.release.pk)}/{name}", chunks, passed)
        self.done = before + articles
        self.files.append(
            ReleaseFile(
                release=self.release,
                position=len(self.files),
                name=name,
                media_type=media_type,
                size=stored.size,
                sha256=stored.sha256,
                stored=stored.name,
                **about,
            )
        )

    def look(self) -> None:
        """Tells how far it has come, and raises Cancelled or Stopping where it is not to go on."""
        if monotonic() - self.looked < TELLING:
            return
        self.looked = monotonic()
        if self.stopping():
            raise Stopping
        running = Release.objects.filter(pk=self.release.pk, state=Release.State.RUNNING)
        if not running.update(done=self.done):
            raise Cancelled
