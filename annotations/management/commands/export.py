"""`manage.py export PROJECT --format jsonl --output FILE`"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from annotations.formats.export_registry import FORMATS
from annotations.formats.writing.selection import STATES, Selection
from annotations.formats.writing.streaming import connection_parameters, snapshot, written
from annotations.models import Link, Membership, Project, Role, Span, User
from annotations.times import EXAMPLE, time_of


class Command(BaseCommand):
    """Writes a project's dataset, as the API streams it, to a file or to the standard output."""

    help = "Write the dataset of a project in one of the export formats."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("project", help="the project's URL name, such as raqqa-2017")
        parser.add_argument("--format", choices=list(FORMATS), default="jsonl")
        parser.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")
        parser.add_argument("--state", choices=list(STATES), default="approved", help="which verdicts")
        parser.add_argument("--label", choices=Span.Label.values, default="", help="only spans with this label")
        parser.add_argument(
            "--relation", choices=Link.Relation.values, default="", help="only links with this relation"
        )
        parser.add_argument("--annotator", default="", help="only what this person created, by the name in the export")
        parser.add_argument("--article", type=UUID, metavar="ID", help="only this article")
        parser.add_argument("--updated-after", type=_time, metavar="TIME", help="only articles that changed since")
        parser.add_argument("--names", action="store_true", help="people by name instead of pseudonym")
        parser.add_argument("--comments", action="store_true", help="include comments (jsonl)")
        parser.add_argument(
            "--as", dest="email", metavar="EMAIL", help="export what this member can see; default: a manager"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        project = Project.objects.filter(slug=options["project"]).first()
        if project is None:
            raise CommandError(f"There is no project {options['project']}.")
        names = ("label", "relation", "annotator", "article", "updated_after", "names", "comments")
        selection = Selection(
            project=project,
            user=_reader(project, options["email"]),
            states=STATES[options["state"]],
            **{name: options[name] for name in names},
        )
        try:
            with _output(options["output"]) as output, snapshot(connection_parameters()) as reader:
                for chunk in written(FORMATS[options["format"]], selection, reader):
                    output.write(chunk)
        except OSError as error:
            raise CommandError(f"The export can't be written: {error.strerror}.") from error


def _reader(project: Project, email: str | None) -> User:
    members = Membership.objects.filter(project=project).select_related("user").order_by("pk")
    wanted = members.filter(user__email=email.lower()) if email else members.filter(roles__contains=[Role.MANAGER])
    found = wanted.first()
    if found is None:
        raise CommandError(f"{email} is not a member of the project {project.slug}.")
    return found.user


@contextmanager
def _output(path: Path | None) -> Iterator[IO[bytes]]:
    """The file under another name until it is whole: a short file is never passed off as one."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _time(text: str) -> datetime:
    try:
        return time_of(text)
    except ValueError as error:
        raise ArgumentTypeError(EXAMPLE) from error
