"""`manage.py import PROJECT FILES…`"""

from __future__ import annotations

import json
import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import IO, Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.db.models import QuerySet

from annotations.formats.reading.people import PERSON_FROM
from annotations.formats.registry import IMPORTERS
from annotations.formats.tables.reading.mapping import COLUMNS, complaints_about_mapping
from annotations.imports.run import cancel, run
from annotations.imports.uploads import receive
from annotations.models import Import, Project, ReportedItem, Role, User
from annotations.models.transfer.imports import MOST_REPORTED
from annotations.rules import ARCHIVED, broken_rule
from annotations.text.offset_units import CRLF, UNITS

TEXTS: Final = ("encoding", "others", "offset_unit", "crlf", "person_from", "person_field", "table")
OPTIONS: Final = (*TEXTS, "people", "types", "metadata", "without_boilerplate", "columns", "values", "fields", "files")
CHOICES: Final = {
    "others": ("keep", "me"),
    "offset_unit": tuple(UNITS),
    "crlf": tuple(CRLF),
    "person_from": tuple(PERSON_FROM),
    "table": tuple(COLUMNS),
}
SHOWN: Final = 20
"""Refusals, and notes, that are printed."""


def _option(text: str) -> tuple[str, Any]:
    name, sign, value = text.partition("=")
    if name not in OPTIONS or not sign:
        raise ArgumentTypeError(f"an option must be one of {', '.join(OPTIONS)}, as in encoding=utf-16")
    if value not in CHOICES.get(name, (value,)):
        raise ArgumentTypeError(f"{name} must be one of {', '.join(CHOICES[name])}")
    if name in TEXTS:
        return name, value
    try:
        return name, json.loads(value)
    except ValueError as error:
        raise ArgumentTypeError(f"{name} must be JSON: {error}") from error


class Command(BaseCommand):
    """Imports files or folders here and now, and prints the report."""

    help = "Import files, folders or archives into a project, and print what was imported and what was refused."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help="the project's URL name, such as raqqa-inquiry")
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="files, whole folders, or archives")
        parser.add_argument("--format", choices=sorted(IMPORTERS), default="", help="default: detected automatically")
        parser.add_argument("--strict", action="store_true", help="import everything or nothing")
        parser.add_argument(
            "--as", dest="email", metavar="EMAIL", help="a manager; default: the project's first manager"
        )
        parser.add_argument(
            "--option", action="append", type=_option, default=[], metavar="NAME=VALUE", help=f"{', '.join(OPTIONS)}"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run to the end, or to Ctrl+C: what came in until then stays."""
        project = Project.objects.filter(slug=options["project"]).first()
        if project is None:
            raise CommandError("There is no project with this URL name.")
        if project.archived:
            raise CommandError(ARCHIVED.message)
        by = self._manager(project, options["email"])
        chosen = dict(options["option"])
        if (chosen.get("person_from") == "field") != bool(chosen.get("person_field")):
            raise CommandError("Use person_from=field and person_field=NAME together.")
        for name, _, words in complaints_about_mapping(options["format"], chosen, project.scale):
            raise CommandError(f"{name}: {words}")
        with _opened(options["files"]) as files:
            about = {"format": options["format"], "strict": options["strict"], "options": chosen}
            try:
                one = receive(project, by, files, **about)
            except IntegrityError as error:
                if (rule := broken_rule(error)) is None:
                    raise
                raise CommandError(rule.message) from None
        Import.objects.filter(pk=one.pk).update(state=Import.State.WAITING)
        self._follow(one)
        one.refresh_from_db()
        self._report(one)
        if one.state != Import.State.DONE:
            sys.exit(1)

    def _manager(self, project: Project, email: str | None) -> User:
        managers = project.memberships.filter(roles__contains=[Role.MANAGER]).select_related("user")
        found = managers.filter(user__email=email.lower()).first() if email else managers.first()
        if found is None:
            raise CommandError(f"{email or 'Nobody'} is not a manager of this project.")
        return found.user

    def _follow(self, one: Import) -> None:
        """Runs it, and says how far it is where somebody looks."""
        stopped: list[int] = []

        def stop(number: int, frame: FrameType | None) -> None:
            stopped.append(number)

        def look() -> bool:
            if self.stdout.isatty():
                done, total = Import.objects.values_list("done", "total").get(pk=one.pk)
                self.stdout.write(f"\r{done:,} of {total or '…'} documents", ending="")
                self.stdout.flush()
            return bool(stopped)

        before = signal.signal(signal.SIGINT, stop)
        try:
            if not run(one.pk, stopping=look):
                cancel(one)
        finally:
            signal.signal(signal.SIGINT, before)
        if self.stdout.isatty():
            self.stdout.write("")

    def _report(self, one: Import) -> None:
        made = ", ".join(f"{number:,} {what}" for what, number in one.made.items())
        self.stdout.write(f"{one.format}, {one.state}: {made}; {one.known:,} texts already in project.")
        if one.failure:
            self.stdout.write(one.failure)
        self._list_people(one)
        self._list("not imported", "refused", one, one.refused, one.refusals)
        self._list("noted", "notes", one, one.notes, one.noted)

    def _list_people(self, one: Import) -> None:
        people = list(one.people.select_related("user"))
        if named := sum(bool(found.name) for found in people):
            self.stdout.write("1 name found:" if named == 1 else f"{named:,} names found:")
            for found in people[:SHOWN]:
                who = f"{found.user}" if found.user.is_active else f"{found.user}, without an account"
                self.stdout.write(
                    f"  {found.name or 'no name'}: {who}: {found.spans:,} span{'' if found.spans == 1 else 's'}"
                )
            if len(people) > SHOWN:
                self.stdout.write(f"  … and {len(people) - SHOWN:,} more")

    def _list(self, what: str, table: str, one: Import, number: int, items: QuerySet[ReportedItem]) -> None:
        if number:
            self.stdout.write(f"{number:,} {'item' if number == 1 else 'items'} {what}:")
        for item in items[:SHOWN]:
            where = ", ".join(filter(None, [item.file, item.place]))
            self.stdout.write(f"  {where}: {item.code}: {item.detail}")
        if number > SHOWN:
            listed = f"the first {MOST_REPORTED:,} " if number > MOST_REPORTED else ""
            self.stdout.write(f"  … and {number - SHOWN:,} more, {listed}at imports/{one.pk}/{table}.csv in the API")


@contextmanager
def _opened(paths: list[Path]) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """The files with the names that they have below what was named; each is open while it is taken."""
    if missing := [path for path in paths if not path.exists()]:
        raise CommandError(f"There is no file {missing[0]}.")
    with ExitStack() as stack:
        yield _each(paths, stack)


def _each(paths: list[Path], stack: ExitStack) -> Iterator[tuple[str, IO[bytes]]]:
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                stack.close()
                name = file.relative_to(path.parent).as_posix()
                yield name, stack.enter_context(file.open("rb"))
