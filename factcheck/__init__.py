"""The Django project: settings, addresses, server, and the embedded database."""

from typing import Final

VERSION: Final = "0.2.0"
"""Of the software, as releases and their readers are told it."""
