"""`manage.py allowprojects EMAIL …`"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from annotations.models import User


class Command(BaseCommand):
    """Lets people start projects, or no longer; all of them or, where an address is unknown, nobody."""

    help = "Allow people to create projects, which they then manage. With --withdraw, remove this permission."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", nargs="+")
        parser.add_argument("--withdraw", action="store_true", help="remove the permission; their projects are kept")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        may = not options["withdraw"]
        for email in options["email"]:
            user = User.objects.filter(email=email.strip().lower()).first()
            if user is None:
                raise CommandError(f"There is no account with the email address {email}. Nothing was changed.")
            user.may_start_projects = may
            user.save(update_fields=["may_start_projects"])
        for email in options["email"]:
            self.stdout.write(f"{email} {'can' if may else 'can no longer'} create projects.")
