"""`manage.py loadseeds`"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from annotations.jobs.releases import Wish, ask
from annotations.operations import seeds


class Command(BaseCommand):
    """Loads the two articles and their worked annotations; a second time changes nothing."""

    help = "Load the demonstration project. With --accounts, its people can sign in with the password 'factcheck'."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--accounts", action="store_true", help="let the people of the demonstration sign in")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        cast = seeds.make_cast(with_password=options["accounts"])
        project = seeds.load(cast)
        if project is None:
            self.stdout.write("The seeds are already loaded.")
        else:
            # A worker makes it, as soon as one is there.
            ask(project, Wish("1.0", ["jsonl", "claims", "csv"]), by=cast["manager"])
            self.stdout.write(f"Loaded the project {project} with {project.articles.count()} articles.")
