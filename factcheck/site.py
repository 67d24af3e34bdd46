"""Where people reach this site."""

from django.conf import settings


def address(path: str) -> str:
    """The whole address of a path, for mails: below SITE_URL, whatever name and port a request came to."""
    return f"{settings.SITE_URL}{path}"
