"""`manage.py removerelease ID --reason TEXT`"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from annotations.models import Release
from annotations.releases.files import remove_release


class Command(BaseCommand):
    """Removes a release for legal reasons: the only way in which one goes."""

    help = "Remove a release and its files for legal reasons. This can't be undone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=UUID, help="the release's id, as in its URL")
        parser.add_argument("--reason", required=True, help="kept in the history as a record of the removal")
        parser.add_argument("--yes", action="store_true", help="don't ask for confirmation")

    def handle(self, *args: Any, **options: Any) -> None:
        release = Release.objects.select_related("project").filter(pk=options["id"]).first()
        if release is None:
            raise CommandError("There is no release with this id.")
        if not options["reason"].strip():
            raise CommandError("Enter a reason.")
        self.stdout.write(f"{release.name} ({release.project}), with {release.published.count()} files.")
        if not options["yes"] and input("Remove it permanently? Type yes: ") != "yes":
            raise CommandError("Nothing was removed.")
        remove_release(release, options["reason"])
        self.stdout.write("Removed. The history keeps who created it, when it was removed and why.")
