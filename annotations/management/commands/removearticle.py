"""`manage.py removearticle ID --reason TEXT`"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from annotations.models import Article
from annotations.operations.removal import IsRevised, extent, remove_article


class Command(BaseCommand):
    """Removes an article for legal reasons. In all other cases archive it: that keeps the work on it."""

    help = "Remove an article and everything on it for legal reasons, from the history too. This can't be undone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=UUID, help="the article's id, as in its URL")
        parser.add_argument("--reason", required=True, help="kept in the history as a record of the removal")
        parser.add_argument("--yes", action="store_true", help="don't ask for confirmation")

    def handle(self, *args: Any, **options: Any) -> None:
        article = Article.objects.without_text().select_related("project").filter(pk=options["id"]).first()
        if article is None:
            raise CommandError("There is no article with this id.")
        if not options["reason"].strip():
            raise CommandError("Enter a reason.")
        self.stdout.write(f"{article.title} ({article.project})\\nThis also removes {extent(article)}.")
        if not options["yes"] and input("Remove all of this permanently? Type yes: ") != "yes":
            raise CommandError("Nothing was removed.")
        try:
            remove_article(article, options["reason"])
        except IsRevised as error:
            raise CommandError("Another article is a revision of this one. Remove that one first.") from error
        self.stdout.write("Removed. The history keeps who removed it, when and why, but no text.")
