"""`manage.py createtoken EMAIL --scope read --scope write`"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import timedelta
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from annotations.models import Membership, Token, User

MOST_DAYS: Final = 36_500
LONGEST_NAME: Final = Token._meta.get_field("name").max_length or 0


class Command(BaseCommand):
    """Makes a token and prints it alone, so that a script can take it as it is."""

    help = "Create an API token for a person and print it. It is shown only once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--scope", action="append", choices=Token.Scope.values, help="can be repeated; default: read"
        )
        parser.add_argument("--name", type=_name, default="created on the command line")
        parser.add_argument("--project", metavar="SLUG", help="the only project that the token can access")
        parser.add_argument("--days", type=_days, help="how many days the token works; default: until it is revoked")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].lower()).first()
        if user is None:
            raise CommandError(f"There is no account with the email address {options['email']}.")
        if not user.is_active:
            raise CommandError(f"The account {user.email} is deactivated.")
        project = None
        if options["project"]:
            membership = Membership.objects.filter(user=user, project__slug=options["project"]).first()
            if membership is None:
                raise CommandError(f"{options['email']} is not a member of the project {options['project']}.")
            project = membership.project
        expiry = timedelta(days=options["days"]) if options["days"] else None
        scopes = sorted(set(options["scope"] or [Token.Scope.READ]))
        _, secret = Token.objects.create(user, expiry=expiry, name=options["name"], scopes=scopes, project=project)
        self.stdout.write(secret)


def _days(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= MOST_DAYS:
        return int(text)
    raise ArgumentTypeError(f"Enter a whole number of days from 1 to {MOST_DAYS:,}.")


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise ArgumentTypeError(f"A name can have at most {LONGEST_NAME} characters.")
    return text
